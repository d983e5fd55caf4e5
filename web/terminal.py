"""Whether this browser is a terminal: by the cookie an administrator gave it, or because its whole host serves them."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from services.errors import NotAllowed
from services.kiosks.devices import read_signed, sign_kiosk, standing
from services.store.crypto import Vault
from web.deps import HouseDep

COOKIE = "ow-kiosk"
IDLE, WARN = 60, 45  # seconds without a touch: until everything is wiped, and until that is said
_TEN_YEARS = 10 * 365 * 24 * 3600


async def at_terminal(request: Request, house: HouseDep) -> str | None:
    """The terminal's id, None on a host that serves nothing else; raises NotAllowed anywhere else."""
    id_ = device_of(request)
    if id_ is not None:
        async with house.db.connection() as conn:
            if await standing(conn, id_):
                return id_
    if not house.kiosk:
        raise NotAllowed(
            "这里只在政务大厅的自助终端上使用", "This is for the self-service terminals of a service hall"
        )
    return None


Terminal = Annotated[str | None, Depends(at_terminal)]
AT_TERMINAL = [Depends(at_terminal)]


def device_of(request: Request) -> str | None:
    """Who signed the cookie is known; whether the terminal still counts is not."""
    return read_signed(request.app.state.house.vault, request.cookies.get(COOKIE, ""))


def is_terminal(request: Request) -> bool:
    return request.app.state.house.kiosk or device_of(request) is not None


def make_terminal(request: Request, response: Response, vault: Vault, id_: str) -> None:
    response.set_cookie(
        COOKIE, sign_kiosk(vault, id_), max_age=_TEN_YEARS, path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
