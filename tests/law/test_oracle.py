"""The legal clock against an independent reading: day by day, hour by hour, asking `chinesecalendar` alone.

Nothing here uses our calendar, our union of stops or our arithmetic: only the definition of a limit.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chinese_calendar import is_workday
from hypothesis import assume, example, given
from hypothesis import strategies as st

from services.law.calendar import load_calendar
from services.law.clock import SHANGHAI, Stop, back, due, remaining, used

CALENDAR = load_calendar()
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
Spans = list[tuple[date, date]]


@dataclass(frozen=True)
class Limit:
    n: int
    unit: str = "working_days"


days = st.dates(FIRST, LAST)


@st.composite
def near_spans(draw, start: date) -> Spans:
    """Stops that matter: they begin around the start, overlap, touch, and lie one in another."""
    begins = draw(st.lists(st.integers(-20, 90), max_size=5))
    return [
        (start + begin * DAY, start + (begin + draw(st.integers(0, 40))) * DAY)
        for begin in begins
        if start + begin * DAY >= FIRST
    ]


def stops_of(found: Spans) -> list[Stop]:
    return [Stop(begin, end, "testing") for begin, end in found]


def stopped(day: date, found: Spans) -> bool:
    return any(begin < day <= end for begin, end in found)


def walk(start: date, n: int, counts: Callable[[date], bool]) -> date:
    day = start
    while n:
        day += DAY
        assume(day <= LAST)  # the library knows no more
        n -= counts(day)
    return day


def rolled(day: date, found: Spans) -> date:
    while not is_workday(day) or stopped(day, found):
        day += DAY
        assume(day <= LAST)
    return day


@given(st.data(), days, st.integers(0, 90))
def test_working_days(data, start, n):
    found = data.draw(near_spans(start))
    expected = walk(start, n, lambda day: is_workday(day) and not stopped(day, found))
    answer = due(Limit(n), start, CALENDAR, stops=stops_of(found))
    assert (answer.on, answer.provisional, answer.open) == (expected, False, False)


@given(st.data(), days, st.integers(1, 120))
def test_calendar_days(data, start, n):
    found = data.draw(near_spans(start))
    expected = rolled(walk(start, n, lambda day: not stopped(day, found)), found)
    assert due(Limit(n, "calendar_days"), start, CALENDAR, stops=stops_of(found)).on == expected


@given(days, st.integers(1, 24))
@example(date(2024, 1, 31), 1)  # into February of a leap year
@example(date(2025, 8, 31), 1)
def test_months(start, n):
    year, month = start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1
    assume(date(year, month, 1) < date(2026, 12, 1))
    last = date(year, month, min(start.day, monthrange(year, month)[1]))
    assert due(Limit(n, "months"), start, CALENDAR).on == rolled(last, [])


@given(st.data(), days, st.integers(0, 95), st.integers(1, 30))
def test_working_hours(data, start, quarter, n):
    found = data.draw(near_spans(start))
    now = datetime.combine(start, time(), SHANGHAI) + quarter * QUARTER
    left, at = n * 4, now
    while left:
        assume(at.date() <= LAST)
        open_now = time(9) <= at.time() < time(12) or time(13) <= at.time() < time(17)
        if not is_workday(at.date()) or stopped(at.date(), found):
            at = datetime.combine(at.date() + DAY, time(9), SHANGHAI)
        elif open_now:
            at, left = at + QUARTER, left - 1
        else:
            at += QUARTER
    assert due(Limit(n, "working_hours"), now, CALENDAR, stops=stops_of(found)).at == at


@given(st.data(), days, st.integers(1, 60), st.integers(0, 120))
def test_what_is_used_and_what_is_left(data, start, n, later):
    found, today = data.draw(near_spans(start)), start + later * DAY
    assume(today <= LAST)

    def counts(day: date) -> bool:
        return is_workday(day) and not stopped(day, found)

    end = walk(start, n, counts)
    gone = sum(counts(start + i * DAY) for i in range(1, later + 1))
    assert used(start, today, CALENDAR, stops_of(found)) == gone
    answer = remaining(due(Limit(n), start, CALENDAR, stops=stops_of(found)), today)
    if today <= end:
        assert answer == n - gone
    else:
        late = sum(counts(end + i * DAY) for i in range(1, (today - end).days + 1))
        assert answer == -max(late, 1)


@given(st.dates(date(2004, 6, 1), LAST), st.integers(1, 30))
def test_counting_backwards(day, n):
    expected, left = day, n
    while left:
        expected -= DAY
        left -= is_workday(expected)
    assert back(n, day, CALENDAR) == expected
