"""One case as the supervisor audits it: log, clocks, lanes, papers, cards, orders, open tasks, and the proof."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Item, Limit
from services.archive.make import archived, ripe
from services.cases import histories
from services.cases.histories import Told
from services.catalogue.departments import department_names
from services.errors import NotFound
from services.hotline.queries import staff_names
from services.house import House
from services.law.calendar import Words
from services.law.chain import Verdict
from services.law.clock import legal_date
from services.law.clock_story import clocks_of
from services.law.explaining import Explanation
from services.law.ribbon import WRAPPED_ROW
from services.licences.queries import licences_of_case
from services.payments.queries import orders_of
from services.supervision.queries import cards_of
from web import event_words, wording
from web.deps import HouseDep
from web.i18n import language_of
from web.lamps import by, lamp
from web.licence_words import told as told_licence
from web.rendering import page
from web.supervisor.cards import card_line
from web.supervisor.effects import effect
from web.supervisor.lanes import lanes
from web.supervisor.scope import ROLES, Supervisor, district_of, masked_applicant

router = APIRouter(include_in_schema=False)


@router.get("/supervisor/cases/{no}")
async def audit(request: Request, house: HouseDep, actor: Supervisor, no: str) -> Response:
    async with house.db.connection() as conn:
        found = await histories.case_page(conn, no)
        if found is None or district_of(actor) not in ("", found.case.district):
            raise NotFound("没有这个办件", "No such case")
        told, verdict = await histories.verified_history(conn, no)
        cards = await cards_of(conn, no)
        papers = await histories.papers(conn, no)
        documents = await histories.documents(conn, no)
        orders = await histories.orders_about(conn, no) if histories.has_orders(told) else []
        package = await archived(conn, no) if histories.tells(told, "archive_made") else None
        fees = await orders_of(conn, found.case)
        licences = await licences_of_case(conn, no) if histories.has_licences(found.case, told) else []
        excluded = {t["id"]: await staff_names(conn, t["not_by"]) for t in found.tasks if t["not_by"]}
    case, names, lang = found.case, department_names(house.items), language_of(request)
    item = house.items.get(case.item_code, case.item_version).upon(case.state.by_promise, case.state.skips)
    house = house.at_home(case.district)
    clocks = clocks_of(item, (t.event for t in told), house.calendar) if item.kind != "order" else []
    main = next((c for c in clocks if c.kind == "handling"), None)
    return page(
        request,
        "supervisor/audit.html",
        row=found.row,
        item=item,
        applicant=masked_applicant(found.row),
        department=names.get(case.lead, case.lead),
        stage=wording.stage(case.state.stage.value),
        lamp=lamp(found.row["due_at"], found.row["due_on"], house.now(), house.calendar),
        lanes=lanes([t.event for t in told], house.now(), item, finished=found.row["finished"])
        if told
        else None,
        lines=[_line(t, item, verdict, lang) for t in told],
        package=package,
        fees=fees,
        licences=[told_licence(house, row) for row in licences],
        ripe=ripe(found.case.state),
        verdict=verdict,
        total=case.seq,
        clocks=[
            _clock(name, limit, explained, clock.ended, lang)
            for clock in clocks
            for name, limit, explained in clock.explained(house.now())
        ],
        ribbon=main.ribbon(house.now(), lang, WRAPPED_ROW) if main else None,
        tasks=[_task(t, item, house, names, excluded.get(t["id"], [])) for t in found.tasks],
        cards=[card_line(card, house, names) for card in cards],
        papers=[_paper(p, item) for p in papers],
        documents=[_document(d) for d in documents],
        orders=[
            {"no": o["no"], "stage": wording.stage(o["stage"]), "filed_at": o["filed_at"]} for o in orders
        ],
    )


def _line(told: Told, item: Item, verdict: Verdict, lang: str) -> dict[str, Any]:
    event, said = told.event, event_words.line(told, item)
    return {
        "seq": event.seq,
        "at": event.at,
        "on": event.on,
        "who": told.actor_name if event.role != "applicant" or told.taken_down else "",
        "role": _role(told),
        "title": said.title,
        "asked": event_words.asked(told, item, lang),
        "detail": said.detail,
        "tone": said.tone,
        "task": wording.step(item, event.task.partition("#")[0]) if event.task else "",
        "document": event.data.get("document", "") if event.kind == "document_made" else "",
        "effect": effect(event),
        "hash": told.hash,
        "broken": verdict.broken is not None and event.seq >= verdict.broken,
    }


def _role(told: Told) -> Any:
    if told.event.role == "system":
        return ""
    if told.taken_down:
        return {"zh": "申请人（窗口代办）", "en": "Applicant (taken down at the counter)"}
    return ROLES.get(told.event.role, told.event.role)


def _clock(name: Words, limit: Limit, told: Explanation, ended: datetime | None, lang: str) -> dict[str, Any]:
    """A limit with its basis, the sentence that computes it, the day it stopped on, and its days."""
    return {
        "name": name.in_(lang),
        "ended": ended and legal_date(ended),
        "sentence": told.sentence(lang),
        "basis": limit.basis,
        "days": [
            {"date": d.date, "kind": d.kind, "n": d.number, "note": d.note.in_(lang)} for d in told.days
        ],
    }


def _task(row: Any, item: Item, house: House, names: dict[str, Any], excluded: list[str]) -> dict[str, Any]:
    return {
        "step": wording.step(item, row["step"]),
        "role": ROLES.get(row["role"], row["role"]),
        "department": "" if row["role"] == "applicant" else names.get(row["department"], row["department"]),
        "claimed": row["claimed_name"] if row["role"] != "applicant" else "",
        "opened_at": row["opened_at"],
        "by": by(row["due_at"]),
        "lamp": lamp(row["due_at"], row["due_on"], house.now(), house.calendar),
        "excluded": excluded,
    }


def _paper(row: Any, item: Item) -> dict[str, Any]:
    names = {m.code: m.name for m in item.materials}
    sources = {
        "upload": {"zh": "申请人提供", "en": "From the applicant"},
        "shared": {"zh": "取自共享", "en": "Shared data"},
        "carried": {"zh": "沿用上一轮", "en": "As in the round before"},
        "sent_up": {"zh": "下级机关转报", "en": "Sent up by the lower level"},
        "licence": {"zh": "经同意引用电子证照", "en": "An e-licence, with consent"},
    }
    return {
        "round": row["round"],
        "name": names.get(row["code"], row["code"]),
        "source": sources.get(row["source"], row["source"]),
        "size": row["size"],
        "file": row["file"] or "",
    }


def _document(row: Any) -> dict[str, Any]:
    return {
        "name": wording.DOCUMENTS.get(row["kind"], row["kind"]),
        "number": row["number"],
        "href": f"/verify/{row['id']}",
        "made_at": row["made_at"],
        "file": row["file"],
    }
