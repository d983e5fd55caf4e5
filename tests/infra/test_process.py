"""The supervisor keeps its parts running, alone in its home, and leaves nobody behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from infra import process
from infra.process import PartFailed, Supervisor
from infra.servers import Home
from infra.servers.spawn import end, spawn
from infra.settings import Problem

ROOT = Path(__file__).parents[2]
SUPERVISOR = """
    import sys
    from pathlib import Path
    from infra.process import Supervisor
    from infra.servers import Home
    from tests.infra.test_process import Sleeper

    home = Home(Path(sys.argv[1])).prepare()
    supervisor = Supervisor(say=print)
    with supervisor.on_signals():
        for name in ("first", "second"):
            supervisor.start(Sleeper(name, home))
        print("running", flush=True)
        supervisor.run()
        supervisor.stop()
    print("stopped", flush=True)
"""


class Sleeper:
    """A part that does nothing, for a given time."""

    def __init__(self, name: str, home: Home, seconds: str = "60") -> None:
        self.name, self.home, self.seconds = name, home, seconds
        self.starts = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.starts += 1
        with self.home.log(self.name) as log:
            self.process = spawn(["sleep", self.seconds], log=log, cwd=self.home.path)
        (self.home.path / f"{self.name}.pid").write_text(str(self.process.pid))

    def stop(self) -> None:
        end(self.process)

    def poll(self) -> int | None:
        return self.process.poll() if self.process else 0


@pytest.fixture
def running(home: Home) -> Iterator[subprocess.Popen[str]]:
    """A supervisor in a process of its own, with two parts."""
    command = [sys.executable, "-c", textwrap.dedent(SUPERVISOR), str(home.path)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "running\n"
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def pids(home: Home) -> list[int]:
    return [int((home.path / f"{name}.pid").read_text()) for name in ("first", "second")]


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_ends_its_parts_first(
    running: subprocess.Popen[str], home: Home, number: int
) -> None:
    running.send_signal(number)
    assert running.wait(10) == 0
    assert running.stdout is not None
    assert running.stdout.read() == "stopped\n"
    assert all(gone(pid) for pid in pids(home))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_killed_outright_it_leaves_no_orphans(running: subprocess.Popen[str], home: Home) -> None:
    running.kill()
    assert eventually(lambda: all(gone(pid) for pid in pids(home)))


def test_a_part_that_is_killed_is_started_again(running: subprocess.Popen[str], home: Home) -> None:
    before = pids(home)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: pids(home)[0] != before[0])
    assert pids(home)[1] == before[1], "its neighbour is left in peace"


def test_a_part_that_keeps_crashing_is_named(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TICK", 0.01)
    monkeypatch.setattr(process, "FIRST_WAIT", 0.01)
    supervisor = Supervisor(say=lambda _: None)
    weak = Sleeper("weak", home, seconds="0")
    supervisor.start(weak)
    supervisor.watched[0].wait = 0.01
    with pytest.raises(PartFailed, match="weak keeps crashing"):
        supervisor.wait_for("weak", lambda: False, seconds=10)
    assert weak.starts == 3
    supervisor.stop()


def test_a_second_one_in_the_same_home_is_refused(home: Home) -> None:
    home.lock()
    with pytest.raises(Problem, match=f"already runs in .* \\(process {os.getpid()}\\)"):
        Home(home.path).lock()
    home.unlock()
    second = Home(home.path)
    second.lock()
    second.unlock()
