"""红黄牌: the list, a card's facts, and closing one with a ground and a reason."""

from datetime import datetime
from typing import Annotated, Any
from uuid import uuid4

import asyncpg
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.cases.door import act
from services.cases.expected import expected
from services.cases.log import load
from services.catalogue.departments import department_names
from services.errors import Invalid, NotFound
from services.house import House
from services.law.commands import COMMANDS
from services.law.policy import allowed
from services.law.roles import Actor
from services.law.rules import RULES
from services.supervision import queries
from services.supervision.queries import CardFilter
from web import wording
from web.deps import HouseDep
from web.lamps import by
from web.rendering import page
from web.supervisor.scope import PER_PAGE, Supervisor, district_of, pages

router = APIRouter(include_in_schema=False)
CLOSE = COMMANDS["close_card"]
GROUNDS = {o.value: o.label for o in CLOSE.fields[0].options}
SEVERITIES = {
    "red": {"kind": "over", "words": {"zh": "红牌", "en": "Red card"}},
    "yellow": {"kind": "near", "words": {"zh": "黄牌", "en": "Yellow card"}},
}
CLOCKS = {
    "promised": {"zh": "承诺期限", "en": "the promised limit"},
    "statutory": {"zh": "法定期限", "en": "the statutory limit"},
}


@router.get("/supervisor/cards")
async def list_cards(
    request: Request,
    house: HouseDep,
    actor: Supervisor,
    state: str = "open",
    severity: str = "",
    rule: str = "",
    department: str = "",
    page_no: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    state = "closed" if state == "closed" else "open"
    wanted = CardFilter(district_of(actor), state, severity, rule, department)
    async with house.db.connection() as conn:
        count = await queries.count_cards(conn, wanted)
        page_no = min(page_no, pages(count))
        rows = await queries.find_cards(conn, wanted, limit=PER_PAGE, offset=(page_no - 1) * PER_PAGE)
    names = department_names(house.items)
    return page(
        request,
        "supervisor/cards.html",
        cards=[card_line(row, house, names) for row in rows],
        count=count,
        state=state,
        page=page_no,
        pages=pages(count),
        asked=dict(request.query_params),
        options={
            "severity": [{"value": v, "label": s["words"]} for v, s in SEVERITIES.items()],
            "rule": [
                {"value": r.code, "label": {"zh": f"{r.code} {r.zh}", "en": f"{r.code} {r.en}"}}
                for r in RULES.values()
                if r.severity != "notice"
            ],
            "department": [{"value": code, "label": words} for code, words in sorted(names.items())],
        },
    )


def card_line(card: asyncpg.Record, house: House, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A card as lists and the case audit show it."""
    item = house.items.get(card["item_code"], card["item_version"])
    closing = card["closing"] or {}
    return {
        "id": card["id"],
        "href": f"/supervisor/cards/{card['id']}",
        "case_no": card["case_no"],
        "item": item.short,
        "lamp": SEVERITIES[card["severity"]],
        "rule": RULES[card["rule"]],
        "concerns": _concerns(card["facts"], item),
        "department": names.get(card["department"], card["department"]),
        "raised_at": card["raised_at"],
        "open": card["state"] == "open",
        "closed_at": card["closed_at"],
        "closed_name": card["closed_name"],
        "ground": GROUNDS.get(closing.get("ground", "")),
        "reason": closing.get("reason", ""),
    }


def _concerns(facts: dict[str, Any], item: Any) -> dict[str, str]:
    """What was late: a step of the case, or one of its clocks."""
    if facts.get("task"):
        return wording.step(item, facts["task"].partition("#")[0])
    return CLOCKS["statutory" if facts["rule"] == "T07" else "promised"]


@router.get("/supervisor/cards/{card_id:int}")
async def show_card(request: Request, house: HouseDep, actor: Supervisor, card_id: int) -> Response:
    return await _draw(request, house, actor, card_id)


@router.post("/supervisor/cards/{card_id:int}/close")
async def close_card(request: Request, house: HouseDep, actor: Supervisor, card_id: int) -> Response:
    form = await request.form()
    raw = {name: [str(v) for v in form.getlist(name)] for name in ("ground", "reason")}
    async with house.db.connection() as conn:
        card = await _read(conn, actor, card_id)
        task = await queries.task_of_card(conn, card["case_no"], card["key"])
        try:
            await act(
                conn, house, actor, task_id=task["id"] if task else 0, command=CLOSE.code, raw=raw,
                token=str(form.get("token", "")),
            )  # fmt: skip
        except NotFound:
            # Somebody closed it meanwhile: the page says who and why.
            return RedirectResponse(f"/supervisor/cards/{card_id}", status_code=303)
        except Invalid as no:
            problems = no.problems
        else:
            request.app.state.bell.ring()
            return RedirectResponse(f"/supervisor/cards/{card_id}?closed=1", status_code=303)
    return await _draw(request, house, actor, card_id, raw=raw, problems=problems)


async def _read(conn: asyncpg.Connection, actor: Actor, card_id: int) -> asyncpg.Record:
    card = await queries.read_card(conn, card_id)
    if card is None or district_of(actor) not in ("", card["district"]):
        raise NotFound("没有这张牌", "No such card")
    return card


async def _draw(
    request: Request,
    house: House,
    actor: Actor,
    card_id: int,
    *,
    raw: dict[str, list[str]] | None = None,
    problems: dict[str, Any] | None = None,
) -> Response:
    async with house.db.connection() as conn:
        card = await _read(conn, actor, card_id)
        case = await load(conn, card["case_no"])
        task = await queries.task_of_card(conn, card["case_no"], card["key"])
        concerned = await queries.task_concerned(conn, card["case_no"], card["facts"].get("task") or "")
    assert case is not None
    may_close = bool(task and allowed(actor, expected(task), case.parties, case.state))
    names = department_names(house.items)
    return page(
        request,
        "supervisor/card.html",
        status=422 if problems else 200,
        card=card_line(card, house, names),
        moment=by(datetime.fromisoformat(card["facts"]["moment"])),
        calendar=card["facts"].get("calendar", ""),
        stage=wording.stage(case.state.stage.value),
        concerned=concerned,
        may_close=may_close,
        command=CLOSE,
        raw=raw or {},
        problems=problems or {},
        token=uuid4().hex,
        just_closed="closed" in request.query_params,
    )
