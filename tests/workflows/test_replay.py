"""Saved histories replay on today's code: a change that running cases can't follow fails here.

Those of earlier editions stay as they were recorded. A new turn goes behind a new edition (`services.cases.plan`), and
its histories are recorded beside them: python -m tests.workflows.record
"""

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer

from services.cases.plan import EDITION
from workflows.case import CaseWorkflow
from workflows.codec import sealed_converter
from workflows.procedures.standard import StandardProcedure
from workflows.worker import RUNNER

HISTORIES = Path(__file__).parent.parent / "histories"
KEY = b"h" * 32  # the key the histories were recorded under; they hold nothing personal
SAVED = sorted(HISTORIES.glob("edition-*/*.json"))


def test_every_edition_of_the_procedures_has_its_histories():
    assert {path.parent.name for path in SAVED} == {f"edition-{n}" for n in range(1, EDITION + 1)}


@pytest.mark.parametrize("path", SAVED, ids=lambda p: f"{p.parent.name}/{p.stem}")
async def test_a_saved_history_replays(path: Path):
    history = WorkflowHistory.from_json(path.stem, path.read_text())
    await replayer(CaseWorkflow).replay_workflow(history)


async def test_an_incompatible_change_is_caught():
    """The same name, another course: the replay must notice, or the tests above prove nothing."""
    history = WorkflowHistory.from_json(SAVED[0].stem, SAVED[0].read_text())
    with pytest.raises(Exception, match=r"[Nn]on-?determinis"):
        await replayer(_Changed).replay_workflow(history)


async def test_a_turn_that_is_not_behind_an_edition_is_caught(monkeypatch):
    """What an honest mistake looks like: the procedure records one thing more, for every case that runs."""
    deliver = StandardProcedure.deliver

    async def with_a_word_before(self: StandardProcedure, decision: str) -> None:
        await self.desk.say("thought_better_of", "thought_better_of")
        await deliver(self, decision)

    monkeypatch.setattr(StandardProcedure, "deliver", with_a_word_before)
    history = WorkflowHistory.from_json("granted", (HISTORIES / "edition-1" / "granted.json").read_text())
    with pytest.raises(Exception, match=r"[Nn]on-?determinis"):
        await replayer(CaseWorkflow).replay_workflow(history)


def replayer(workflow: type) -> Replayer:
    converter: DataConverter = sealed_converter(KEY)
    return Replayer(workflows=[workflow], data_converter=converter, workflow_runner=RUNNER)


@workflow.defn(name="Case")
class _Changed:
    @workflow.run
    async def run(self, start: dict) -> None:
        await workflow.sleep(5)

    @workflow.signal
    def ring(self) -> None:
        pass
