"""A month lived through: what many people did, in the order in which it happened, under one clock that only goes forward.

Everything goes through the doors that pages use, so the store cannot tell this month from a real one. Between acts the
clock has its say: a case is woken at the very moment it asked for, so warnings, cards and silences carry their own dates.
"""

import heapq
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import asyncpg

from forms import to_raw
from infra.seed.office import Office
from infra.seed.people import Cast
from infra.seed.sheets import Sheets
from services.archive.make import make_archive
from services.cases.attending import IdPaper
from services.cases.door import act
from services.cases.filing import submit
from services.cases.forwarding import file_upper
from services.cases.log import load
from services.cases.resubmitting import resubmit
from services.cases.rounds import Paper
from services.cases.worklists import open_tasks
from services.documents.make import make_document
from services.hotline.linked import tell_linked
from services.house import House
from services.law.commands import COMMANDS
from services.law.roles import Actor
from services.licences.issue import issue_licence
from services.payments.orders import order_payment
from services.payments.queries import orders_of
from services.payments.receiving import hear
from services.payments.refunds import order_refund
from services.payments.standin import StandIn
from workflows.desk import Errand
from workflows.rehearsal import Rehearsal

Story = AsyncIterator[datetime]  # goes on until its next moment, and says when that is

_A_LITTLE_LATER = timedelta(seconds=1)  # an engine is never early


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


@dataclass
class Month:
    house: House
    clock: Clock
    end: datetime
    cast: Cast
    sheets: Sheets
    office: Office
    rng: Random
    filed: dict[str, list[str]] = field(default_factory=dict)  # case numbers by item
    looked_into: set[str] = field(default_factory=set)  # licences about which a department has opened a case
    _agenda: list[tuple[datetime, int, Story | str]] = field(default_factory=list)
    _order: count = field(default_factory=count)
    _running: dict[str, Rehearsal] = field(default_factory=dict)
    _wakes: dict[str, datetime] = field(default_factory=dict)
    _tokens: count = field(default_factory=lambda: count(1))

    # the agenda

    def plan(self, at: datetime, what: Story | str) -> None:
        """A story's next moment, or a case number to wake."""
        if at <= self.end:
            heapq.heappush(self._agenda, (at, next(self._order), what))

    async def live(self) -> AsyncIterator[datetime]:
        """Live to the end of the month; yields the time now and then."""
        while self._agenda:
            at, _, what = heapq.heappop(self._agenda)
            self.clock.now = max(at, self.clock.now)
            if isinstance(what, str):
                if self._wakes.get(what) != at:
                    continue  # it has been awake since, and asked for another moment
                await self.settle(what)
            elif (moment := await anext(what, None)) is not None:
                self.plan(moment, what)
            yield self.clock.now
        self.clock.now = self.end

    def after(self, hours: float) -> datetime:
        """A moment so many working hours from now."""
        return self.office.after(self.clock.now, hours)

    # the doors

    async def file(
        self,
        actor: Actor,
        item_code: str,
        raw: Mapping[str, list[str]],
        papers: Sequence[Paper],
        applicant: str | None,
        *,
        channel: str = "web",
    ) -> str:
        item = self.house.items.get(item_code)
        async with self.house.db.transaction() as tx:
            receipt = await submit(
                tx, self.house, actor, item, raw=raw, papers=papers, applicant_id=applicant, channel=channel,
                token=self.token(),
            )  # fmt: skip
        self.filed.setdefault(item_code, []).append(receipt.case_no)
        await self.settle(receipt.case_no)
        return receipt.case_no

    async def act(
        self,
        no: str,
        task: str,
        command: str,
        actor: Actor,
        *,
        defects: Sequence[Mapping[str, str]] = (),
        **values: Any,
    ) -> None:
        raw = to_raw(COMMANDS[command].fields, values)
        async with self.house.db.connection() as conn:
            id_ = await self._task(conn, no, task)
            await act(
                conn,
                self.house,
                actor,
                task_id=id_,
                command=command,
                raw=raw,
                token=self.token(),
                defects=defects,
            )
        await self.settle(no)

    async def correct(
        self,
        no: str,
        actor: Actor,
        raw: Mapping[str, list[str]],
        papers: Sequence[Paper],
        visitor: IdPaper | None = None,
    ) -> None:
        """`visitor`: the paper of whoever brings the corrected set to the window."""
        async with self.house.db.transaction() as tx:
            task = await self._task(tx, no, "correction")
            await resubmit(
                tx, self.house, actor, task_id=task, case_no=no, raw=raw, papers=papers, token=self.token(),
                visitor=visitor,
            )  # fmt: skip
        await self.settle(no)

    async def pay(self, no: str) -> None:
        """The applicant pays what the case has to pay, and the platform tells us."""
        platform = self.house.platform
        assert isinstance(platform, StandIn)
        async with self.house.db.connection() as conn:
            case = await load(conn, no)
            assert case
            order = next(o for o in await orders_of(conn, case) if o.payable)
        said = await platform.pay(order.address.rpartition("/")[2])
        await hear(self.house, said.body, said.signature)
        await self.settle(no)

    async def settle(self, no: str) -> None:
        """Let the case's engine take in what happened, and note when the clock next has something to say."""
        if no not in self._running:
            self._running[no] = Rehearsal(self.house, no, self._errand)
        rehearsal = self._running[no]
        await rehearsal.settle()
        if rehearsal.wake_in is not None:
            wake = self.clock.now + timedelta(seconds=rehearsal.wake_in) + _A_LITTLE_LATER
            self._wakes[no] = wake
            self.plan(wake, no)

    async def leave(self) -> None:
        for rehearsal in self._running.values():
            await rehearsal.stop()

    @property
    def cases(self) -> int:
        return len(self._running)

    def token(self) -> str:
        return f"seed-{next(self._tokens):06d}"

    async def _task(self, conn: asyncpg.Connection, no: str, task: str) -> int:
        """An open task by its step, or by its key where a case may have several of a step."""
        tasks = await open_tasks(conn, no)
        return next(t["id"] for t in tasks if task in (t["step"], t["key"]))

    async def _errand(self, no: str, errand: Errand) -> None:
        if errand.name == "make_document":
            await make_document(self.house, no, errand.key, errand.about)
            return
        if errand.name == "make_archive":
            await make_archive(self.house, no, errand.key)
            return
        if errand.name == "order_payment":
            await order_payment(self.house, no, errand.key, errand.about)
            return
        if errand.name == "refund_fee":
            await order_refund(self.house, no, errand.key, errand.about)
            return
        async with self.house.db.transaction() as tx:
            if errand.name == "issue_licence":
                await issue_licence(tx, self.house, no, errand.key)
            elif errand.name == "file_upper":
                await file_upper(tx, self.house, no, errand.key)
            elif errand.name == "tell_linked":
                await tell_linked(tx, self.house, no, errand.key, errand.about)
