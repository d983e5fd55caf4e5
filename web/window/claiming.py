"""认领和放回, for one task or for all that are ticked."""

from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.door import claim, release
from services.errors import NotAllowed, NotExpected
from web.deps import HouseDep
from web.preferences import same_site
from web.window.notices import address
from web.window.staff import StaffDep

router = APIRouter(include_in_schema=False)
AT_ONCE = 50


@router.post("/window/claims")
async def set_claims(request: Request, house: HouseDep, actor: StaffDep) -> Response:
    """`claim` or `release` names one task, or those that are ticked; without either, these are claimed."""
    form = await request.form()
    back = str(form.get("back", ""))
    do, done = (release, "released") if "release" in form else (claim, "claimed")
    named = form.get("claim") or form.get("release")
    one = None if named == "ticked" else named
    ids = ticked([one] if one else form.getlist("task")[:AT_ONCE])
    if not ids:
        return _go(back, "none")
    count = 0
    async with house.db.connection() as conn:
        for task_id in ids:
            try:
                await do(conn, house, actor, task_id=task_id)
                count += 1
            except (NotExpected, NotAllowed):
                if one:
                    raise
                done = "taken" if do is claim else "kept"
    return _go(back, done, 0 if one else count)


def ticked(given: list) -> list[int]:
    return [int(n) for n in given if isinstance(n, str) and n.isdecimal() and len(n) < 19]


def back_to(back: str, done: str, count: int = 0) -> str:
    """Where the button stood, whatever its own notice was."""
    parts = urlsplit(same_site(back or "/window"))
    query = {name: value for name, value in parse_qsl(parts.query) if name not in ("done", "no", "n", "slow")}
    return address(parts.path, done, count=count, **query)


def _go(back: str, done: str, count: int = 0) -> Response:
    return RedirectResponse(back_to(back, done, count), status_code=303)
