"""Plays a story: lets time pass to each step, acts through the real door, and looks whether what was expected came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forms import Item
from services.cases.glance import glance
from services.cases.histories import Told, history
from services.cases.worklists import open_tasks
from services.errors import Invalid, Refusal
from services.house import House
from services.law.commands import COMMANDS
from services.law.counting import SHANGHAI, legal_date
from services.licences.sweep import next_sweep, sweep_licences
from workflows.scenarios.acts import Hands
from workflows.scenarios.cast import Cast
from workflows.scenarios.engines import Engine
from workflows.scenarios.expectations import Seen, Unmet, dates_of, look_at_licence, unmet
from workflows.scenarios.format import Scenario, Step, Unplayable


class Mismatch(Exception):
    """The story went otherwise. `index`: of the step; `unmet`: what was expected and what was found."""

    def __init__(self, index: int, unmet: Sequence[Unmet]) -> None:
        super().__init__("; ".join(f"{u.what}: expected {u.wanted}, found {u.found}" for u in unmet))
        self.index, self.unmet = index, tuple(unmet)


@dataclass(frozen=True)
class Row:
    """One line of the timeline: an event with the dates as they stood once it was taken in, a paper, or a remark."""

    at: datetime
    case: str
    who: str
    told: Told | None = None
    note: str = ""
    document: str = ""
    stage: str = ""
    promised: str = ""
    statutory: str = ""
    cards: tuple[str, ...] = ()


@dataclass
class Report:
    scenario: Scenario
    rows: list[Row] = field(default_factory=list)
    cases: dict[str, str] = field(default_factory=dict)  # what the story calls them -> case number
    items: dict[str, Item] = field(default_factory=dict)
    failure: Mismatch | None = None


class Player:
    """Plays one scenario in one house. `folders`: where the items' `filing.yaml` are."""

    def __init__(
        self, house: House, engine: Engine, cast: Cast, scenario: Scenario, folders: Sequence[Path]
    ) -> None:
        self.house, self.engine, self.cast, self.scenario = house, engine, cast, scenario
        self.hands = Hands(house, cast, scenario, folders)
        self.report = Report(scenario, cases=self.hands.cases, items=self.hands.items)
        self.seen: dict[str, int] = {}
        self.noted: set[tuple[str, str]] = set()
        self.swept = legal_date(scenario.story[0].on)

    async def play(self) -> Report:
        """A step that comes out otherwise ends the story; the report says which, and how."""
        try:
            await self.hands.assemble()
            for index, step in enumerate(self.scenario.story):
                try:
                    await self.step(index, step)
                except Unplayable as why:
                    raise Mismatch(index, [Unmet("this step", "can be played", str(why))]) from None
        except Mismatch as failure:
            self.report.failure = failure
        finally:
            await self.engine.stop()
        return self.report

    async def step(self, index: int, step: Step) -> None:
        await self.pass_time(step.on)
        if step.note:
            self.report.rows.append(Row(step.on, "", "", note=step.note))
        if step.acts:
            if problems := await self.act(step):
                raise Mismatch(index, problems)
            await (self.engine.lose() if step.engine else self.engine.settle())
            await self.take_down()
        if step.expect:
            seen = await self.look(self.hands.seen_by(step))
            if problems := await unmet(step.expect, seen, self.house, self.cast, self.report.cases):
                raise Mismatch(index, problems)

    async def pass_time(self, moment: datetime) -> None:
        """Licences are looked after once a day; only days on which there is something to do are played."""
        while True:
            sweep = await next_sweep(self.house, self.swept)
            until = min(sweep, moment) if sweep else moment
            async for _ in self.engine.until(until):
                await self.take_down()
            if sweep is None or sweep > moment:
                return
            if await next_sweep(self.house, self.swept) == sweep:  # else something happened on the way there
                await sweep_licences(self.house)
                self.swept = legal_date(sweep)
                await self.engine.settle()
                await self.take_down()

    async def act(self, step: Step) -> list[Unmet]:
        """Do what the step says; what was to be refused must be, and must leave no trace."""
        verb, before = step.verb, await self.length(step)
        try:
            await self.hands.act(step)
        except Refusal as refusal:
            codes, words = _said(refusal)
            found = f"refused ({', '.join(codes)}): {words}"
            if step.refused not in codes:
                return [Unmet(verb, f"refused: {step.refused}" if step.refused else "done", found)]
            if await self.length(step) != before:
                return [Unmet(f"{verb}, refused", "nothing written", "an event")]
            note = f"{_called(step)}，不予办理（{', '.join(codes)}）：{words}"
            self.report.rows.append(Row(step.on, step.case or "", step.by or "", note=note))
            return []
        return [Unmet(verb, f"refused: {step.refused}", "done")] if step.refused else []

    # seeing

    async def look(self, no: str) -> Seen:
        async with self.house.db.connection() as conn:
            seen = await glance(conn, no)
            assert seen is not None
            events = [told.event for told in await history(conn, no)]
            asked = {kind for (case_no, _), kind in self.engine.asked.items() if case_no == no}
            licence, told = await look_at_licence(conn, no)
            return Seen(seen, events, await open_tasks(conn, no), asked, licence, told)

    async def take_down(self) -> None:
        """What came into the logs since the last look, as rows of the timeline."""
        fresh: list[Row] = []
        for name, no in self.report.cases.items():
            async with self.house.db.connection() as conn:
                told, seen = await history(conn, no), await glance(conn, no)
            assert seen is not None
            dates = dates_of(seen.case, self.house).told()
            fresh += [
                Row(t.event.at.astimezone(SHANGHAI), name, t.actor_name, t, "", "", seen.case.state.stage.value,
                    *dates, seen.open_cards)
                for t in told if t.event.seq > self.seen.get(no, 0)
            ]  # fmt: skip
            self.seen[no] = len(told)
            fresh += self._papers(name, no)
        self.report.rows += sorted(fresh, key=lambda r: r.at)

    def _papers(self, name: str, no: str) -> list[Row]:
        """Documents that were asked for since, where they are not printed and so leave no event."""
        fresh = [k for k in self.engine.asked if k[0] == no and k not in self.noted]
        self.noted.update(fresh)
        if self.engine.documents:
            return []
        now = self.engine.clock.now.astimezone(SHANGHAI)
        return [Row(now, name, "", document=self.engine.asked[k]) for k in fresh]

    async def length(self, step: Step) -> int:
        if step.file or step.find or not self.hands.cases:
            return 0
        async with self.house.db.connection() as conn:
            seen = await glance(conn, self.hands.case_no(step))
        return seen.case.seq if seen else 0


def _called(step: Step) -> str:
    """What was tried, as a reader of the timeline knows it."""
    if step.do:
        return COMMANDS[step.do].name.zh if step.do in COMMANDS else step.do
    return f"提交 {step.file}"


def _said(refusal: Refusal) -> tuple[list[str], str]:
    """The code and the fields that are wrong, any of which a story may name; and the sentence people see."""
    if not isinstance(refusal, Invalid):
        return [refusal.code], refusal.zh
    return [refusal.code, *refusal.problems], "；".join(p["zh"] for p in refusal.problems.values())
