"""Children of the supervisor: a server or one of our own parts, started, watched and ended the same way."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from infra.servers.home import Home
from infra.servers.spawn import end, spawn

SUPERVISOR = "ONEWINDOW_SUPERVISOR"  # its process id, for children that must not outlive it


class Part(Protocol):
    """`poll` is None while it runs."""

    name: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def poll(self) -> int | None: ...


class Command:
    """`python -m infra.cli <name>`, its output in home/logs/<name>.log. All but the web give way to people."""

    def __init__(self, name: str, home: Home, environment: Mapping[str, str]) -> None:
        self.name = name
        self.home = home
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**self.environment, SUPERVISOR: str(os.getpid())}
        with self.home.log(self.name) as log:
            # Orphans are killed outright: an acknowledged act is committed, anything else is done again.
            self.process = spawn(
                command_line(self.name),
                log=log,
                cwd=Path.cwd(),
                env=environment,
                gives_way=self.name != "web",
            )

    def stop(self) -> None:
        end(self.process, signal.SIGTERM)
        self.process = None

    def kill9(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def poll(self) -> int | None:
        return self.process.poll() if self.process else 0


def command_line(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "infra.cli", *arguments]
