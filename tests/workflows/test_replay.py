"""Saved histories replay on today's code: a change that running cases can't follow fails here.

Record anew, after a change that was made compatible on purpose: python -m tests.workflows.record
"""

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer

from workflows.case import CaseWorkflow
from workflows.codec import sealed_converter
from workflows.worker import RUNNER

HISTORIES = Path(__file__).parent.parent / "histories"
KEY = b"h" * 32  # the key the histories were recorded under; they hold nothing personal
SAVED = sorted(HISTORIES.glob("*.json"))


def test_there_are_histories():
    assert len(SAVED) >= 4


@pytest.mark.parametrize("path", SAVED, ids=lambda p: p.stem)
async def test_a_saved_history_replays(path: Path):
    history = WorkflowHistory.from_json(path.stem, path.read_text())
    await replayer(CaseWorkflow).replay_workflow(history)


async def test_an_incompatible_change_is_caught():
    """The same name, another course: the replay must notice, or the tests above prove nothing."""
    history = WorkflowHistory.from_json(SAVED[0].stem, SAVED[0].read_text())
    with pytest.raises(Exception, match=r"[Nn]on-?determinis"):
        await replayer(_Changed).replay_workflow(history)


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
