"""One question a screen: answered, judged by itself, saved, and on to the next."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import WHICH_LICENCE
from forms.fields import row_asked_for
from services import drafts
from services.errors import NotFound
from services.house import House
from services.law.roles import Actor
from web.citizen.apply import editing, take_licence
from web.citizen.apply_view import Problems, choose_applicant, take
from web.deps import ActorDep, HouseDep
from web.kiosk.screens import APPLICANT, Screen, Way, kiosk_page, way_of, way_through
from web.terminal import AT_TERMINAL

router = APIRouter(include_in_schema=False, dependencies=AT_TERMINAL)


@router.get("/kiosk/apply/{draft_id}")
async def go_on(house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    """The first question that has no answer, or else everything once more."""
    async with house.db.connection() as conn:
        way = await way_of(conn, house, actor, draft_id)
    return to(f"{way.base}/stop" if way.sheet.item.stop(way.sheet.values) else way.first_gap())


@router.get("/kiosk/apply/{draft_id}/ask/{name}")
async def ask(
    request: Request, house: HouseDep, actor: ActorDep, draft_id: str, name: str, back: str = ""
) -> Response:
    async with house.db.connection() as conn:
        way = await way_of(conn, house, actor, draft_id)
    return _draw(request, way, _screen(way, name), back == "check", {})


@router.post("/kiosk/apply/{draft_id}/ask/{name}")
async def answer(request: Request, house: HouseDep, actor: ActorDep, draft_id: str, name: str) -> Response:
    form = await request.form()
    given = {n: [str(v) for v in form.getlist(n)] for n in form}
    async with editing(house, actor, draft_id) as (tx, sheet):
        way = await way_through(tx, house, actor, sheet)
        screen = _screen(way, name)
        wanted = next(iter(given.get(APPLICANT, ())), "")
        if screen.field is not None:
            take(sheet.draft, [screen.field], given)
        elif sheet.draft.case_no is None and wanted in {s.id for s in way.offered}:
            await choose_applicant(tx, house, sheet.draft, sheet.item, wanted)
        if name == WHICH_LICENCE.name:
            await take_licence(tx, house, actor, sheet)
    way = await _again(house, actor, draft_id)
    back = form.get("back") == "check"
    if way.sheet.item.stop(way.sheet.values):
        return to(f"{way.base}/stop")
    if not way.sheet.start_problems() and name in {APPLICANT, *(q.name for q in way.sheet.item.questions)}:
        await drafts.ask_registers(house, actor, draft_id)
        way = await _again(house, actor, draft_id)
    screen = _screen(way, name)
    if screen.field and (control := row_asked_for([screen.field], given)):
        return to(f"{way.address(screen)}{'?back=check' if back else ''}#f-{control}")
    if wrong := way.wrong(screen):
        return _draw(request, way, screen, back, wrong)
    return to(way.first_gap() if back else way.after(name))


@router.get("/kiosk/apply/{draft_id}/stop")
async def stop(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    """不需要办: said at once, with where to go instead."""
    way = await _again(house, actor, draft_id)
    said = way.sheet.item.stop(way.sheet.values)
    return kiosk_page(request, "kiosk/stop.html", way=way, stop=said) if said else to(way.first_gap())


async def _again(house: House, actor: Actor, draft_id: str) -> Way:
    async with house.db.connection() as conn:
        return await way_of(conn, house, actor, draft_id)


def _screen(way: Way, name: str) -> Screen:
    screen = way.find(name)
    if screen is None or screen.material:
        raise NotFound("没有这个问题", "No such question")
    return screen


def _draw(request: Request, way: Way, screen: Screen, back: bool, problems: Problems) -> Response:
    return kiosk_page(
        request, "kiosk/ask.html", status=422 if problems else 200, way=way, screen=screen, problems=problems,
        back_to=back, place=way.place(screen.name), own=request.state.session.subject_id,
    )  # fmt: skip


def to(address: str) -> Response:
    return RedirectResponse(address, status_code=303)
