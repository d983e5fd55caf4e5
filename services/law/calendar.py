"""The working calendar: which day is a working day, and which years are not yet certain.

The office of the State Council publishes each year's days off and make-up working days in the November
before it. A year without a notice is counted Monday to Friday less the statutory holidays that have a
fixed date, and is marked provisional, so that whoever reads a due date in it knows that it may move.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from services.law.notices import FIXED_HOLIDAYS, CalendarError, Notice, Words, read_notice, read_text

__all__ = [
    "FIXED_HOLIDAYS",
    "Calendar",
    "CalendarError",
    "DayKind",
    "Notice",
    "Words",
    "editions",
    "load_calendar",
    "read_notice",
    "shipped",
]

_DAY = timedelta(days=1)


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKE_UP = "make_up"  # 调休上班: a Saturday or Sunday on which everybody works
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Calendar:
    version: str
    notices: tuple[Notice, ...] = field(repr=False)
    local: tuple[Notice, ...] = field(default=(), repr=False)
    _holidays: Mapping[date, Words] = field(init=False, repr=False, compare=False)
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _make_up: frozenset[date] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What is decided for a district goes before what is decided for everybody."""
        holidays = {day: name for notice in self.notices for day, name in notice.holidays.items()}
        make_up = frozenset().union(*(notice.make_up for notice in self.notices))
        for notice in self.local:
            holidays = {day: name for day, name in holidays.items() if day not in notice.make_up}
            holidays |= notice.holidays
            make_up = (make_up - notice.holidays.keys()) | notice.make_up
        put = object.__setattr__  # the only way to fill a derived field of a frozen dataclass
        put(self, "_holidays", holidays)
        put(self, "_off", frozenset(holidays))
        put(self, "_make_up", make_up)
        put(self, "_years", frozenset(notice.year for notice in self.notices))

    def __hash__(self) -> int:
        """Notices hold mappings, which have none; calendars of one version differ in nothing but what is invented."""
        return hash(self.version)

    @classmethod
    def of(cls, notices: Iterable[Notice], local: Iterable[Notice] = ()) -> "Calendar":
        """The version names every year and edition, so a card can say which calendar it was counted with.

        `local`: a district's own days (全国年节及纪念日放假办法 art. 4: of minorities; emergencies).
        """
        ordered, here = (tuple(sorted(part, key=lambda notice: notice.year)) for part in (notices, local))
        own = "".join(f"+{notice.district}.{notice.year}.{notice.edition}" for notice in here)
        return cls(_version(ordered) + own, ordered, here)

    def is_workday(self, day: date) -> bool:
        if day in self._make_up:
            return True
        if day.weekday() >= 5 or day in self._off:
            return False
        return day.year in self._years or (day.month, day.day) not in FIXED_HOLIDAYS

    def is_provisional(self, when: date | int) -> bool:
        return (when if isinstance(when, int) else when.year) not in self._years

    def day_kind(self, day: date) -> DayKind:
        if day in self._make_up:
            return DayKind.MAKE_UP
        if self.holiday(day) is not None:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY

    def holiday(self, day: date) -> Words | None:
        if day.year in self._years or day in self._off:
            return self._holidays.get(day)
        return FIXED_HOLIDAYS.get((day.month, day.day))

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day


def _version(notices: Iterable[Notice]) -> str:
    """2004-2026.1+2027.2: each year with its edition, years in a row with the same one told once."""
    runs: list[tuple[int, int, int]] = []
    for notice in notices:
        if runs and runs[-1][1:] == (notice.year - 1, notice.edition):
            runs[-1] = (runs[-1][0], notice.year, notice.edition)
        else:
            runs.append((notice.year, notice.year, notice.edition))
    return "+".join(
        f"{first}.{edition}" if first == last else f"{first}-{last}.{edition}"
        for first, last, edition in runs
    )


def editions(version: str) -> list[tuple[str, int, int]]:
    """(district, year, edition) of everything that a version names: how an old date can be counted again."""
    named = []
    for part in filter(None, version.split("+")):
        *district, years, edition = part.split(".")
        first, _, last = years.partition("-")
        named += [
            ("".join(district), year, int(edition)) for year in range(int(first), int(last or first) + 1)
        ]
    return named


@cache
def shipped() -> tuple[tuple[str, Notice], ...]:
    """The notices that come with this release, each as its text and as read."""
    folder = files("services.law") / "calendars"
    years = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    texts = [(name, (folder / name).read_text(encoding="utf-8")) for name in years]
    return tuple((text, read_text(text, f"calendars/{name}")) for name, text in texts)


@cache
def load_calendar() -> Calendar:
    """Of this release's notices alone, where there is no store to ask."""
    return Calendar.of(notice for _, notice in shipped())
