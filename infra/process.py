"""The supervisor behind `onewindow up`: keeps its parts running, and ends them in order."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infra.part import Part
from infra.settings import Problem

TICK = 0.2
FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
STEADY_AFTER = 30.0  # seconds alive; then a crash is news again


class Stopped(Exception):
    """Somebody asked us to end."""


class PartFailed(Problem):
    """`part` names the log to read."""

    def __init__(self, part: str, what: str) -> None:
        super().__init__(f"{part} {what}")
        self.part = part


@dataclass
class Watched:
    part: Part
    started: float = 0.0
    wait: float = FIRST_WAIT
    retry_at: float = 0.0
    crashes: int = 0


@dataclass
class Supervisor:
    """One thread: the kernel ends a child when the thread that started it dies."""

    say: Callable[[str], None]
    watched: list[Watched] = field(default_factory=list)
    stopping: bool = False

    def start(self, part: Part) -> None:
        """Started here for the first time, so a failure is the caller's to report."""
        self.check()
        watched = Watched(part)
        self.watched.append(watched)
        part.start()
        watched.started = time.monotonic()

    def check(self) -> None:
        if self.stopping:
            raise Stopped

    def tend(self) -> None:
        """Look after every part once; start again what crashed and has waited long enough."""
        now = time.monotonic()
        for watched in self.watched:
            if watched.part.poll() is None:
                continue
            if not watched.retry_at:
                self._crashed(watched, now)
            elif now >= watched.retry_at:
                self._again(watched)

    def wait_for(self, part: str, ready: Callable[[], bool], seconds: float) -> None:
        """Tend until `ready()`; a part that keeps crashing meanwhile will not get better by waiting."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            self.tend()
            hopeless = next((w.part.name for w in self.watched if w.crashes >= 3), None)
            if hopeless:
                raise PartFailed(hopeless, "keeps crashing")
            if time.monotonic() > deadline:
                raise PartFailed(part, f"is not ready after {seconds:.0f} seconds")
            time.sleep(TICK)

    def run(self) -> None:
        while not self.stopping:
            self.tend()
            time.sleep(TICK)

    def stop(self) -> None:
        """The last started ends first: nobody loses what it leans on."""
        while self.watched:
            self.watched.pop().part.stop()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Ctrl-C, a service manager's stop, a closed terminal: all the same orderly end."""

        def ask(_number: int, _frame: object) -> None:
            self.stopping = True

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [signal.signal(number, ask) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _crashed(self, watched: Watched, now: float) -> None:
        if now - watched.started > STEADY_AFTER:
            watched.wait, watched.crashes = FIRST_WAIT, 0
        watched.crashes += 1
        watched.retry_at = now + watched.wait
        code = watched.part.poll()
        self.say(f"{watched.part.name} ended ({code}); starting it again in {watched.wait:.1f} s")
        watched.wait = min(watched.wait * 2, LONGEST_WAIT)

    def _again(self, watched: Watched) -> None:
        try:
            watched.part.start()
        except Problem as problem:
            self.say(str(problem))
        watched.started, watched.retry_at = time.monotonic(), 0.0
