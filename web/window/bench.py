"""What the workbench shows of one case, gathered in one place."""

from dataclasses import dataclass, field
from typing import Any

import asyncpg

from forms import Item
from services.cases.desk_page import Alike, DeskPage, Given, desk_page
from services.cases.expected import expected
from services.cases.histories import (
    Made,
    Told,
    documents_told,
    has_licences,
    has_orders,
    orders_about,
)
from services.cases.log import Case
from services.cases.private import read_private
from services.cases.readable import Readable, read_by
from services.cases.reveal import revealed
from services.cases.rounds import open_answers
from services.house import House
from services.law.chain import Verdict
from services.law.commands import Command
from services.law.policy import Why, allowed, may_take
from services.law.roles import Actor
from services.licences.copies import Shown, shown_for
from services.licences.queries import licences_of_case
from services.licences.reuse import Reused, reused
from services.payments.queries import Order, orders_of
from services.people.subjects import PlainSubject, masked, opened
from web.window.staff import DESK_ROLES


@dataclass(frozen=True, slots=True)
class Turn:
    """An open task that somebody of this desk takes: what this actor may do with it, or why not."""

    row: asyncpg.Record
    commands: list[Command]
    why: str | None

    @property
    def id(self) -> int:
        return self.row["id"]

    @property
    def step(self) -> str:
        return self.row["step"]

    @property
    def standing(self) -> bool:
        """May be taken at any time and waits for nobody: nothing to claim."""
        return self.row["standing"]


@dataclass(frozen=True, slots=True)
class Bench:
    case: Case
    row: asyncpg.Record
    item: Item
    reader: Readable
    turns: list[Turn]
    told: list[Told]
    verdict: Verdict
    answers: dict[str, Any]
    papers: list[Given]
    documents: list[Made]
    orders: list[asyncpg.Record]
    licences: list[asyncpg.Record]
    alike: list[Alike]
    subject: PlainSubject | None
    orders_to_pay: list[Order]
    shown: bool  # the applicant's numbers are in the clear
    rating: dict[str, Any] | None = None  # a bad one, for whoever is to answer it
    reused: dict[str, Reused] = field(default_factory=dict)  # by material: e-licences that stand for papers
    copies: dict[str, Shown] = field(
        default_factory=dict
    )  # by material: of which licences a copy can be shown


async def gather(conn: asyncpg.Connection, house: House, actor: Actor, case_no: str) -> Bench:
    """Raises NotFound if the case is not there or not this actor's to read."""
    page = await desk_page(conn, case_no)
    reader = await read_by(conn, actor, page)
    assert page is not None  # else it could not be read
    case, told = page.case, page.log.told()
    of_application = case.kind != "order"
    turns = turns_of(reader, actor)
    shown = of_application and reader.personal and revealed(told, actor, house)
    item = house.items.get(case.item_code, case.item_version)
    answers = open_answers(house, case_no, case.state.round, page.row["answers_sealed"])
    references, copies = {}, {}
    if of_application and reader.personal:
        if any(p.consent_id for p in page.papers):
            references = await reused(conn, house, item, case_no, case.state.round)
        copies = await shown_for(conn, house, item, page.row, answers, references)
    return Bench(
        case=case,
        row=page.row,
        item=item,
        reader=reader,
        turns=turns,
        told=told,
        verdict=page.log.verdict(),
        answers=answers,
        papers=page.papers,
        documents=documents_told(told),
        orders=await orders_about(conn, case_no) if has_orders(told) else [],
        licences=await licences_of_case(conn, case_no) if has_licences(case, told) else [],
        alike=page.alike if of_application else [],
        subject=_subject(house, page, shown) if of_application else None,
        orders_to_pay=await orders_of(conn, case),
        shown=shown,
        rating=await _rating(conn, house, told, turns),
        reused=references,
        copies=copies,
    )


async def _rating(
    conn: asyncpg.Connection, house: House, told: list[Told], turns: list[Turn]
) -> dict[str, Any] | None:
    """Whoever was rated does not read it before it is dealt with; whoever deals with it must."""
    if not any(turn.commands for turn in turns if turn.step.startswith("amends")):
        return None
    rated = next(t.event for t in reversed(told) if t.event.kind == "rated")
    return {**rated.data, **(await read_private(conn, house, rated.case_no)).get(rated.seq, {})}


def turns_of(reader: Readable, actor: Actor) -> list[Turn]:
    """The tasks of this actor's roles; those of others are in the history as what the case waits for."""
    found = []
    for row in reader.page.tasks:
        task, case = expected(row), reader.page.case
        why = may_take(actor, task, case.parties)
        if task.role not in DESK_ROLES or why == Why.NOT_YOURS:
            continue
        if why is None and task.claimed_by not in (None, actor.id):
            why = Why.CLAIMED
        found.append(Turn(row, allowed(actor, task, case.parties, case.state), why))
    return found


def _subject(house: House, page: DeskPage, shown: bool) -> PlainSubject | None:
    id_, row = page.case.applicant_id, page.row
    if id_ is None:
        return None
    plain = opened(
        house.vault, id_, row["applicant_kind"], row["applicant"], row["applicant_id_type"], sealed=row
    )
    return plain if shown else masked(plain)
