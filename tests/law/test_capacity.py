"""Who acts alone is computed from the day of birth, and changes on a birthday by itself."""

from datetime import date

import pytest

from services.law.capacity import Capacity, age, birthday, born_on, capacity, guardian_until, needs_consent

BORN = date(2010, 11, 25)


@pytest.mark.parametrize(
    ("years", "then"),
    [(7, Capacity.NONE), (8, Capacity.LIMITED), (17, Capacity.LIMITED), (18, Capacity.FULL)],
)
def test_capacity_comes_with_the_birthday(years: int, then: Capacity):
    assert capacity(BORN, date(2010 + years, 11, 25)) is then


def test_on_the_eve_of_the_birthday_one_is_still_as_old_as_before():
    assert (age(BORN, date(2028, 11, 24)), age(BORN, date(2028, 11, 25))) == (17, 18)
    assert guardian_until(BORN) == date(2028, 11, 24)


def test_whoever_was_born_on_29_february_is_of_age_on_the_28th():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 18


def test_own_earnings_make_an_adult_of_sixteen_and_of_nobody_younger():
    assert capacity(BORN, date(2026, 11, 25), own_living=True) is Capacity.FULL
    assert capacity(BORN, date(2026, 11, 24), own_living=True) is Capacity.LIMITED


def test_a_court_may_find_that_an_adult_cannot_act():
    assert capacity(date(1950, 1, 1), date(2026, 11, 25), lost=True) is Capacity.NONE


def test_the_data_of_a_child_are_sensitive_until_its_fourteenth_birthday():
    assert needs_consent(BORN, date(2024, 11, 24))
    assert not needs_consent(BORN, date(2024, 11, 25))


def test_a_resident_number_says_the_day_of_birth_and_a_passport_does_not():
    assert born_on("111", "11010519491231002X") == date(1949, 12, 31)
    assert born_on("414", "E12345678") is None
