"""Everything a progress page is drawn from, read at once; the words and steps are made from it without asking again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import asyncpg

from forms import Item
from services.cases.expected import expected
from services.cases.histories import Page, Told, case_page, documents, history, licence_of
from services.cases.log import Case
from services.cases.private import read_private
from services.cases.readable import Readable, may_open_documents, readable
from services.cases.rounds import read_answers
from services.errors import NotFound
from services.house import House
from services.law.clock_story import CaseClock, clocks_of, running
from services.law.commands import COMMANDS
from services.law.masking import mask_name
from services.law.policy import allowed
from services.law.roles import Actor, Role
from services.payments.queries import Order, orders_of


@dataclass(frozen=True, slots=True)
class View:
    """`full` is false for whoever came with a query code: no names, no texts, no papers, nothing to press."""

    row: asyncpg.Record
    case: Case
    item: Item
    tasks: list[asyncpg.Record]
    told: list[Told]
    clocks: list[CaseClock]
    now: datetime
    applicant: str
    full: bool
    owner: bool = False
    reader: str = ""  # whose account it is
    documents: list[asyncpg.Record] = field(default_factory=list)
    licence: asyncpg.Record | None = None
    private: dict[int, dict[str, Any]] = field(default_factory=dict)
    request: dict[str, Any] = field(default_factory=dict)  # what a caller asked for, to the caller alone
    commands: frozenset[str] = frozenset()
    orders: list[Order] = field(default_factory=list)  # what is to be paid, was paid, went back

    @property
    def upper(self) -> str:
        """The case at the upper level that this one was forwarded to."""
        told = self.last("upper_filed")
        return told.event.data["case"] if told else ""

    @property
    def clock(self) -> CaseClock | None:
        return running(self.clocks)

    @property
    def settled(self) -> bool:
        return self.row["engine_seq"] >= self.case.seq

    @property
    def is_order(self) -> bool:
        return self.case.kind == "order"

    def last(self, kind: str) -> Told | None:
        return next((t for t in reversed(self.told) if t.event.kind == kind), None)

    def duty(self) -> asyncpg.Record | None:
        """The open task that carries the case on, whoever's it is; a payment only where nothing else does."""
        beside = ("withdrawal", "rating", "card", "card_review", "precheck", "supply_late")
        waited_for = [t for t in self.tasks if t["step"] not in beside and not t["standing"]]
        return min(waited_for, key=lambda t: t["step"] == "payment", default=None)


async def view_for(conn: asyncpg.Connection, house: House, actor: Actor, case_no: str) -> View:
    """Raises NotFound."""
    seen = await readable(conn, actor, case_no)
    page, case = seen.page, seen.page.case
    item = house.items.get(case.item_code, case.item_version).upon(case.state.by_promise, case.state.skips)
    told = await history(conn, case.no)
    return View(
        page.row,
        case,
        item,
        page.tasks,
        told,
        clocks_of(item, (t.event for t in told), house.at_home(case.district).calendar),
        house.now(),
        seen.applicant,
        full=True,
        owner=seen.owner,
        reader=actor.id,
        documents=await documents(conn, case.no) if may_open_documents(actor, seen) else [],
        licence=await licence_of(conn, case.no),
        private=await read_private(conn, house, case.no) if seen.owner else {},
        request=await read_answers(conn, house, case.no, 1) if seen.owner and case.kind == "order" else {},
        commands=_commands(actor, seen),
        orders=await orders_of(conn, case),
    )


async def view_by_code(conn: asyncpg.Connection, house: House, case_no: str) -> View:
    """For a number and a code that were checked."""
    page: Page | None = await case_page(conn, case_no)
    if page is None:
        raise NotFound("没有找到这个办件", "No such case")
    case = page.case
    item = house.items.get(case.item_code, case.item_version).upon(case.state.by_promise, case.state.skips)
    told = await history(conn, case.no)
    name = page.row["applicant"] or ""
    return View(
        page.row,
        case,
        item,
        page.tasks,
        told,
        clocks_of(item, (t.event for t in told), house.at_home(case.district).calendar),
        house.now(),
        name if page.row["applicant_kind"] == "organisation" else mask_name(name),
        full=False,
    )


def _commands(actor: Actor, seen: Readable) -> frozenset[str]:
    """What the applicant may do now: their own buttons only, staff have desks of their own."""
    case = seen.page.case
    mine = [t for t in map(expected, seen.page.tasks) if t.role is Role.APPLICANT]
    return frozenset(c.code for t in mine for c in allowed(actor, t, case.parties, case.state))


def option_label(command: str, name: str, value: str):
    """The label of one of a command's choices."""
    options = next(f.options for f in COMMANDS[command].fields if f.name == name)
    return next((o.label for o in options if o.value == value), value)


def office(view: View, code: str):
    """A department's name."""
    if code == view.item.department:
        return view.item.department_name
    return option_label("dispatch", "department", code)
