"""The arithmetic of legal limits: which days count, when a limit ends, how much of it is left.

Civil Code art. 201: the day of the start is not counted. Licence Law art. 82: limits are working days,
holidays excluded. Civil Code art. 203: a calendar limit whose last day is a day off ends on the next
working day. Licence Law art. 45: the time of a special procedure is not counted; procedures that overlap
stop the clock once, so stops are a union and never a sum.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from services.law.calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The hall's hours; limits in working hours run only in them.
SHIFTS = ((time(9), time(12)), (time(13), time(17)))

_DAY = timedelta(days=1)


class Limit(Protocol):
    @property
    def n(self) -> int: ...
    @property
    def unit(self) -> str: ...  # working_days, calendar_days, working_hours, months


@dataclass(frozen=True, slots=True)
class Stop:
    """Time that does not count: from the day after `start` to `end`, both legal dates; no end yet, no due date."""

    start: date
    end: date | None
    kind: str
    basis: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"the stop {self.kind} ends on {self.end}, before it starts on {self.start}")

    def covers(self, day: date) -> bool:
        return self.start < day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a due date was counted from, kept with it so that nobody warns or explains by other rules."""

    n: int
    unit: str
    start: datetime
    calendar: Calendar
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """`at` is the last instant in time: 24:00 of a day, or the very minute of a limit in hours."""

    on: date | None
    at: datetime | None
    provisional: bool
    open: bool
    terms: Terms = field(repr=False, compare=False)

    def counted_by(self, calendar: Calendar, stops: Iterable[Stop]) -> "Due":
        """The same date told with another calendar's or other stops' days."""
        return replace(self, terms=replace(self.terms, calendar=calendar, stops=tuple(stops)))


class Clock:
    """One unit's countable days, given a calendar and the stops."""

    def __init__(self, unit: str, calendar: Calendar, stops: Iterable[Stop] = ()) -> None:
        self._workdays_only = unit in ("working_days", "working_hours")
        self._calendar = calendar
        self._starts, self._ends, self.open_from = _union(stops)

    def stopped(self, day: date) -> bool:
        at = bisect_right(self._starts, day - _DAY) - 1
        return at >= 0 and day <= self._ends[at]

    def in_unit(self, day: date) -> bool:
        return not self._workdays_only or self._calendar.is_workday(day)

    def counts(self, day: date) -> bool:
        return self.in_unit(day) and not self.stopped(day)

    def days(self, after: date) -> Iterator[date]:
        """Countable days after a date; ends where a stop without an end begins."""
        day = after + _DAY
        while self.open_from is None or day <= self.open_from:
            if self.counts(day):
                yield day
            day += _DAY

    def count(self, after: date, until: date) -> int:
        return sum(1 for n in range(1, (until - after).days + 1) if self.counts(after + n * _DAY))

    def nth(self, n: int, after: date) -> date | None:
        return next((day for i, day in enumerate(self.days(after), 1) if i == n), None) if n else after


def _union(stops: Iterable[Stop]) -> tuple[list[date], list[date], date | None]:
    """Overlapping stops merged: sorted starts, their ends, and where time stands still for good."""
    starts: list[date] = []
    ends: list[date] = []
    for stop in sorted(stops, key=lambda stop: stop.start):
        end = stop.end or date.max
        if ends and stop.start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(stop.start)
            ends.append(end)
    return starts, ends, starts[-1] if ends and ends[-1] == date.max else None


def due(
    limit: Limit,
    start: date | datetime,
    calendar: Calendar,
    *,
    stops: Iterable[Stop] = (),
    extension: int = 0,
) -> Due:
    """When the limit ends. An extension (Licence Law art. 42) is in the limit's own unit."""
    moment = instant(start)
    terms = Terms(limit.n + extension, limit.unit, moment, calendar, tuple(stops))
    if terms.n < 0:
        raise ValueError(f"a limit cannot be {terms.n} {terms.unit}")
    at = _HOW[limit.unit](terms)
    if at is None:
        return Due(None, None, provisional=False, open=True, terms=terms)
    on = at.date() if limit.unit == "working_hours" else at.date() - _DAY
    years = range((moment.date() + _DAY).year, on.year + 1)
    return Due(on, at, provisional=any(map(calendar.is_provisional, years)), open=False, terms=terms)


def instant(when: date | datetime) -> datetime:
    """In Shanghai; a bare date is its first minute, which is strict on the authority."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), SHANGHAI)
    if when.tzinfo is None:
        raise ValueError("an instant needs its time zone: legal dates are those of Asia/Shanghai")
    return when.astimezone(SHANGHAI)


def legal_date(when: date | datetime) -> date:
    return instant(when).date()


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + _DAY, time(), SHANGHAI)


def _working_days(terms: Terms) -> datetime | None:
    last = Clock(terms.unit, terms.calendar, terms.stops).nth(terms.n, terms.start.date())
    return last and midnight_after(last)


def _calendar_days(terms: Terms) -> datetime | None:
    return _roll_over(terms, terms.n)


def _months(terms: Terms) -> datetime | None:
    start = terms.start.date()
    return _roll_over(terms, (add_months(start, terms.n) - start).days)


def _roll_over(terms: Terms, n: int) -> datetime | None:
    """Civil Code art. 203. A limit of nothing ends on its own day, working day or not."""
    clock, start = Clock("calendar_days", terms.calendar, terms.stops), terms.start.date()
    last = clock.nth(n, start)
    if last is None or n == 0 or terms.calendar.is_workday(last):
        return last and midnight_after(last)
    last = next((day for day in clock.days(last) if terms.calendar.is_workday(day)), None)
    return last and midnight_after(last)


def _working_hours(terms: Terms) -> datetime | None:
    return after_working(timedelta(hours=terms.n), terms)


def after_working(length: timedelta, terms: Terms) -> datetime | None:
    if not length:
        return terms.start
    for begin, end in shifts(terms):
        if length <= end - begin:
            return begin + length
        length -= end - begin
    return None


def shifts(terms: Terms) -> Iterator[tuple[datetime, datetime]]:
    """What is left of each shift from the start on."""
    for day in Clock(terms.unit, terms.calendar, terms.stops).days(terms.start.date() - _DAY):
        for opens, closes in SHIFTS:
            begin = max(datetime.combine(day, opens, SHANGHAI), terms.start)
            end = datetime.combine(day, closes, SHANGHAI)
            if begin < end:
                yield begin, end


_HOW: dict[str, Callable[[Terms], datetime | None]] = {
    "working_days": _working_days,
    "calendar_days": _calendar_days,
    "months": _months,
    "working_hours": _working_hours,
}


def add_months(day: date, n: int) -> date:
    """The same day of the month, or the month's last (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
