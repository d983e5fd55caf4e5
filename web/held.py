"""登录超时: what was typed when the session had run out is not lost.

It waits sealed in the sign-in page itself, so nothing of it is stored here, and is given back to the same account
within the hour. The form must have been a form of the session that ended: its token is checked against that one.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.house import House
from services.people.sessions import ended_session
from services.store.crypto import Tampered
from web import csrf
from web.deps import at_kiosk, presented_token, sign_in_redirect
from web.rendering import page

KEPT = timedelta(hours=1)
LARGEST = 200_000  # bytes of one form
STAY = "stay"  # the form that is sent again only saves: one is back where one was
_WHERE = "held|form|"
_TYPED = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Held:
    """A form as it was sent. `fields` keeps the button that was pressed, and not the token."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def filling_in(self) -> bool:
        """A page of an application: sending it again saves, and decides nothing."""
        return self.path.startswith("/apply/") and self.path.endswith(("/form", "/start"))


async def ask_to_sign_in(request: Request) -> Response:
    """What a page answers to NotSignedIn."""
    if at_kiosk(request):
        return RedirectResponse("/kiosk/wipe", status_code=303)
    if request.method != "POST":
        return sign_in_redirect(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _TYPED:
        return sign_in_redirect(request, lost="files" if kind == "multipart/form-data" else "")
    sealed = await _seal(request, request.app.state.house)
    if not sealed:
        return sign_in_redirect(request)
    if request.headers.get("hx-request"):
        return Response(
            status_code=204
        )  # the page stays as it is; the button that sends it whole comes here again
    request.state.csrf = ""
    return csrf.form_page(
        request, "account/sign_in.html", status=401, username="", next="", held=sealed, lost=""
    )


async def _seal(request: Request, house: House) -> str:
    """Empty unless it was a form of a session that was there once."""
    token, _ = presented_token(request)
    if not token or int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
        return ""
    async with house.db.connection() as conn:
        ended = await ended_session(conn, token)
    if ended is None:
        return ""
    account_id, secret = ended
    fields = [(n, v) for n, v in (await request.form()).multi_items() if isinstance(v, str)]
    given = next((v for n, v in fields if n == csrf.FIELD), "")
    if not hmac.compare_digest(csrf.token_of(secret).encode(), given.encode("utf-8", "replace")):
        return ""
    kept = {
        "account": account_id,
        "at": house.now(),
        "path": request.scope["path"],
        "fields": [f for f in fields if f[0] != csrf.FIELD],
    }
    return base64.urlsafe_b64encode(house.vault.seal(orjson.dumps(kept), where=_WHERE)).decode()


def unseal(house: House, held: str, account_id: str) -> Held | None:
    """None if it is somebody else's, too old, or not ours."""
    try:
        kept = orjson.loads(house.vault.open(base64.urlsafe_b64decode(held), where=_WHERE))
    except (ValueError, Tampered):
        return None
    if kept["account"] != account_id or house.now() - datetime.fromisoformat(kept["at"]) > KEPT:
        return None
    return Held(kept["path"], [(n, v) for n, v in kept["fields"]])


def resume_page(request: Request, held: Held) -> Response:
    """The form once more, with a token of the new session and one button."""
    return page(request, "account/resume.html", held=held, stay=STAY)
