"""窗口收件: choose the item, read the paper, fill in one dense page, hand out the receipt."""

from typing import Any
from uuid import uuid4

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from starlette.responses import Response

from forms import Item
from forms.fields import row_asked_for
from services.cases.histories import documents
from services.cases.intake import file_at_counter, handed_out, on_file
from services.catalogue.life import refuse_closed
from services.errors import Invalid, NotAllowed, NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.clock_words import amount
from services.law.policy import reach
from services.law.roles import Actor, Role
from services.licences.acting import open_to
from services.licences.queries import licences_of
from services.licences.register import Licence
from web import wording
from web.deps import HouseDep, StreamingActor
from web.i18n import language_of
from web.rendering import page
from web.uploads import PREFIX, limits_of, receive
from web.window.conditions import only_if
from web.window.intake_form import (
    Intake,
    agent_fields,
    check,
    kind_of,
    own,
    pack,
    read,
    read_agent,
    shown,
    visitor_fields,
)
from web.window.staff import ClerkDep
from web.window.visitors import open_cases

router = APIRouter(include_in_schema=False)


@router.get("/window/intake")
async def choose(request: Request, house: HouseDep, actor: ClerkDep) -> Response:
    find = request.query_params.get("q", "").strip()[:40]
    items = [i for i in takes(house, actor) if named(i, find)]
    if len(items) == 1 and find:
        return RedirectResponse(f"/window/intake/{items[0].code}", status_code=303)
    return page(request, "window/intake_items.html", items=items, find=find, amount=amount)


@router.get("/window/intake/receipts/{case_no}")
async def receipt(request: Request, house: HouseDep, actor: ClerkDep, case_no: str) -> Response:
    async with house.db.connection() as conn:
        handed = await handed_out(conn, house, actor, case_no)
        made = [d for d in await documents(conn, case_no) if d["kind"] == "receipt"]
    drawn = segno.make(f"{house.base_url}/track?no={handed.case_no}", error="m").svg_inline(scale=4, border=0)
    return page(
        request,
        "window/intake_receipt.html",
        h=handed,
        item=house.items.get(handed.item_code, handed.item_version),
        qr=Markup(drawn),  # noqa: S704 - drawn by segno from an address of our own
        made=made[-1] if made else None,
    )


@router.get("/window/intake/{code}")
async def fill_in(request: Request, house: HouseDep, actor: ClerkDep, code: str) -> Response:
    item = _item(house, actor, code)
    given = request.query_params.get("licence", "")[:40]
    raw = {"licence": [given]} if item.acts_on and given else {}
    blank = Intake(kind_of(item, request.query_params.get("kind", "")), raw)
    return _page(request, house, actor, item, blank)


@router.post("/window/intake/{code}")
async def take_in(request: Request, house: HouseDep, actor: StreamingActor, code: str) -> Response:
    if not actor.has(Role.CLERK):
        raise NotAllowed("您没有窗口收件的权限", "You do not have the right to take in applications")
    item = _item(house, actor, code)
    async with receive(request, limits=limits_of(item.materials)) as received:
        intake = await read(house, actor, item, received)
    if received.first("do") == "look":
        return await _look(request, house, actor, item, intake)
    if row_asked_for(item.fields, intake.raw):
        intake.problems = {}
        return _page(request, house, actor, item, intake)
    check(intake, item)
    read_agent(intake, item)
    if intake.problems or intake.refusal or intake.visitor is None:
        return _page(request, house, actor, item, intake)
    try:
        async with house.db.transaction() as tx:
            done = await file_at_counter(
                tx, house, actor, item, intake.visitor, raw=own(item, intake.raw), papers=intake.all_papers,
                token=received.first("token") or uuid4().hex, stand_in=intake.stand_in,
            )  # fmt: skip
    except Invalid as invalid:
        intake.problems |= invalid.problems
        return _page(request, house, actor, item, intake)
    request.app.state.bell.ring()
    return RedirectResponse(f"/window/intake/receipts/{done.case_no}", status_code=303)


async def _look(request: Request, house: House, actor: Actor, item: Item, intake: Intake) -> Response:
    """查一下: whether the number is right, and what is on file under it. Nothing else is judged yet."""
    wrong = intake.problems.get("subject_paper")
    intake.problems = {"subject_paper": wrong} if wrong else {}
    known, held, cases = None, [], []
    if not wrong:
        id_type = intake.raw.get("subject_paper_type", ["credit_code"])[0]
        async with house.db.transaction() as conn:
            known = await on_file(conn, house, actor, id_type, intake.raw.get("subject_paper", [""])[0])
            held = await licences_of(conn, [known.id]) if known and item.acts_on else []
            cases = await open_cases(conn, house, actor, known.id) if known else []
    today = legal_date(house.now())
    numbers = [r["number"] for r in held if open_to(item, Licence.of(r), today)]
    if len(numbers) == 1 and not any(intake.raw.get("licence", ())):
        intake.raw["licence"] = numbers
    return _page(
        request, house, actor, item, intake, looked=not wrong, known=known, held=numbers, open_cases=cases
    )


def _page(request: Request, house: House, actor: Actor, item: Item, intake: Intake, **more: Any) -> Response:
    token = intake.raw.get("token", [""])[0] or uuid4().hex
    bad = intake.problems or intake.refusal
    return page(
        request, "window/intake_form.html", status=422 if bad else 200, problems=intake.problems, item=item,
        intake=intake, raw=shown(item, intake.raw), token=token, prefix=PREFIX,
        subject_fields=visitor_fields(intake.kind), agent_fields=agent_fields(item),
        materials=lines(house, actor, item, intake),
        hint_of=lambda thing: only_if(item, thing.when, language_of(request)),
        words=wording, **{"looked": False, "known": None, "held": [], "open_cases": [], **more},
    )  # fmt: skip


def lines(house: House, actor: Actor, item: Item, intake: Intake) -> list[dict[str, Any]]:
    return [_material(house, actor, item, intake, m) for m in item.materials]


def _material(house: House, actor: Actor, item: Item, intake: Intake, m: Any) -> dict[str, Any]:
    kept = [{"value": pack(house, actor, p), "name": p.name} for p in intake.papers if p.code == m.code]
    return {
        "m": m,
        "kept": kept,
        "seen": m.code in intake.seen,
        "problem": intake.problems.get(PREFIX + m.code),
    }


def takes(house: House, actor: Actor, role: Role = Role.CLERK) -> list[Item]:
    """综合窗口: the items that this clerk's grants reach, or this helper's."""
    mine = reach(actor, role)
    return [
        item
        for item in house.items.listed()
        if any(r.department in ("", item.department) and r.district in ("", item.district) for r in mine)
    ]


def _item(house: House, actor: Actor, code: str) -> Item:
    item = next((i for i in takes(house, actor) if i.code == code), None)
    if item is None:
        raise NotFound("这个窗口不收这个事项", "This counter does not take this item")
    refuse_closed(house, item)
    return item


def named(item: Item, find: str) -> bool:
    words = (item.name.zh, item.name.en, item.short.zh, item.code, item.department_name.zh)
    return not find or any(find.casefold() in w.casefold() for w in words)
