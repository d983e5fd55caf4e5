"""`onewindow up` opens the counter, keeps it open, closes it in order and comes back with everything."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from infra.embedded import database_url
from infra.servers import Home
from infra.servers.home import free_port
from tests.infra.test_process import eventually, gone

ROOT = Path(__file__).parents[2]
PATIENCE = 120


class Counter:
    """One `up` in one home; standard output goes to a file, as a terminal would."""

    def __init__(self, home: Home) -> None:
        self.home, self.port = home, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.endswith("DATABASE_URL")} | {
            "ONEWINDOW_HOME": str(self.home.path),
            "ONEWINDOW_PORT": str(self.port),
            "ONEWINDOW_DEMO": "false",
        }
        (self.home.path / "logs" / "up.log").unlink(missing_ok=True)
        with self.home.log("up") as log:
            command = [sys.executable, "-m", "infra.cli", "up"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        assert eventually(lambda: self.says("OneWindow is open") or self.process.poll() is not None, PATIENCE)
        assert self.process.poll() is None, self.home.log_tail("up", 30)

    def says(self, words: str) -> bool:
        return words in self.home.log_tail("up", 100)

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def children(self) -> dict[str, int]:
        """By name: postgres, temporal, worker, relay, web."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # ended, or a zombie not yet buried
                command = child.cmdline()
                found[command[-1] if "infra.cli" in command else child.name()] = child.pid
        return found

    def close(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)
        self.process.wait(30)


@pytest.fixture
def counter(home: Home) -> Iterator[Counter]:
    made = Counter(home)
    made.open()
    yield made
    if made.process.poll() is None:
        made.close()


async def test_it_opens_heals_closes_and_comes_back_with_its_data(counter: Counter, home: Home) -> None:
    parts = counter.children()
    assert set(parts) == {"postgres", "temporal", "worker", "relay", "web"}
    os.kill(parts["web"], signal.SIGKILL)
    os.kill(parts["postgres"], signal.SIGKILL)
    assert eventually(lambda: set(counter.children()) == set(parts) and counter.healthy(), PATIENCE)

    await leave_a_note(home)
    counter.close()
    assert counter.process.returncode == 0
    assert all(gone(pid) for pid in parts.values())

    counter.open()
    assert await read_the_note(home) == "kept"
    left = counter.children()
    counter.close(signal.SIGKILL)
    if sys.platform == "linux":
        assert eventually(lambda: all(gone(pid) for pid in left.values()), 30)

    counter.open()
    assert await read_the_note(home) == "kept"


async def leave_a_note(home: Home) -> None:
    connection = await asyncpg.connect(database_url(home, "owner"))
    await connection.execute("CREATE TABLE note AS SELECT 'kept' AS word")
    await connection.close()


async def read_the_note(home: Home) -> str:
    connection = await asyncpg.connect(database_url(home, "owner"))
    word = await connection.fetchval("SELECT word FROM note")
    await connection.close()
    return word
