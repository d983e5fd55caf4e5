"""A case as its log left it, the log itself with its hashes, and its documents."""

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.cases.clocks import case_clocks
from services.cases.histories import documents, verified_history
from services.cases.readable import may_open_documents, readable
from services.law.clock import Due
from services.law.fee_words import STANDS
from services.law.roles import Actor
from services.payments.queries import Order, orders_of
from web import event_words, wording
from web.api.shapes import BEARER, V1, Words, refusals
from web.deps import ActorDep, HouseDep

router = APIRouter(prefix=f"{V1}/cases", tags=["cases"], dependencies=[BEARER])


class Limit(BaseModel):
    on: date | None
    provisional: bool = Field(description="That year's calendar is not published yet")

    @classmethod
    def of(cls, due: Due | None) -> "Limit | None":
        return cls(on=due.on, provisional=due.provisional) if due else None


class Fee(BaseModel):
    order: str = Field(description="The number under which the payment platform knows it")
    due: str = Field(description="acceptance, or grant: before the licence is made")
    amount: str = Field(examples=["40.00"], description="Yuan")
    stands: str = Field(description="ordered, paid, waived, lapsed, returning or returned")
    stands_words: Words
    until: date | None
    pay: str | None = Field(description="Where it is paid; to the applicant, while it can be")

    @classmethod
    def of(cls, order: Order, *, owner: bool) -> "Fee":
        words = STANDS[order.stands]
        return cls(
            order=order.no, due=order.moment, amount=f"{order.amount:.2f}", stands=order.stands,
            stands_words=Words(zh=words.zh, en=words.en), until=order.until,
            pay=order.address if order.payable and owner else None,
        )  # fmt: skip


class CaseView(BaseModel):
    case: str
    kind: str
    item: str
    item_version: int
    title: Words
    stage: str
    stage_words: Words
    finished: bool
    applicant: str = Field(description="Masked, except to the applicant and to those who handle the case")
    department: str
    filed_at: datetime
    received_on: date | None
    accepted_on: date | None
    accepted_how: str = Field(description="act, or silence (视为受理)")
    decided_on: date | None
    outcome: str
    by_promise: bool = Field(description="告知承诺: decided upon a promise, checked later")
    gaps: list[str] = Field(description="容缺: materials that are still to follow")
    later_check: str = Field(
        description="What became of the promise: kept, to_rectify, broken, revoked, or empty"
    )
    promised: Limit | None
    statutory: Limit | None
    due_on: date | None = Field(description="What government owes next")
    round: int
    linked: str | None
    fees: list[Fee]
    seq: int = Field(description="Events in the log")
    settled: bool = Field(description="The engine has read the log to its end")


class EventView(BaseModel):
    seq: int
    kind: str
    title: Words
    at: datetime
    on: date
    role: str
    actor: str | None = Field(description="For staff only")
    data: dict[str, Any] | None = Field(description="To the applicant only what concerns them")
    hash: str = Field(description="SM3 over the event and the hash before it")


class Chain(BaseModel):
    verified: int = Field(description="Events 1 to n hold")
    broken: int | None = Field(description="The first event that does not")
    head: str


class Events(BaseModel):
    case: str
    events: list[EventView]
    chain: Chain


class DocumentView(BaseModel):
    id: str
    kind: str
    title: Words
    number: str
    sm3: str
    made_at: datetime
    pdf: str
    verify: str


@router.get("/{case_no}", summary="Where a case stands 办件", responses=refusals(401, 404))
async def case(house: HouseDep, actor: ActorDep, case_no: str) -> CaseView:
    async with house.db.connection() as conn:
        seen = await readable(conn, actor, case_no)
        orders = await orders_of(conn, seen.page.case)
    row, case = seen.page.row, seen.page.case
    item, clocks = house.items.get(case.item_code, case.item_version), case_clocks(case, house)
    state = case.state
    return CaseView(
        case=case.no,
        kind=case.kind,
        item=case.item_code,
        item_version=case.item_version,
        title=Words.of(item.name),
        stage=state.stage.value,
        stage_words=Words.of(wording.stage(state.stage.value)),
        finished=row["finished"],
        applicant=seen.applicant,
        department=case.lead,
        filed_at=row["filed_at"],
        received_on=state.received_on,
        accepted_on=state.accepted_on,
        accepted_how=state.accepted_how,
        decided_on=state.decided_on,
        outcome=state.outcome,
        by_promise=state.by_promise,
        gaps=state.gaps,
        later_check=state.later_check,
        promised=Limit.of(clocks.promised) if clocks else None,
        statutory=Limit.of(clocks.statutory) if clocks else None,
        due_on=row["due_on"],
        round=state.round,
        linked=case.linked_no,
        fees=[Fee.of(order, owner=seen.owner) for order in orders],
        seq=case.seq,
        settled=row["engine_seq"] >= case.seq,
    )


@router.get(
    "/{case_no}/events", summary="The log, and whether its chain holds 经过", responses=refusals(401, 404)
)
async def events(house: HouseDep, actor: ActorDep, case_no: str) -> Events:
    async with house.db.connection() as conn:
        seen = await readable(conn, actor, case_no)
        told, verdict = await verified_history(conn, case_no)
    item = house.items.get(seen.page.case.item_code, seen.page.case.item_version)
    return Events(
        case=case_no,
        events=[
            EventView(
                seq=t.event.seq, kind=t.event.kind, title=Words.of(event_words.line(t, item).title), at=t.event.at,
                on=t.event.on, role=t.event.role, actor=t.actor_name if _inside(actor) else None,
                data=_data(actor, t.event.kind, t.event.data), hash=t.hash,
            )
            for t in told
        ],
        chain=Chain(verified=verdict.verified, broken=verdict.broken, head=verdict.head.hex()),
    )  # fmt: skip


@router.get("/{case_no}/documents", summary="Official documents 文书", responses=refusals(401, 404))
async def list_documents(house: HouseDep, actor: ActorDep, case_no: str) -> list[DocumentView]:
    async with house.db.connection() as conn:
        seen = await readable(conn, actor, case_no)
        rows = await documents(conn, case_no) if may_open_documents(actor, seen) else []
    return [
        DocumentView(
            id=d["id"],
            kind=d["kind"],
            title=Words.of(wording.DOCUMENTS.get(d["kind"], {"zh": d["kind"], "en": d["kind"]})),
            number=d["number"],
            sm3=d["file"],
            made_at=d["made_at"],
            pdf=f"{house.base_url}/documents/{d['id']}.pdf",
            verify=f"{house.base_url}/verify/{d['id']}",
        )
        for d in rows
    ]


def _inside(actor: Actor) -> bool:
    return actor.kind == "staff"


def _data(actor: Actor, kind: str, data: dict[str, Any]) -> dict[str, Any] | None:
    """Digests of requests are the door's own; opinions and cards are the authority's."""
    if not _inside(actor) and kind not in wording.CITIZEN_EVENTS:
        return None
    return {name: value for name, value in data.items() if name != "asked"}
