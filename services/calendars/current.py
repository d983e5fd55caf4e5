"""The calendars in force, in memory, and what says that there are newer ones.

A calendar is read for every date on every page, so nobody asks the store for it. The store is asked where a date is
written down (`sync` and recounting, inside their transactions) and whenever a notice was announced (`following`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from services.law.calendar import Calendar, Notice, editions
from services.law.notices import read_text

# How many notices there are: rows are never changed or removed, so one more is the only news there can be.
COUNT = "(SELECT count(*) FROM calendar_notice)"


@dataclass(frozen=True, slots=True)
class Filed:
    """A notice as it lies in the store."""

    notice: Notice
    body: str
    loaded_at: datetime
    loaded_by: str

    @property
    def key(self) -> tuple[str, int, int]:
        return self.notice.district, self.notice.year, self.notice.edition


class Calendars:
    def __init__(self, filed: Iterable[Filed] = ()) -> None:
        self._take(filed)

    @classmethod
    async def read(cls, conn: asyncpg.Connection) -> "Calendars":
        calendars = cls()
        await calendars.refresh(conn)
        return calendars

    async def refresh(self, conn: asyncpg.Connection) -> None:
        rows = await conn.fetch("SELECT * FROM calendar_notice ORDER BY loaded_at, district, year, edition")
        self._take(_filed(row) for row in rows)

    async def catch_up(self, conn: asyncpg.Connection, count: int) -> None:
        """Read again if the store holds another number of notices than we do."""
        if count != len(self.filed):
            await self.refresh(conn)

    def of(self, district: str = "") -> Calendar:
        """The calendar in force: the whole country's, or with a district's own days."""
        found = self._in_force.get(district)
        if found is None:
            found = self._in_force[district] = self._put_together(district)
        return found

    def version(self, district: str) -> str:
        return self.of(district).version

    def local_versions(self) -> dict[str, str]:
        """Of the districts that have days of their own."""
        return {d: self.version(d) for d in {f.notice.district for f in self.filed} if d}

    def at(self, version: str) -> Calendar:
        """The calendar that a date was counted with, by the version that was noted then."""
        named = set(editions(version))
        return self._of([f.notice for f in self.filed if f.key in named])

    def news(self, version: str, district: str) -> list[Filed]:
        """What is in force now and was not in that version, oldest first."""
        named = set(editions(version))
        return [f for f in self.current(district) if f.key not in named]

    def current(self, district: str = "") -> list[Filed]:
        """The last edition of each year, in the order they were loaded."""
        last: dict[tuple[str, int], Filed] = {}
        for f in self.filed:
            key = (f.notice.district, f.notice.year)
            if f.notice.district in ("", district) and (
                key not in last or last[key].notice.edition < f.notice.edition
            ):
                last[key] = f
        return [f for f in self.filed if last.get((f.notice.district, f.notice.year)) is f]

    def find(self, district: str, year: int, edition: int) -> Filed | None:
        return next((f for f in self.filed if f.key == (district, year, edition)), None)

    def supposing(self, filed: Filed) -> "Calendars":
        """As they would be with one notice more."""
        return Calendars([*self.filed, filed])

    def _take(self, filed: Iterable[Filed]) -> None:
        self.filed = tuple(filed)
        self._in_force: dict[str, Calendar] = {}

    def _put_together(self, district: str) -> Calendar:
        return self._of([f.notice for f in self.current(district)])

    def _of(self, notices: list[Notice]) -> Calendar:
        return Calendar.of([n for n in notices if not n.district], [n for n in notices if n.district])


class OneCalendar(Calendars):
    """A single calendar for every district: one that was in force, or that would be."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self._calendar = calendar

    def of(self, district: str = "") -> Calendar:
        return self._calendar


def _filed(row: asyncpg.Record) -> Filed:
    name = "/".join(filter(None, (row["district"], f"{row['year']}.{row['edition']}")))
    return Filed(read_text(row["body"], name), row["body"], row["loaded_at"], row["loaded_by"])
