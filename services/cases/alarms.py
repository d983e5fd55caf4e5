"""When the clock has something to say about a case, and what. Pure: given tasks, clocks and what was already said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """One moment to watch: a task's or a case clock's warning or due moment."""

    key: str  # of the event it becomes: alarm:<task or clock>:<warn or due>
    at: datetime
    rule: str | None
    task: str | None = None
    silence: str | None = None
    until: datetime | None = None  # when the watched thing ended; later moments never came


@dataclass(frozen=True, slots=True)
class Outlook:
    """`fire`: moments that have come and were not yet recorded, oldest first. `next`: the next one to wake for."""

    fire: list[Watch]
    next: datetime | None


def look(watches: Iterable[Watch], said: Collection[str], now: datetime) -> Outlook:
    """A moment counts if the watched thing was still waiting when it came, even if nobody was there to notice."""
    live = [w for w in watches if w.key not in said and (w.until is None or w.at < w.until)]
    fire = sorted((w for w in live if w.at <= now), key=lambda w: w.at)
    return Outlook(fire, min((w.at for w in live if w.at > now), default=None))
