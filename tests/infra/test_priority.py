"""Who gives way, as the kernel sees it."""

import os
import sys
from pathlib import Path

import pytest

from infra.servers.spawn import end, spawn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows these")


@pytest.fixture
def started(tmp_path):
    children = []

    def start(**how):
        with (tmp_path / "log").open("wb") as log:
            children.append(spawn(["sleep", "60"], log=log, cwd=tmp_path, **how))
        return children[-1].pid

    yield start
    for child in children:
        end(child)


def test_the_engine_gives_way(started):
    child = started(gives_way=True)
    assert os.getpriority(os.PRIO_PROCESS, child) == 19
    assert os.sched_getscheduler(child) == os.SCHED_BATCH
    group = Path(f"/proc/{child}/autogroup")
    if group.exists():  # or its niceness would count only among its own threads
        assert group.read_text().split()[-1] == "19"


def test_who_serves_people_does_not(started):
    child = started()
    assert os.getpriority(os.PRIO_PROCESS, child) == os.getpriority(os.PRIO_PROCESS, 0)
    assert os.sched_getscheduler(child) == os.sched_getscheduler(0)
