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
REVOKE = COMMANDS["revoke_card"]
VERDICTS = {c.code: c for c in (COMMANDS["uphold_card"], REVOKE)}
GROUNDS = {o.value: o.label for command in (CLOSE, REVOKE) for o in command.fields[0].options}
STATES = {
    "open": {"zh": "亮着的", "en": "Open"},
    "closed": {"zh": "已销的", "en": "Closed"},
    "revoked": {"zh": "已撤销的", "en": "Revoked"},
}
SEVERITIES = {
    "red": {"kind": "over", "words": {"zh": "红牌", "en": "Red card"}},
    "yellow": {"kind": "near", "words": {"zh": "黄牌", "en": "Yellow card"}},
}
CLOCKS = {
    "promised": {"zh": "承诺期限", "en": "the promised limit"},
    "statutory": {"zh": "法定期限", "en": "the statutory limit"},
    "complaint": {"zh": "12345 投诉", "en": "a 12345 complaint"},
}
_CLOCK_OF = {"T07": "statutory", "S02": "complaint"}


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
    state = state if state in STATES else "open"
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
        states=[{"value": v, "label": words} for v, words in STATES.items()],
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
        "revoked": card["state"] == "revoked",
        "appealed": card["appealed"],
        "closed_at": card["closed_at"],
        "closed_name": card["closed_name"],
        "ground": GROUNDS.get(closing.get("ground", "")),
        "reason": closing.get("reason", ""),
    }


def _concerns(facts: dict[str, Any], item: Any) -> dict[str, str]:
    """What was late: a step of the case, or one of its clocks."""
    if facts.get("task"):
        return wording.step(item, facts["task"].partition("#")[0])
    return CLOCKS[_CLOCK_OF.get(facts["rule"], "promised")]


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


@router.post("/supervisor/cards/{card_id:int}/review")
async def review_appeal(request: Request, house: HouseDep, actor: Supervisor, card_id: int) -> Response:
    """复核: uphold or revoke, by the button that was pressed."""
    form = await request.form()
    command = VERDICTS.get(str(form.get("verdict", "")), REVOKE)
    raw = {f.name: [str(v) for v in form.getlist(f.name)] for f in REVOKE.fields}
    async with house.db.connection() as conn:
        card = await _read(conn, actor, card_id)
        task = await queries.task_of_card(conn, card["case_no"], card["key"], "card_review")
        try:
            await act(
                conn, house, actor, task_id=task["id"] if task else 0, command=command.code,
                raw={f.name: raw[f.name] for f in command.fields}, token=str(form.get("token", "")),
            )  # fmt: skip
        except NotFound:
            return RedirectResponse(f"/supervisor/cards/{card_id}", status_code=303)
        except Invalid as no:
            problems = no.problems
        else:
            request.app.state.bell.ring()
            return RedirectResponse(f"/supervisor/cards/{card_id}?reviewed=1", status_code=303)
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
        review = await queries.task_of_card(conn, card["case_no"], card["key"], "card_review")
        life = await queries.life_of_card(conn, card["case_no"], card["key"])
        concerned = await queries.task_concerned(conn, card["case_no"], card["facts"].get("task") or "")
    assert case is not None

    def may(task: asyncpg.Record | None) -> bool:
        return bool(task and allowed(actor, expected(task), case.parties, case.state))

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
        # An appeal is decided first; then what stands is closed.
        may_close=may(task) and not card["appealed"],
        may_review=may(review),
        review_due=by(review["due_at"]) if review else None,
        life=[_told(event) for event in life],
        command=CLOSE,
        revoke=REVOKE,
        raw=raw or {},
        problems=problems or {},
        token=uuid4().hex,
        just_closed="closed" in request.query_params,
        just_reviewed="reviewed" in request.query_params,
    )


def _told(event: asyncpg.Record) -> dict[str, Any]:
    """One step of the card's life: who, when, what, and why."""
    data = event["data"]
    ground = GROUNDS.get(data.get("ground", ""))
    return {
        "title": wording.event(event["kind"]),
        "who": event["actor_name"] or "",
        "at": event["at"],
        "ground": ground,
        "reason": data.get("reason", ""),
        "evidence": data.get("evidence", ""),
    }
