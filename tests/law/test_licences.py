"""A licence's life: what may follow what, how long it runs, when it may be renewed, who may not apply again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.parts import Limit, RenewalWindow
from services.law.calendar import load_calendar
from services.law.licences import (
    FALSE_PAPERS,
    FRAUD,
    Impossible,
    Standing,
    State,
    Turn,
    barred_until,
    issued,
    possible,
    reminder_days,
    runs_until,
    turned,
    window,
)

CALENDAR = load_calendar()
VALID = Standing(State.VALID, 1, date(2031, 3, 5))


def test_the_whole_table_of_what_may_follow_what():
    table = {
        turn: "".join("x" if possible(Standing(state, 1, None), turn) else "." for state in State)
        for turn in Turn
    }
    #        valid, expired, cancelled, revoked, replaced
    assert table == {
        Turn.ISSUED: ".....",
        Turn.RENEWED: "xx...",
        Turn.AMENDED: "x....",
        Turn.REISSUED: "x....",
        Turn.EXPIRED: "x....",
        Turn.CANCELLED: "xx...",
        Turn.REVOKED: "xx...",
        Turn.REPLACED: "xx...",
    }


@pytest.mark.parametrize("end", [State.CANCELLED, State.REVOKED, State.REPLACED])
@pytest.mark.parametrize("turn", Turn)
def test_nothing_follows_an_end(end: State, turn: Turn):
    with pytest.raises(Impossible):
        turned(Standing(end, 3, VALID.until), turn)


def test_a_licence_is_valid_through_the_whole_of_its_last_day():
    assert VALID.on(date(2031, 3, 5)) is State.VALID
    assert VALID.on(date(2031, 3, 6)) is State.EXPIRED


def test_what_was_revoked_does_not_turn_into_something_milder_with_time():
    assert Standing(State.REVOKED, 1, VALID.until).on(date(2040, 1, 1)) is State.REVOKED


def test_five_years_end_on_the_day_before():
    assert runs_until(date(2026, 3, 6), 5) == date(2031, 3, 5)
    assert runs_until(date(2024, 2, 29), 5) == date(
        2029, 2, 27
    )  # Civil Code art. 202: the month's last day, less one
    assert runs_until(date(2026, 3, 6), None) is None


def test_a_renewed_licence_runs_on_from_its_old_end_and_is_a_new_version():
    assert turned(VALID, Turn.RENEWED, years=5) == Standing(State.VALID, 2, date(2036, 3, 5))


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 10), st.integers(1, 4))
def test_terms_follow_one_another_without_gap_or_overlap(first: date, years: int, times: int):
    standing = issued(first, years)
    for _ in range(times):
        begins = standing.until + timedelta(days=1)
        standing = turned(standing, Turn.RENEWED, years=years)
        assert standing.until == runs_until(begins, years)


def test_change_and_replacement_leave_the_term_alone():
    for turn in (Turn.AMENDED, Turn.REISSUED):
        assert turned(VALID, turn) == Standing(State.VALID, 2, VALID.until)


def test_thirty_days_before_the_end_is_in_time_and_twenty_nine_is_not():
    """Licence Law art. 50(1)."""
    opens = window(date(2031, 3, 5), None, RenewalWindow().closes, CALENDAR)
    assert not opens.too_late(date(2031, 2, 3))
    assert opens.too_late(date(2031, 2, 4))
    assert not opens.too_early(date(2027, 1, 1))


def test_a_sectors_window_may_be_in_working_days_and_have_a_beginning():
    working = {n: Limit(n=n, unit="working_days") for n in (5, 20)}
    opens = window(date(2026, 3, 31), working[20], working[5], CALENDAR)
    assert (opens.opens, opens.closes) == (date(2026, 3, 3), date(2026, 3, 24))
    assert opens.too_early(date(2026, 3, 2))
    assert not opens.too_early(date(2026, 3, 3))


def test_reminders_fall_before_the_end_and_never_before_the_paper_was_there():
    until = date(2026, 6, 30)
    assert reminder_days(until, date(2021, 7, 1), (30, 90, 60)) == {
        90: date(2026, 4, 1),
        60: date(2026, 5, 1),
        30: date(2026, 5, 31),
    }
    assert list(reminder_days(until, date(2026, 5, 15), (90, 60, 30))) == [30]


def test_false_papers_bar_for_one_year_and_fraud_for_three():
    """Licence Law arts 78, 79."""
    assert barred_until(FALSE_PAPERS, date(2026, 3, 6)) == date(2027, 3, 6)
    assert barred_until(FRAUD, date(2024, 2, 29)) == date(2027, 2, 28)
