"""Reading a limit that runs: what is used, what is left, when to warn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import takewhile
from math import ceil

from services.law.calendar import Calendar
from services.law.counting import (
    SHANGHAI,
    SHIFTS,
    Clock,
    Due,
    Stop,
    Terms,
    add_months,
    after_working,
    instant,
    legal_date,
    shifts,
)

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def used(
    start: date | datetime,
    today: date | datetime,
    calendar: Calendar,
    stops: Iterable[Stop] = (),
    unit: str = "working_days",
) -> int:
    """Countable days after the start, today included."""
    return Clock(unit, calendar, stops).count(legal_date(start), legal_date(today))


def days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to `end`; negative when `end` is the earlier one."""
    clock = Clock("working_days", calendar)
    return clock.count(start, end) if start <= end else -clock.count(end, start)


def remaining(
    due: Due,
    today: date | datetime,
    calendar: Calendar | None = None,
    stops: Iterable[Stop] | None = None,
) -> int:
    """What is left in the limit's own unit (days for months), negative when past: -1 from the first moment late.

    Counted by the calendar and stops the due date was counted by, unless others are given. While a stop is
    open there is no due date, but there is an answer: what had not been used when it began.
    """
    terms = due.terms
    if calendar is not None or stops is not None:
        others = terms.stops if stops is None else tuple(stops)
        terms = replace(terms, calendar=calendar or terms.calendar, stops=others)
    if terms.unit == "working_hours":
        return _hours_left(due, terms, instant(today))
    now, start, clock = legal_date(today), terms.start.date(), Clock(terms.unit, terms.calendar, terms.stops)
    if due.on is None:
        return whole(terms) - clock.count(start, now)
    return clock.count(now, due.on) if now <= due.on else -max(clock.count(due.on, now), 1)


def whole(terms: Terms) -> int:
    """The length of the limit in countable days; a month has those it has from its start."""
    start = terms.start.date()
    return (add_months(start, terms.n) - start).days if terms.unit == "months" else terms.n


def _hours_left(due: Due, terms: Terms, now: datetime) -> int:
    """Whole working hours; one that has begun is not left any more."""
    if due.at is None:
        return terms.n - ceil(_worked(terms, terms.start, now) / _HOUR)
    if now <= due.at:
        return _worked(terms, now, due.at) // _HOUR
    return -max(ceil(_worked(terms, due.at, now) / _HOUR), 1)


def _worked(terms: Terms, begin: datetime, end: datetime) -> timedelta:
    open_shifts = takewhile(lambda shift: shift[0] < end, shifts(replace(terms, start=begin)))
    return sum((min(closes, end) - opens for opens, closes in open_shifts), timedelta())


def back(n: int, from_date: date, calendar: Calendar) -> date:
    """The n-th working day before a date: a hearing's notice must be out 7 before it (Licence Law art. 48)."""
    day = from_date
    while n > 0:
        day -= _DAY
        n -= calendar.is_workday(day)
    return day


def warn_at(due: Due, start: date | datetime, fraction: float) -> datetime | None:
    """When to warn that a limit is near: at the fraction of it or with one working day left, whichever is first.

    Rule T05. At the opening of that day, never on the day of the start; None while a stop is open. A limit
    in hours is warned of at the fraction of its working time.
    """
    if due.on is None or due.at is None:
        return None
    terms, part = replace(due.terms, start=instant(start)), Fraction(str(fraction))
    if terms.unit == "working_hours":
        length = _worked(terms, terms.start, due.at)
        return after_working(timedelta(seconds=int(length.total_seconds() * part)), terms)
    clock = Clock(terms.unit, terms.calendar, terms.stops)
    days = list(takewhile(lambda day: day <= due.on, clock.days(terms.start.date())))
    if not days:
        return _opening(due.on)
    by_fraction = days[max(ceil(part * len(days)), 1) - 1]
    one_left = max(back(1, due.on, terms.calendar), days[0])
    return _opening(min(by_fraction, one_left))


def _opening(day: date) -> datetime:
    return datetime.combine(day, SHIFTS[0][0], SHANGHAI)
