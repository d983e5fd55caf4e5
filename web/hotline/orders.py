"""The work order's page: one page for the agent, the unit that handles it, the supervisor and the caller."""

from typing import Any
from uuid import uuid4

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from services.cases import histories
from services.cases.filing import open_query_code
from services.cases.histories import Told
from services.cases.private import read_private
from services.catalogue.departments import department_name
from services.hotline.contents import Alike, alike
from services.hotline.queries import reply_due, staff_names
from services.house import House
from services.law.calendar import Words
from services.law.clock import explain
from services.law.commands import COMMANDS
from services.law.roles import Actor
from web import event_words, wording
from web.deps import ActorDep, HouseDep
from web.hotline.desk import CATEGORIES
from web.hotline.seeing import Seen, see
from web.i18n import language_of
from web.lamps import by, lamp
from web.rendering import page
from web.window.staff import DESK_ROLES

router = APIRouter(include_in_schema=False)
_REGISTERED = Words(zh="登记", en="registration")
_WHY = {
    "case": {"zh": "同一办件", "en": "Same case"},
    "phone": {"zh": "同一电话", "en": "Same telephone"},
    "object": {"zh": "同一对象", "en": "Same object"},
}
_LABELS = {f.name: f.label for c in COMMANDS.values() for f in c.fields}


@router.get("/hotline/orders/{no}")
async def show_order(request: Request, house: HouseDep, actor: ActorDep, no: str) -> Response:
    async with house.db.connection() as conn:
        seen = await see(conn, house, actor, no)
        context = await order_context(conn, house, actor, seen, language_of(request))
    asked = request.query_params
    return page(
        request,
        "hotline/order.html",
        **context,
        token=uuid4().hex,
        news="taken" if "taken" in asked else "done" if "done" in asked else "",
        waiting=seen.page.row["engine_seq"] < seen.page.case.seq,
    )


async def order_context(
    conn: asyncpg.Connection, house: House, actor: Actor, seen: Seen, lang: str
) -> dict[str, Any]:
    row, case, said = seen.page.row, seen.page.case, seen.said
    house = house.at_home(case.district)
    item = house.items.get(case.item_code, case.item_version)
    told = await histories.history(conn, case.no)
    private = await read_private(conn, house, case.no) if seen.sight.words else {}
    likely = await alike(conn, house, case.no, case.linked_no, said) if seen.agent else []
    excluded = {who for t in seen.page.tasks for who in t["not_by"]}
    if seen.linked and not seen.owner:
        excluded |= seen.linked.state.hands
    task = seen.task_for(actor)
    due = reply_due(house, case.item_code, case.item_version, row["filed_at"])
    end = case.state.concluded_on or house.now()
    told_limit = explain(item.promised, row["filed_at"], house.calendar, today=end, began=_REGISTERED)
    return {
        "row": row,
        "seen": seen.sight,
        "owner": seen.owner,
        "agent": seen.agent,
        "said": said,
        "category": CATEGORIES.get(said.category, said.category),
        "caller": row["applicant"] or "",
        "query_code": open_query_code(house, case.no, row["query_code"]) if row["filer_id"] == actor.id else "",
        "unit": department_name(house.items, case.lead) if case.state.lead else None,
        "stage": wording.stage(case.state.stage.value),
        "lamp": None if row["finished"] else lamp(due.at, due.on, house.now(), house.calendar),
        "limit": told_limit.sentence(lang),
        "linked": await _linked(conn, house, actor, seen),
        "excluded": await staff_names(conn, excluded),
        "steps": [_step(t, item, private, seen, house) for t in told if _shown(t, seen)],
        "open_steps": [_open(t, item, house) for t in seen.page.tasks if t["role"] not in ("applicant", "supervisor")],
        "documents": await histories.documents(conn, case.no) if seen.owner or seen.agent else [],
        "likely": [_likely(a) for a in likely],
        "task": task,
        "acts": seen.acts(actor, task) if task else [],
    }  # fmt: skip


async def _linked(conn: asyncpg.Connection, house: House, actor: Actor, seen: Seen) -> dict[str, Any] | None:
    """The case that the order is about: where it stands, and nobody's name."""
    if seen.linked is None:
        return None
    row = await histories.case_page(conn, seen.linked.no)
    assert row is not None
    case = seen.linked
    return {
        "no": case.no,
        "href": _page_of(case.no, actor, seen),
        "item": house.items.get(case.item_code, case.item_version).short,
        "stage": wording.stage(case.state.stage.value),
        "department": department_name(house.items, case.lead),
        "filed_at": row.row["filed_at"],
        "lamp": lamp(row.row["due_at"], row.row["due_on"], house.now(), house.calendar),
    }


def _page_of(case_no: str, actor: Actor, seen: Seen) -> str:
    """Where this reader reads a case; none for agents, who see where it stands and no more."""
    if seen.owner:
        return f"/cases/{case_no}"
    return f"/window/cases/{case_no}" if any(actor.has(role) for role in DESK_ROLES) else ""


def _shown(told: Told, seen: Seen) -> bool:
    kind = told.event.kind
    return kind in wording.CITIZEN_EVENTS if seen.owner else kind not in ("task_opened", "linked_told")


def _step(told: Told, item: Any, private: dict[int, Any], seen: Seen, house: House) -> dict[str, Any]:
    event, line = told.event, event_words.line(told, item)
    hidden = event.role == "applicant" and not seen.sight.identity
    who = "" if hidden or (seen.owner and event.role != "applicant") else told.actor_name
    unit = department_name(house.items, event.data["department"]) if event.kind == "dispatched" else None
    # What was typed and is not personal stands in the line; the caller does not read notes between offices.
    detail = line.detail if not seen.owner or event.kind == "order_declined" else ""
    return {
        "title": line.title,
        "tone": line.tone,
        "at": event.at,
        "who": who,
        "unit": unit,
        "detail": detail,
        "texts": [
            {"label": _LABELS.get(name, name), "text": text}
            for name, text in private.get(event.seq, {}).items()
        ],
    }


def _open(task: Any, item: Any, house: House) -> dict[str, Any]:
    return {
        "step": wording.step(item, task["step"]),
        "unit": department_name(house.items, task["department"]),
        "claimed": task["claimed_name"] or "",
        "by": by(task["due_at"]),
        "lamp": lamp(task["due_at"], task["due_on"], house.now(), house.calendar),
    }


def _likely(found: Alike) -> dict[str, Any]:
    row = found.row
    return {
        "no": row["no"],
        "title": found.title,
        "why": _WHY[found.why],
        "stage": wording.stage(row["stage"]),
        "filed_at": row["filed_at"],
    }
