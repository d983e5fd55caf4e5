"""What must hold for every limit, start and set of stops, not only for the examples."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.law.calendar import load_calendar
from services.law.clock import Stop, back, days_between, due, explain, remaining, used

CALENDAR = load_calendar()


@dataclass(frozen=True)
class Limit:
    n: int
    unit: str = "working_days"


dates = st.dates(date(2004, 1, 1), date(2027, 6, 30))
lengths = st.integers(0, 90)
units = st.sampled_from(["working_days", "calendar_days", "months"])


@st.composite
def closed_stops(draw) -> list[Stop]:
    starts = draw(st.lists(dates, max_size=4))
    return [
        Stop(
            start,
            start + timedelta(days=draw(st.integers(0, 40))),
            draw(st.sampled_from(["testing", "hearing"])),
        )
        for start in starts
    ]


@given(lengths, dates, closed_stops())
def test_a_working_day_limit_never_ends_on_a_day_off(n, start, stops):
    end = due(Limit(n), start, CALENDAR, stops=stops).on
    assert end == start if n == 0 else CALENDAR.is_workday(end)


@given(lengths, lengths, dates, closed_stops(), units)
def test_a_longer_limit_never_ends_earlier(n, more, start, stops, unit):
    short = due(Limit(n % 25, unit), start, CALENDAR, stops=stops)
    long = due(Limit(n % 25, unit), start, CALENDAR, stops=stops, extension=more % 25)
    assert short.on <= long.on


@given(lengths, dates, st.integers(0, 60), closed_stops(), st.sampled_from(["working_days", "calendar_days"]))
def test_a_later_start_never_ends_earlier(n, start, days, stops, unit):
    first = due(Limit(n, unit), start, CALENDAR, stops=stops)
    second = due(Limit(n, unit), start + timedelta(days=days), CALENDAR, stops=stops)
    assert n == 0 or first.on <= second.on


@given(st.integers(0, 24), dates, st.integers(0, 60))
def test_months_from_a_later_day_never_end_earlier(n, start, days):
    first, second = (due(Limit(n, "months"), day, CALENDAR) for day in (start, start + timedelta(days=days)))
    assert n == 0 or first.on <= second.on


@given(lengths, st.integers(0, 30), dates, closed_stops())
def test_an_extension_is_the_same_as_a_longer_limit(n, more, start, stops):
    extended = due(Limit(n), start, CALENDAR, stops=stops, extension=more)
    assert extended == due(Limit(n + more), start, CALENDAR, stops=stops)


@given(st.integers(0, 24), dates, closed_stops(), st.randoms(use_true_random=False), units)
def test_stops_in_any_order_give_the_same_date(n, start, stops, random, unit):
    shuffled = list(stops)
    random.shuffle(shuffled)
    twice = [*shuffled, *stops]
    assert due(Limit(n, unit), start, CALENDAR, stops=stops) == due(
        Limit(n, unit), start, CALENDAR, stops=twice
    )


@given(st.integers(0, 24), dates, closed_stops(), dates, st.integers(0, 40) | st.none(), units)
def test_another_stop_never_brings_the_date_forward(n, start, stops, begin, length, unit):
    more = Stop(begin, None if length is None else begin + timedelta(days=length), "appraisal")
    before = due(Limit(n, unit), start, CALENDAR, stops=stops)
    after = due(Limit(n, unit), start, CALENDAR, stops=[*stops, more])
    assert after.open or before.on <= after.on
    assert not after.open or length is None


@given(lengths, dates, closed_stops())
def test_the_days_used_by_the_due_date_are_the_limit(n, start, stops):
    end = due(Limit(n), start, CALENDAR, stops=stops)
    assert used(start, end.on, CALENDAR, stops) == n
    assert remaining(end, start, CALENDAR, stops) == n


@given(st.integers(1, 60), dates)
def test_counting_forward_and_back_meet(n, start):
    end = due(Limit(n), start, CALENDAR).on
    assert days_between(start, end, CALENDAR) == n == -days_between(end, start, CALENDAR)
    assert back(n - 1, end, CALENDAR) == CALENDAR.next_workday(start)


@given(lengths, dates, closed_stops(), dates)
def test_used_and_left_make_the_whole_while_in_time(n, start, stops, today):
    end = due(Limit(n), start, CALENDAR, stops=stops)
    if start <= today <= end.on:
        assert used(start, today, CALENDAR, stops) + remaining(end, today, CALENDAR, stops) == n


@given(st.integers(1, 40), dates, closed_stops(), dates)
def test_the_day_by_day_table_numbers_exactly_the_days_of_the_limit(n, start, stops, today):
    table = explain(Limit(n), start, CALENDAR, stops=stops, today=today).days
    assert [day.number for day in table if day.number] == list(range(1, n + 1))
    assert [day.date for day in table] == [start + timedelta(days=i) for i in range(len(table))]
    assert (table[0].kind, table[-1].kind) == ("start", "due")
