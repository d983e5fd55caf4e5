"""The training clock (演练时钟): a demonstration may run ahead of the wall, so that nobody waits days for a card.

The offset is a number of seconds in home/clock-ahead, read again at most once a second, and only where ONEWINDOW_DEMO
is on. In production the legal clock is the wall clock.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from services.house import wall_clock

NAME = "clock-ahead"
SLACK = 1.0  # seconds that a part may go on by the time it last read


def read_ahead(home: Path) -> timedelta:
    try:
        return timedelta(seconds=float((home / NAME).read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()


def move_ahead(home: Path, more: timedelta) -> timedelta:
    """Forward only: legal time does not run back. Returns the whole offset."""
    if more < timedelta():
        raise ValueError("the training clock only moves forward")
    ahead = read_ahead(home) + more
    (home / NAME).write_text(str(ahead.total_seconds()))
    return ahead


def training_clock(home: Path) -> Callable[[], datetime]:
    ahead, looked = read_ahead(home), time.monotonic()

    def now() -> datetime:
        nonlocal ahead, looked
        if time.monotonic() - looked > SLACK:
            ahead, looked = read_ahead(home), time.monotonic()
        return wall_clock() + ahead

    return now
