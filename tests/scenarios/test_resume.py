"""Resume anywhere: an engine that is lost after an event is replaced by an empty one, and the log stays the same.

The engine is cut off right after a transaction of its own, after an errand, and before it has read what a person did.
"""

from collections.abc import Callable

import pytest

from infra.rehearse import Stage, rehearse
from services.house import House
from services.law.wants import SyncOut
from tests.scenarios.conftest import STORIES, played
from tests.scenarios.logs import logs
from workflows.desk import Errand
from workflows.rehearsal import Rehearsal
from workflows.scenarios import Clock, RehearsedEngine
from workflows.scenarios.skipping import SkippingEngine

# In every run a story of each kind of course; all of them in the soak.
A_SHARE = sorted(STORIES)[::5]
A_FEW = ("food-licence/corrected-twice", "food-licence/promised-with-site-check")


class PowerCut(Exception):
    """The engine's process is gone; what it had committed is not."""


class Mortal(RehearsedEngine):
    """Dies at every chance for which `when` holds, counted from 1, and is replaced by an engine that knows nothing."""

    def __init__(self, house: House, clock: Clock, when: Callable[[int], bool]) -> None:
        super().__init__(house, clock)
        self.when, self.chances = when, 0

    def chance(self) -> None:
        self.chances += 1
        if self.when(self.chances):
            raise PowerCut

    async def conduct(self, case_no: str) -> None:
        while True:
            try:
                if case_no in self.running:
                    self.chance()
                return await super().conduct(case_no)
            except PowerCut:
                await self.running.pop(case_no).stop()

    async def errand(self, case_no: str, errand: Errand) -> None:
        await super().errand(case_no, errand)
        if errand.name != "make_document":  # it leaves no event here, and so would be asked for for ever
            self.chance()

    def begin(self, case_no: str) -> Rehearsal:
        return _Fragile(self, case_no)


class _Fragile(Rehearsal):
    def __init__(self, engine: Mortal, case_no: str) -> None:
        super().__init__(engine.house, case_no, engine.errand)
        self._engine = engine

    async def _ask(self) -> SyncOut:
        out = await super()._ask()
        if out.applied and out.entries:
            self._engine.chance()
        return out


async def mortal(stage: Stage, name: str, when: Callable[[int], bool]) -> tuple[dict, int]:
    engines: list[Mortal] = []

    async def begin(house: House, clock: Clock) -> Mortal:
        engines.append(Mortal(house, clock, when))
        return engines[0]

    report = await rehearse(stage, STORIES[name][0], begin)
    assert report.failure is None, report.failure
    return logs(report), engines[0].chances


async def resumed_everywhere(stage: Stage, name: str) -> None:
    resumed, deaths = await mortal(stage, name, lambda n: True)
    assert deaths
    assert resumed == logs(await played(stage, name))


@pytest.mark.parametrize("name", A_SHARE)
async def test_an_engine_that_is_lost_after_every_event_changes_nothing(stage: Stage, name: str):
    await resumed_everywhere(stage, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(STORIES.keys() - set(A_SHARE)))
async def test_an_engine_that_is_lost_after_every_event_changes_nothing_in_any_story(stage: Stage, name: str):
    await resumed_everywhere(stage, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", STORIES)
async def test_an_engine_that_is_lost_once_anywhere_changes_nothing(stage: Stage, name: str):
    log, chances = await mortal(stage, name, lambda n: False)
    for n in range(1, chances + 1):
        resumed, _ = await mortal(stage, name, lambda i, n=n: i == n)
        assert resumed == log, f"lost at chance {n} of {chances}"


class Replaced(SkippingEngine):
    """Moves to a new, empty Temporal server before every act and every wait."""

    servers = 1

    async def settle(self) -> None:
        await super().settle()
        if self.rung:
            self.servers += 1
            await self.lose()


@pytest.mark.parametrize("name", A_FEW)
async def test_the_real_engine_goes_on_from_an_empty_server_after_every_step(stage: Stage, name: str):
    engines: list[Replaced] = []

    async def begin(house: House, clock: Clock) -> SkippingEngine:
        engines.append(Replaced(house, clock))
        return await engines[0].start()

    report = await rehearse(stage, STORIES[name][0], begin)
    assert report.failure is None, report.failure
    assert engines[0].servers > len(STORIES[name][0].story) - 2
    assert logs(report) == logs(await played(stage, name))
