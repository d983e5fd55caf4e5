"""What carries a story's cases on: the rehearsed engine in this process, and what any engine offers a player.

Story time is set by the player and is the house's clock. It moves from one moment that some case has asked to be woken
at to the next, so warnings, cards and silences carry the minute in which the law has them happen.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.cases.lagging import cases_open
from services.cases.outbox import claim_bells, forget_bells, put_bells
from services.house import House
from workflows.activities import Activities
from workflows.case import ErrandIn
from workflows.desk import Errand
from workflows.rehearsal import Rehearsal

AT_ONCE = 1000


@dataclass
class Clock:
    """The legal clock of a story."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


class Engine(ABC):
    """`asked`: the documents that procedures asked for, as (case, key) -> kind; printed only with `documents`."""

    def __init__(self, house: House, clock: Clock, *, documents: bool = False) -> None:
        self.house, self.clock, self.documents = house, clock, documents
        self.asked: dict[tuple[str, str], str] = {}
        self.wakes: dict[str, datetime] = {}

    @abstractmethod
    async def settle(self) -> None:
        """Until every case waits for a person or for the clock."""

    @abstractmethod
    async def wake(self, moment: datetime, case_nos: list[str]) -> None:
        """Time has come to a moment that these cases asked for."""

    @abstractmethod
    async def lose(self) -> None:
        """Everything it knew is gone; an empty engine is rung for each open case and finds its place by the log."""

    @abstractmethod
    async def stop(self) -> None: ...

    async def until(self, moment: datetime) -> AsyncIterator[datetime]:
        """Let time pass; yields after each moment at which something had to be seen to."""
        while due := [no for no, at in self.wakes.items() if at <= moment]:
            at = max(min(self.wakes[no] for no in due), self.clock.now)
            woken = [no for no in due if self.wakes[no] <= at]
            await self.wake(at, woken)
            await self.settle()
            if stuck := [no for no in woken if self.wakes.get(no, at + timedelta(1)) <= at]:
                raise RuntimeError(f"{', '.join(stuck)}: woken at {at}, and asks to be woken at {at} again")
            yield at
        await self.wait_until(max(moment, self.clock.now))

    async def wait_until(self, moment: datetime) -> None:
        """Time in which nobody asked to be woken."""
        self.clock.now = moment

    def ask_again(self, case_no: str, seconds: float | None) -> None:
        """A case has seen to what was due, and says when the clock next has something to say."""
        if seconds is None:
            self.wakes.pop(case_no, None)
        else:
            self.wakes[case_no] = self.clock.now + timedelta(seconds=seconds)

    def holds_back(self, name: str, errand: ErrandIn) -> bool:
        """Documents are noted; a page takes longer to print than a year takes to pass."""
        if name == "make_document":
            self.asked[errand.case_no, errand.key] = errand.about
        return name == "make_document" and not self.documents


class RehearsedEngine(Engine):
    """The same procedures without a server: a story takes a fraction of a second."""

    def __init__(self, house: House, clock: Clock, *, documents: bool = False) -> None:
        super().__init__(house, clock, documents=documents)
        self.running: dict[str, Rehearsal] = {}

    async def settle(self) -> None:
        while bells := await self._claim():
            for case_no in dict.fromkeys(case_no for _, case_no in bells):
                await self.conduct(case_no)
            async with self.house.db.connection() as conn:
                await forget_bells(conn, [row for row, _ in bells])

    async def wake(self, moment: datetime, case_nos: list[str]) -> None:
        self.clock.now = moment
        for case_no in case_nos:
            await self.conduct(case_no)

    async def stop(self) -> None:
        for rehearsal in self.running.values():
            await rehearsal.stop()
        self.running.clear()

    async def lose(self) -> None:
        await self.stop()
        async with self.house.db.transaction() as tx:
            await put_bells(tx, await cases_open(tx))
        await self.settle()

    async def conduct(self, case_no: str) -> None:
        """One case, until it waits. One that is over and is rung again reads its log and ends again."""
        rehearsal = self.running.get(case_no)
        if rehearsal is None or rehearsal.over:
            rehearsal = self.running[case_no] = self.begin(case_no)
        await rehearsal.settle()
        self.ask_again(case_no, None if rehearsal.over else rehearsal.wake_in)

    def begin(self, case_no: str) -> Rehearsal:
        return Rehearsal(self.house, case_no, self.errand)

    async def errand(self, case_no: str, errand: Errand) -> None:
        """Any errand of the real engine, by its name."""
        errand_in = ErrandIn(case_no, errand.key, errand.about)
        if not self.holds_back(errand.name, errand_in):
            await getattr(Activities(self.house, None), errand.name)(errand_in)

    async def _claim(self) -> list[tuple[int, str]]:
        async with self.house.db.connection() as conn:
            return await claim_bells(conn, AT_ONCE)
