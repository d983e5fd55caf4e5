"""Following a case without signing in: number and query code open a limited page for a quarter of an hour.

The browser keeps a signed note of which case it may look at, not the code; the page names nobody, shows no text that
anybody wrote and offers nothing to press.
"""

import hmac
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.tracking import TrackRefused, follow
from services.house import House
from web.citizen.progress import drawn
from web.citizen.progress_view import view_by_code
from web.csrf import form_page
from web.deps import HouseDep, OptionalActor
from web.rendering import page

router = APIRouter(include_in_schema=False)

SECONDS = 15 * 60
_COOKIE = "ow-track"


@router.get("/track")
async def show_track(request: Request, actor: OptionalActor, no: str = "") -> Response:
    return form_page(request, "citizen/track.html", no=no[:40])


@router.post("/track")
async def do_track(
    request: Request,
    house: HouseDep,
    actor: OptionalActor,
    no: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    problems = {}
    if not no.strip():
        problems["no"] = {"zh": "请填写办件编号", "en": "Enter the case number"}
    if not code.strip():
        problems["code"] = {"zh": "请填写查询码", "en": "Enter the query code"}
    if not problems:
        try:
            case_no = await follow(house, no[:100], code[:100], now=house.now())
            return _admit(request, house, case_no)
        except TrackRefused as refusal:
            problems["no"] = {"zh": refusal.zh, "en": refusal.en}
    return form_page(request, "citizen/track.html", status=422, problems=problems, no=no[:40])


@router.get("/track/{case_no}")
async def show_tracked(request: Request, house: HouseDep, actor: OptionalActor, case_no: str) -> Response:
    if not _admitted(request, house, case_no):
        return RedirectResponse("/track", status_code=303)
    async with house.db.connection() as conn:
        view = await view_by_code(conn, house, case_no)
    return page(request, "citizen/track_case.html", **drawn(request, view))


def _admit(request: Request, house: House, case_no: str) -> Response:
    until = int(house.now().timestamp()) + SECONDS
    response = RedirectResponse(f"/track/{case_no}", status_code=303)
    response.set_cookie(
        _COOKIE, f"{case_no}.{until}.{_mac(house, case_no, until)}", max_age=SECONDS, path="/track", httponly=True,
        samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def _admitted(request: Request, house: House, case_no: str) -> bool:
    no, _, rest = request.cookies.get(_COOKIE, "").partition(".")
    until, _, mac = rest.partition(".")
    if no != case_no or not (until.isascii() and until.isdigit()) or len(until) > 12:
        return False
    genuine = hmac.compare_digest(_mac(house, no, int(until)).encode(), mac.encode())
    return genuine and house.now().timestamp() < int(until)


def _mac(house: House, case_no: str, until: int) -> str:
    return house.vault.mac(f"{case_no}|{until}".encode(), purpose="track").hex()
