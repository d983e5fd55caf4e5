"""One material a screen: from the terminal's document camera, or later from one's own telephone."""

import io

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.errors import NotFound
from services.house import House
from services.law.roles import Actor
from services.scanning.files import scan_states
from web.citizen.apply import editing
from web.citizen.apply_papers import change
from web.citizen.apply_view import Problems
from web.deps import ActorDep, HouseDep, StreamingActor
from web.kiosk.asking import to
from web.kiosk.screens import Screen, Way, kiosk_page, way_of
from web.terminal import AT_TERMINAL
from web.uploads import MOST, PREFIX, keep, limits_of, receive

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)


@router.get("/kiosk/apply/{draft_id}/paper/{code}")
async def show(
    request: Request, house: HouseDep, actor: ActorDep, draft_id: str, code: str, back: str = ""
) -> Response:
    way, screen = await _here(house, actor, draft_id, code)
    return await _draw(request, house, way, screen, back == "check", {})


@router.post("/kiosk/apply/{draft_id}/paper/{code}")
async def hand_in(
    request: Request, house: HouseDep, actor: StreamingActor, draft_id: str, code: str
) -> Response:
    way, screen = await _here(house, actor, draft_id, code)
    async with receive(request, limits=limits_of([way.sheet.item.material(code)], shared=True)) as received:
        added = await keep(house, received)
    async with editing(house, actor, draft_id) as (_, sheet):
        change(sheet, added, received)
    way, screen = await _here(house, actor, draft_id, code)
    back, problems = received.first("back") == "check", dict(received.problems)
    if problems or received.first("then") != "next":
        return await _draw(request, house, way, screen, back, problems)
    # Of several that will do, the one that is missing may be another: the last page says so.
    if (wrong := way.wrong(screen)) and way.sheet.item.material(code).group is None:
        return await _draw(request, house, way, screen, back, wrong)
    return to(way.first_gap() if back else way.after(screen.name))


@router.get("/kiosk/apply/{draft_id}/qr.svg")
async def qr(house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    """The way to this draft on one's own telephone, where one signs in again: whoever else scans it sees nothing."""
    async with house.db.connection() as conn:
        await way_of(conn, house, actor, draft_id)
    drawing = io.BytesIO()
    segno.make(f"{house.base_url}/apply/{draft_id}", error="m").save(drawing, kind="svg", scale=4, border=2)
    return Response(drawing.getvalue(), media_type="image/svg+xml")


async def _here(house: House, actor: Actor, draft_id: str, code: str) -> tuple[Way, Screen]:
    async with house.db.connection() as conn:
        way = await way_of(conn, house, actor, draft_id)
    screen = way.find(f"{PREFIX}{code}")
    if screen is None:
        raise NotFound("没有这份材料", "No such material")
    return way, screen


async def _draw(
    request: Request, house: House, way: Way, screen: Screen, back: bool, problems: Problems
) -> Response:
    async with house.db.connection() as conn:
        scans = await scan_states(conn, [p.file for p in way.sheet.draft.papers])
    material = way.sheet.item.material(screen.material)
    return kiosk_page(
        request, "kiosk/paper.html", status=422 if problems else 200, way=way, screen=screen, m=material,
        problems=problems, back_to=back, place=way.place(screen.name), scans=scans, most=MOST,
    )  # fmt: skip
