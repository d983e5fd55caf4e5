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
from typing import Any, NamedTuple

import yaml

_DAY = timedelta(days=1)


class Words(NamedTuple):
    """A phrase of the law in both languages of the screens."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


# 全国年节及纪念日放假办法 (2024) art. 2: the holidays that fall on the same date every year.
FIXED_HOLIDAYS: Mapping[tuple[int, int], Words] = {
    (1, 1): Words(zh="元旦", en="New Year"),
    (5, 1): Words(zh="劳动节", en="Labour Day"),
    (5, 2): Words(zh="劳动节", en="Labour Day"),
    (10, 1): Words(zh="国庆节", en="National Day"),
    (10, 2): Words(zh="国庆节", en="National Day"),
    (10, 3): Words(zh="国庆节", en="National Day"),
}


class DayKind(StrEnum):
    WORKDAY = "workday"
    MAKE_UP = "make_up"  # 调休上班: a Saturday or Sunday on which everybody works
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class CalendarError(ValueError):
    """A year's notice contradicts itself; the message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One year as published."""

    year: int
    edition: int
    source: str
    holidays: Mapping[date, Words]
    make_up: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    version: str
    notices: tuple[Notice, ...] = field(repr=False)
    _holidays: Mapping[date, Words] = field(init=False, repr=False, compare=False)
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _make_up: frozenset[date] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        holidays = {day: name for notice in self.notices for day, name in notice.holidays.items()}
        put = object.__setattr__  # the only way to fill a derived field of a frozen dataclass
        put(self, "_holidays", holidays)
        put(self, "_off", frozenset(holidays))
        put(self, "_make_up", frozenset().union(*(notice.make_up for notice in self.notices)))
        put(self, "_years", frozenset(notice.year for notice in self.notices))

    @classmethod
    def of(cls, notices: Iterable[Notice]) -> "Calendar":
        """The version names every year and edition, so a card can say which calendar it was counted with."""
        ordered = tuple(sorted(notices, key=lambda notice: notice.year))
        return cls("+".join(f"{notice.year}.{notice.edition}" for notice in ordered), ordered)

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
        if day.year in self._years:
            return self._holidays.get(day)
        return FIXED_HOLIDAYS.get((day.month, day.day))

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        day += _DAY
        while not self.is_workday(day):
            day += _DAY
        return day


def read_notice(data: Mapping[str, Any], where: str) -> Notice:
    """Checks a year's file whole: a wrong date here would move every due date of the province."""
    try:
        year, holidays, make_up = int(data["year"]), {}, set()
        for holiday in data["holidays"]:
            day = holiday["from"]
            while day <= holiday["to"]:
                holidays[day] = Words(zh=holiday["zh"], en=holiday["en"])
                day += _DAY
            make_up.update(holiday.get("work", ()))
        notice = Notice(year, int(data["edition"]), str(data["source"]), holidays, frozenset(make_up))
    except (KeyError, TypeError) as wrong:
        raise CalendarError(
            f"{where}: {wrong}; needs year, edition, source and holidays with zh, en, from, to"
        ) from wrong
    for day in (*holidays, *make_up):
        if day.year != year:
            raise CalendarError(f"{where}: holidays: {day} is not in {year}; put it in {day.year}.yaml")
    for day in make_up:
        if day.weekday() < 5 or day in holidays:
            raise CalendarError(
                f"{where}: work: {day} is not a weekend outside the holidays; check the notice"
            )
    return notice


@cache
def load_calendar() -> Calendar:
    folder = files("services.law") / "calendars"
    years = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    texts = ((name, (folder / name).read_text(encoding="utf-8")) for name in years)
    return Calendar.of(read_notice(yaml.safe_load(text), f"calendars/{name}") for name, text in texts)
