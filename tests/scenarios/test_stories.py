"""Every scenario comes out as it says, on the engine in this process and on the real one."""

import pytest

from infra.rehearse import Stage, engine, rehearse
from tests.scenarios.conftest import STORIES, played
from tests.scenarios.logs import logs

# On the time-skipping server in every run; all of them in the soak.
A_FEW = (
    "food-licence/accepted-by-silence",
    "food-licence/corrected-twice",
    "food-licence/promised-with-site-check",
    "food-licence/promise-kept",
    "hotline-order/complaint-about-a-case",
    "living-allowance/reviewed-by-street-decided-by-county",
    "traps/04-nobody-corrects",
    "traps/08-next-years-days-off-are-announced-late",
    "traps/24-the-engine-is-not-the-record",
)


@pytest.mark.parametrize("name", STORIES)
async def test_a_story_comes_out_as_it_says(stage: Stage, name: str):
    source, failure = STORIES[name][1], (await played(stage, name)).failure
    assert failure is None, f"{source.at('story', failure.index)}: {failure}"


async def on_the_real_engine(stage: Stage, name: str) -> None:
    report = await rehearse(stage, STORIES[name][0], engine("temporal"))
    assert report.failure is None
    assert logs(report) == logs(await played(stage, name))


@pytest.mark.parametrize("name", A_FEW)
async def test_the_real_engine_writes_the_same_log(stage: Stage, name: str):
    await on_the_real_engine(stage, name)


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(STORIES.keys() - set(A_FEW)))
async def test_the_real_engine_writes_the_same_log_of_every_story(stage: Stage, name: str):
    await on_the_real_engine(stage, name)
