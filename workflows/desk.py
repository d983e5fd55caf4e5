"""`expect`, `say` and `errand`: how a procedure speaks, and what it waits for.

A desk keeps the part of the log it has read. What the log already answers is answered at once; so a procedure that is
started again from nothing walks through its own past and stops where the case stands. The desk does no input or output:
an engine (Temporal in `case.py`, a rehearsal in `rehearsal.py`) takes its wants to the store and brings back the news.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass

from services.law.wants import Drop, Entry, Open, Say, SyncIn, SyncOut

# Acts that end a case from outside its own course. Every open expectation falls away.
ENDINGS = frozenset({"withdrawn", "terminated", "voided", "deemed_renewed"})


class Closed(Exception):
    """The case was ended while the procedure was waiting."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Errand:
    """Work outside the sync: a document to render, a licence to issue. Done once an event with its key is there.

    `last`: only when nothing else is still to be done, as an archive that holds what the others made.
    """

    key: str
    name: str
    about: str = ""
    last: bool = False


class Desk:
    def __init__(self) -> None:
        self.cursor = 0
        self.closed: str | None = None
        self.closed_at = 0  # the event's number
        self.says: dict[str, Say] = {}
        self.opens: dict[str, Open] = {}
        self.drops: dict[str, Drop] = {}
        self.errands: dict[str, Errand] = {}
        self.tracks: list[asyncio.Task[None]] = []
        self._log: dict[str, Entry] = {}
        self._answers: dict[str, Entry] = {}
        self._waiting: dict[str, asyncio.Future[Entry]] = {}

    # what a procedure calls

    async def expect(self, want: Open) -> Entry:
        """Open a task and wait for the event that answers it: an act, or what silence turns into."""
        self.offer(want)
        return await self._answer(want.key)

    async def either(self, *wants: Open) -> Entry:
        """Open several expectations of which one is enough: the first answer counts, the others fall away."""
        if not any(want.key in self._answers for want in wants):
            for want in wants:
                self.offer(want)
            answers = [self._answer(want.key) for want in wants]
            for answer in answers:
                answer.add_done_callback(_heed)
            await asyncio.wait(answers, return_when=asyncio.FIRST_COMPLETED)
        given = [self._answers[want.key] for want in wants if want.key in self._answers]
        if not given:
            raise Closed(self.closed or "")
        for want in wants:
            self.drop(want.key)
        return min(given, key=lambda entry: entry.seq)

    def offer(self, want: Open) -> None:
        """Open a task without waiting for it."""
        if want.key in self._answers or f"open:{want.key}" in self._log:
            return
        if self.closed:
            raise Closed(self.closed)
        self.opens[want.key] = want

    def drop(self, key: str) -> None:
        """An offer that no longer holds."""
        self.opens.pop(key, None)
        if f"open:{key}" in self._log and key not in self._answers:
            self.drops[key] = Drop(key)

    def drop_all(self) -> None:
        """Whatever was still expected when the case was ended, but of the supervisor: a card outlives its cause."""
        for entry in list(self._log.values()):
            key = entry.key.removeprefix("open:")
            if entry.kind == "task_opened" and entry.seq < self.closed_at and not key.startswith("card:"):
                self.drop(key)

    async def say(self, key: str, kind: str, **data: str) -> Entry:
        if key not in self._log:
            self.says[key] = Say(key, kind, data)
        return await self._seen(key)

    def told(self, key: str) -> Entry | None:
        """What the log says under this key, as far as it was read. Ask only for what precedes an answer at hand."""
        return self._log.get(key)

    def send(self, errand: Errand) -> None:
        """An errand that nobody waits for; the case is not finished before it is done."""
        if errand.key not in self._log:
            self.errands[errand.key] = errand

    async def errand(self, errand: Errand) -> Entry:
        self.send(errand)
        return await self._seen(errand.key)

    async def seen(self, key: str) -> Entry:
        """Wait for an event that somebody else writes."""
        return await self._seen(key)

    def knows(self, key: str) -> bool:
        """Whether the log, as far as it was read, has this event."""
        return key in self._log

    def answered(self, task: str) -> Entry | None:
        return self._answers.get(task)

    def start(self, track: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        """Something beside the case's own course, with a course of its own."""
        task = asyncio.create_task(track)
        self.tracks.append(task)
        return task

    def acknowledge(self) -> None:
        """The procedure has taken note that the case was ended, and goes on to what follows an end."""
        self.closed = None

    # what an engine calls

    def ready(self) -> list[Errand]:
        """The errands that may be run now."""
        first = [errand for errand in self.errands.values() if not errand.last]
        return first or list(self.errands.values())

    @property
    def wants(self) -> bool:
        return bool(self.says or self.opens or self.drops)

    def check(self) -> None:
        """A bug in a track must stop the run, not hide in a task."""
        for track in self.tracks:
            if track.done() and not track.cancelled():
                track.result()

    def leave(self) -> None:
        for track in self.tracks:
            track.cancel()

    def ask(self, case_no: str) -> SyncIn:
        """Everything the procedure wants now, for one sync."""
        return SyncIn(
            case_no,
            self.cursor,
            list(self.says.values()),
            list(self.opens.values()),
            list(self.drops.values()),
        )

    def take(self, out: SyncOut) -> None:
        """Read news: answer what waits for it, forget wants that the log now meets."""
        if out.applied:
            self.drops.clear()
        for entry in out.entries:
            if entry.seq <= self.cursor:
                continue
            self.cursor = entry.seq
            self._log[entry.key] = entry
            if entry.task:
                self._answers[entry.task] = entry
                self._resolve(f"answer:{entry.task}", entry)
            self._resolve(f"seen:{entry.key}", entry)
            self.says.pop(entry.key, None)
            self.errands.pop(entry.key, None)
            if entry.kind == "task_opened":
                self.opens.pop(entry.key.removeprefix("open:"), None)
            if entry.task and entry.kind in ENDINGS:
                self.closed_at = entry.seq
                self._close(entry.kind)

    # inside

    def _answer(self, task: str) -> "asyncio.Future[Entry]":
        return self._future(f"answer:{task}", self._answers.get(task))

    def _seen(self, key: str) -> "asyncio.Future[Entry]":
        return self._future(f"seen:{key}", self._log.get(key))

    def _future(self, name: str, known: Entry | None) -> "asyncio.Future[Entry]":
        future = self._waiting.get(name) or asyncio.get_running_loop().create_future()
        if known is not None:
            if not future.done():
                future.set_result(known)
        elif self.closed and name.startswith("answer:"):
            future.set_exception(Closed(self.closed))
        else:
            self._waiting[name] = future
        return future

    def _resolve(self, name: str, entry: Entry) -> None:
        future = self._waiting.pop(name, None)
        if future and not future.done():
            future.set_result(entry)

    def _close(self, kind: str) -> None:
        self.closed = kind
        self.opens.clear()
        for name in [n for n in self._waiting if n.startswith("answer:")]:
            future = self._waiting.pop(name)
            if not future.done():
                future.set_exception(Closed(kind))


def _heed(answer: "asyncio.Future[Entry]") -> None:
    """Of several answers the first one counts; that the case was closed meanwhile is no error of the others."""
    if not answer.cancelled():
        answer.exception()
