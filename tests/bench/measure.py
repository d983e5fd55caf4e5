"""Run jobs with n at once, and say how it went."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from statistics import median

Job = Callable[[int], Awaitable[None]]  # given the worker's number


@dataclass(frozen=True)
class Row:
    """What one line of the table says; times in milliseconds."""

    what: str
    at_once: int
    n: int
    rate: float
    p50: float
    p99: float


def middle(rounds: list[Row]) -> Row:
    """One row of several rounds: the median of each number, so that one stall of the disk is not the result."""
    first = rounds[0]
    return Row(
        first.what,
        first.at_once,
        sum(r.n for r in rounds),
        median(r.rate for r in rounds),
        median(r.p50 for r in rounds),
        median(r.p99 for r in rounds),
    )


async def run(what: str, at_once: int, jobs: Iterable[Job]) -> Row:
    waiting, took = deque(jobs), []

    async def worker(number: int) -> None:
        while waiting:
            job = waiting.popleft()
            begun = time.perf_counter()
            await job(number)
            took.append(time.perf_counter() - begun)

    begun = time.perf_counter()
    await asyncio.gather(*(worker(i) for i in range(at_once)))
    return row(what, at_once, took, time.perf_counter() - begun)


def row(what: str, at_once: int, took: list[float], seconds: float) -> Row:
    took = sorted(took)
    return Row(
        what,
        at_once,
        len(took),
        len(took) / seconds,
        1000 * took[len(took) // 2],
        1000 * took[int(len(took) * 0.99)],
    )
