"""工作日历: the notices in force; what a new one would move; loading it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.calendars import Filed, check, load_notice
from services.cases.foreseeing import Foresight, foresee
from services.cases.recounting import count_behind
from services.errors import Invalid, NotAllowed, NotFound
from services.hotline.queries import staff_names
from services.house import House
from services.law.roles import SYSTEM, Actor, Role
from web import recounted, wording
from web.admin.handed_in import TEXT, Problems, read
from web.deps import HouseDep, StreamingActor, require
from web.rendering import page

router = APIRouter(include_in_schema=False)
SHOWN = 20  # of the cases that would move


async def streaming_admin(actor: StreamingActor) -> Actor:
    if not actor.has(Role.ADMIN):
        raise NotAllowed("您没有办理这件事的权限", "You do not have the right to do this")
    return actor


Admin = Annotated[Actor, Depends(require(Role.ADMIN))]
StreamingAdmin = Annotated[Actor, Depends(streaming_admin)]


@router.get("/admin/calendar")
async def show_calendar(request: Request, house: HouseDep, actor: Admin) -> Response:
    return await _show(request, house, "", {})


@router.get("/admin/calendar/{key}")
async def show_notice(request: Request, house: HouseDep, actor: Admin, key: str) -> Response:
    filed = next((f for f in house.calendars.filed if key_of(f) == key), None)
    if filed is None:
        raise NotFound("没有装入这一版安排", "No such edition was loaded")
    return page(request, "admin/notice.html", filed=filed, days=_days(filed), by=await _loader(house, filed))


@router.post("/admin/calendar/preview")
async def preview(request: Request, house: HouseDep, actor: StreamingAdmin) -> Response:
    """What it would move. Nothing is kept yet."""
    text, problems = await read(request)
    if problems:
        return await _show(request, house, text, problems)
    async with house.db.connection() as conn:
        await house.calendars.refresh(conn)
    try:
        filed = check(house, text, actor)
    except Invalid as invalid:
        return await _show(request, house, text, invalid.problems)
    async with house.db.connection() as conn:
        found = await foresee(conn, house, filed)
    return page(
        request,
        "admin/preview.html",
        filed=filed,
        days=_days(filed),
        known=house.calendars.find(*filed.key) is not None,
        replaces=[f for f in house.calendars.current(filed.notice.district) if f.key[:2] == filed.key[:2]],
        found=found,
        lines=_lines(house, found),
    )


@router.post("/admin/calendar")
async def confirm(request: Request, house: HouseDep, actor: Admin) -> Response:
    text = str((await request.form()).get(TEXT, ""))
    try:
        notice = await load_notice(house, text.replace("\r\n", "\n"), actor)
    except Invalid as invalid:  # somebody loaded another edition meanwhile
        return await _show(request, house, text, invalid.problems)
    return RedirectResponse(f"/admin/calendar?loaded={notice.year}.{notice.edition}", status_code=303)


async def _show(request: Request, house: House, text: str, problems: Problems) -> Response:
    current = {f.key for d in ("", *house.calendars.local_versions()) for f in house.calendars.current(d)}
    filed = sorted(
        house.calendars.filed, key=lambda f: (-f.notice.year, f.notice.district, -f.notice.edition)
    )
    loaded = request.query_params.get("loaded", "")
    return page(
        request,
        "admin/calendar.html",
        status=422 if problems else 200,
        rows=[{"filed": f, "key": key_of(f), "in_force": f.key in current} for f in filed],
        version=house.calendar.version,
        local=house.calendars.local_versions(),
        loaded=loaded if any(f"{f.notice.year}.{f.notice.edition}" == loaded for f in filed) else "",
        behind=await count_behind(house),
        text=text,
        problems=problems,
    )


def key_of(filed: Filed) -> str:
    return ".".join(filter(None, (filed.notice.district, str(filed.notice.year), str(filed.notice.edition))))


def _days(filed: Filed) -> list[dict[str, Any]]:
    """Runs of days off by name, and the working days between them, in the order of the year."""
    runs: list[dict[str, Any]] = []
    for day, name in sorted(filed.notice.holidays.items()):
        last = runs[-1] if runs else None
        if last and last["name"] == name and (day - last["to"]).days == 1:
            last["to"] = day
        else:
            runs.append({"name": name, "from": day, "to": day, "work": False})
    work = [{"name": None, "from": day, "to": day, "work": True} for day in filed.notice.make_up]
    return sorted([*runs, *work], key=lambda run: run["from"])


def _lines(house: House, found: Foresight) -> list[dict[str, Any]]:
    lines = []
    for case, moves in found.moved[:SHOWN]:
        item = house.items.get(case.item_code, case.item_version)
        data = {"dates": [m.told() for m in moves], "notices": []}
        said = recounted.sentence(data, lambda code, item=item: wording.step(item, code))
        lines.append({"no": case.no, "item": item.short, "moves": said})
    return lines


async def _loader(house: House, filed: Filed) -> Any:
    if filed.loaded_by == SYSTEM.id:
        return {"zh": "随版本或命令行装入", "en": "With a release, or from the command line"}
    async with house.db.connection() as conn:
        return next(iter(await staff_names(conn, [filed.loaded_by])), filed.loaded_by)
