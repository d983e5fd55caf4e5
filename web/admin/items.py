"""事项库: which version of each item is in force, what is planned, and suspending, resuming, withdrawing with a reason."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.catalogue.differences import differences
from services.catalogue.life import LONGEST_REASON, administers, names_of, turn_item
from services.errors import Invalid, NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.item_life import STATE_WORDS, TURN_WORDS, State, Turn, hindrance
from services.law.roles import SYSTEM, Actor, Role
from web.admin.handed_in import Problems
from web.deps import HouseDep, require
from web.rendering import page

router = APIRouter(include_in_schema=False)
Admin = Annotated[Actor, Depends(require(Role.ADMIN))]

PUBLISHED = {"zh": "公布", "en": "published"}
_BY_SYSTEM = {"zh": "随版本或命令行", "en": "with a release, or from the command line"}
_WHICH = {"zh": "请选择要作的变更。", "en": "Choose what to do."}
FIELDS = ("turn", "reason", "on_day")
_A_DAY = {"zh": "请写成 2026-12-01 这样的日期。", "en": "Write a date such as 2026-12-01."}


@router.get("/admin/items")
async def show_items(request: Request, house: HouseDep, actor: Admin) -> Response:
    rows = [
        {"item": i, "standing": house.items.standing(i.code), "coming": house.items.coming(i.code)}
        for i in sorted(house.items.latest(), key=lambda i: (i.catalog_code, i.handle_code))
        if i.listed and administers(actor, i)
    ]
    return page(request, "admin/items.html", rows=rows, STATE_WORDS=STATE_WORDS)


@router.get("/admin/items/{code}")
async def show_item(request: Request, house: HouseDep, actor: Admin, code: str) -> Response:
    return await _show(request, house, actor, code, dict.fromkeys(FIELDS, ""), {})


@router.post("/admin/items/{code}")
async def enter_turn(request: Request, house: HouseDep, actor: Admin, code: str) -> Response:
    form = await request.form()
    given = {name: str(form.get(name, "")) for name in FIELDS}
    try:
        turn, on_day = _read(given)
        await turn_item(house, actor, code, turn, given["reason"], on_day)
    except Invalid as invalid:
        return await _show(request, house, actor, code, given, dict(invalid.problems))
    return RedirectResponse(f"/admin/items/{code}?done={turn.value}", status_code=303)


def _read(given: dict[str, str]) -> tuple[Turn, date | None]:
    problems: Problems = {}
    turn = next((t for t in Turn if t.value == given["turn"]), None)
    if turn is None:
        problems["turn"] = _WHICH
    day = given["on_day"].strip()
    try:
        on_day = date.fromisoformat(day) if day else None
    except ValueError:
        on_day, problems["on_day"] = None, _A_DAY
    if problems or turn is None:
        raise Invalid(problems)
    return turn, on_day


async def _show(
    request: Request, house: House, actor: Actor, code: str, given: dict[str, str], problems: dict[str, Any]
) -> Response:
    item = house.items.get(code)
    if not item.listed or not administers(actor, item):
        raise NotFound("没有这个事项，或者不归您管理", f"No such service item: {code}")
    today = legal_date(house.now())
    turns = house.items.turns(code)
    async with house.db.connection() as conn:
        names = await names_of(conn, {t.by for t in turns})
    versions = house.items.versions(code)
    before = {b.version: a for a, b in pairwise(versions)}
    changes = house.items.changes(code)
    return page(
        request,
        "admin/item.html",
        status=422 if problems else 200,
        item=item,
        standing=house.items.standing(code),
        STATE_WORDS=STATE_WORDS,
        versions=[
            {
                "item": v,
                "in_force": v is item and v.effective <= today,
                "changes": differences(before[v.version], v) if v.version in before else None,
            }
            for v in reversed(versions)
        ],
        history=[
            {
                "turn": t,
                "words": TURN_WORDS.get(t.turn, PUBLISHED),  # type: ignore[call-overload]
                "by": _BY_SYSTEM if t.by == SYSTEM.id else names.get(t.by, t.by),
            }
            for t in reversed(turns)
        ],
        may=[
            {"value": t.value, "label": TURN_WORDS[t]}
            for t in Turn
            if hindrance(changes, t, today, today) is None
        ],
        final=house.items.standing(code).state is State.WITHDRAWN,
        today=today,
        given=given,
        problems=problems,
        longest=LONGEST_REASON,
        done=TURN_WORDS.get(request.query_params.get("done", "")),  # type: ignore[arg-type]
    )
