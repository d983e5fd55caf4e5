"""How each unit ends, what a stop does, what is left and when to warn. The law's examples: test_worked_examples.py."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from services.law.calendar import load_calendar
from services.law.clock import (
    SHANGHAI,
    Stop,
    days_between,
    due,
    remaining,
    warn_at,
)

CALENDAR = load_calendar()


@dataclass(frozen=True)
class Limit:
    n: int
    unit: str


def wd(n: int) -> Limit:
    return Limit(n, "working_days")


def on(limit: Limit, start, **more) -> date | None:
    return due(limit, start, CALENDAR, **more).on


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


INSPECTION = Stop(date(2026, 11, 19), date(2026, 11, 23), "inspection", "行政许可法第四十五条")


def test_a_calendar_limit_does_not_skip_days_off_on_its_way():
    assert on(Limit(15, "calendar_days"), date(2026, 11, 3)) == date(2026, 11, 18)


def test_a_limit_ends_at_midnight_after_its_last_day():
    assert due(wd(1), date(2026, 11, 23), CALENDAR).at == at(11, 25, 0)


def test_a_limit_of_nothing_ends_the_same_day_even_a_day_off():
    for unit in ("working_days", "calendar_days", "months", "working_hours"):
        assert on(Limit(0, unit), date(2026, 11, 22)) == date(2026, 11, 22)


def test_the_legal_date_is_the_date_in_shanghai():
    evening_in_utc = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # already the 24th in Shanghai
    assert on(wd(1), evening_in_utc) == date(2026, 11, 25)
    with pytest.raises(ValueError, match="time zone"):
        on(wd(1), evening_in_utc.replace(tzinfo=None))


def test_months_end_on_the_last_day_of_a_shorter_month_then_roll_over():
    assert on(Limit(1, "months"), date(2025, 12, 31)) == date(2026, 2, 2)  # 31 January is a Saturday
    assert on(Limit(3, "months"), date(2026, 8, 31)) == date(2026, 11, 30)
    assert on(Limit(2, "months"), date(2026, 8, 10), extension=1) == date(2026, 11, 10)


def test_a_year_without_a_calendar_makes_the_date_provisional():
    crossing = due(wd(60), date(2026, 11, 24), CALENDAR)
    assert crossing.provisional
    assert crossing.on == date(2027, 2, 17)
    assert not due(wd(20), date(2026, 11, 24), CALENDAR).provisional
    # 2003 has no notice, but none of its days counts
    assert not due(wd(1), date(2003, 12, 31), CALENDAR).provisional


def test_an_open_stop_leaves_no_due_date_but_a_remainder():
    stopped = due(wd(5), date(2026, 11, 17), CALENDAR, stops=[Stop(date(2026, 11, 19), None, "inspection")])
    assert (stopped.on, stopped.at, stopped.open) == (None, None, True)
    assert remaining(stopped, date(2026, 12, 30)) == 3
    assert warn_at(stopped, date(2026, 11, 17), 0.9) is None


def test_a_stop_that_begins_on_the_last_day_comes_too_late():
    late = [Stop(date(2026, 11, 24), None, "inspection")]
    assert on(wd(5), date(2026, 11, 17), stops=late) == date(2026, 11, 24)


def test_overlapping_stops_stop_the_clock_once():
    overlapping = [
        Stop(date(2026, 11, 18), date(2026, 11, 20), "testing"),
        Stop(date(2026, 11, 19), date(2026, 11, 23), "inspection"),
    ]
    union = [Stop(date(2026, 11, 18), date(2026, 11, 23), "testing")]
    assert on(wd(5), date(2026, 11, 17), stops=overlapping) == on(wd(5), date(2026, 11, 17), stops=union)


def test_a_stop_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it starts"):
        Stop(date(2026, 11, 20), date(2026, 11, 19), "testing")


def test_what_is_left_is_counted_after_today_and_is_negative_once_late():
    promise = due(wd(5), date(2026, 11, 17), CALENDAR, stops=[INSPECTION])
    assert promise.on == date(2026, 11, 26)
    assert remaining(promise, date(2026, 11, 25), CALENDAR, [INSPECTION]) == 1
    assert remaining(promise, date(2026, 11, 26), CALENDAR, [INSPECTION]) == 0
    assert remaining(promise, date(2026, 11, 30), CALENDAR, [INSPECTION]) == -2


def test_a_limit_that_ended_on_friday_is_late_on_saturday():
    friday = due(wd(3), date(2026, 11, 24), CALENDAR)
    assert friday.on == date(2026, 11, 27)
    assert remaining(friday, date(2026, 11, 28)) == -1


def test_days_between_counts_both_ways():
    assert days_between(date(2026, 11, 20), date(2026, 11, 24), CALENDAR) == 2
    assert days_between(date(2026, 11, 24), date(2026, 11, 20), CALENDAR) == -2


@pytest.mark.parametrize(
    ("n", "start", "end"),
    [
        (2, at(11, 24, 9, 30), at(11, 24, 11, 30)),
        (2, at(11, 24, 11), at(11, 24, 14)),  # lunch does not count
        (2, at(11, 24, 16, 30), at(11, 25, 10, 30)),
        (1, at(11, 24, 11), at(11, 24, 12)),
        (1, at(11, 27, 20), at(11, 30, 10)),  # Friday evening
        (7, at(11, 24, 0), at(11, 24, 17)),
        (8, at(9, 30, 16), at(10, 8, 17)),  # National Day between,
    ],
)
def test_working_hours_run_only_while_the_hall_is_open(n, start, end):
    found = due(Limit(n, "working_hours"), start, CALENDAR)
    assert found.at == end
    assert found.on == end.date()


def test_hours_left_are_whole_working_hours():
    order = due(Limit(2, "working_hours"), at(11, 24, 16, 30), CALENDAR)
    assert remaining(order, at(11, 24, 16, 45)) == 1
    assert remaining(order, at(11, 25, 10, 30)) == 0
    assert remaining(order, at(11, 25, 10, 31)) == -1


def test_hours_stand_still_during_a_stop():
    stop = Stop(date(2026, 11, 24), date(2026, 11, 25), "testing")
    assert due(Limit(2, "working_hours"), at(11, 24, 16), CALENDAR, stops=[stop]).at == at(11, 26, 10)


@pytest.mark.parametrize(
    ("n", "fraction", "day"),
    [
        (5, 0.6, date(2026, 11, 20)),  # the third of five
        (5, 0.9, date(2026, 11, 23)),  # one working day left comes before nine tenths
        (20, 0.9, date(2026, 12, 11)),  # the eighteenth of twenty
        (10, 0.9, date(2026, 11, 30)),  # exactly the ninth, whatever floating point says
        (1, 0.9, date(2026, 11, 18)),  # never on the day of the start
        (0, 0.9, date(2026, 11, 17)),
    ],
)
def test_a_warning_comes_at_nine_on_the_day_of_the_fraction_or_one_day_before(n, fraction, day):
    start = date(2026, 11, 17)
    assert warn_at(due(wd(n), start, CALENDAR), start, fraction) == at(day.month, day.day, 9)


def test_a_stop_moves_the_warning_too():
    start = date(2026, 11, 17)
    assert warn_at(due(wd(5), start, CALENDAR, stops=[INSPECTION]), start, 0.9) == at(11, 25, 9)


def test_a_limit_in_hours_is_warned_of_at_the_fraction_of_its_working_time():
    start = at(11, 24, 16)
    assert warn_at(due(Limit(2, "working_hours"), start, CALENDAR), start, 0.75) == at(11, 25, 9, 30)
