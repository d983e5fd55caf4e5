from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.numbers import (
    case_number,
    document_number,
    food_licence_number,
    is_case_number,
    read_case_number,
    show_case_number,
)

DAY = date(2026, 11, 17)


def test_a_case_number_is_region_day_channel_serial_and_check():
    number = case_number("430199", DAY, "1", 12)
    assert number[:-1] == "430199202611171000012"
    assert len(number) == 22
    assert is_case_number(number)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 9), st.integers(0, 999_999))
def test_every_case_number_is_one(day, channel, serial):
    assert is_case_number(case_number("430199", day, channel, serial))


@given(st.integers(0, 999_999), st.integers(14, 20), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(serial, place, shift):
    number = case_number("430199", DAY, 1, serial)
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_case_number(number[:place] + wrong + number[place + 1 :])


def test_almost_every_swap_of_neighbours_is_noticed():
    """A hybrid system of ISO 7064 lets a swap through now and then; a wrong digit never."""
    swaps = missed = 0
    for serial in range(0, 1_000_000, 997):
        number = case_number("430199", DAY, 1, serial)
        for place in range(14, 20):
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            if swapped != number:
                swaps += 1
                missed += is_case_number(swapped)
    assert missed / swaps < 0.03


@pytest.mark.parametrize(
    "text", ["", "430199", "4301992026111710000", "４３０１９９2026111710000127", "K" * 22]
)
def test_what_is_not_a_case_number_is_said_so(text):
    assert not is_case_number(text)


def test_a_case_number_of_a_day_that_does_not_exist_is_none():
    number = case_number("430199", DAY, 1, 12)
    assert not is_case_number(number.replace("20261117", "20261332"))


@pytest.mark.parametrize(
    ("region", "channel", "serial"),
    [("43019", "1", 1), ("430199", "12", 1), ("430199", "1", 1_000_000), ("43019x", "1", 1)],
)
def test_a_part_of_the_wrong_size_makes_no_number(region, channel, serial):
    with pytest.raises(ValueError, match="needs"):
        case_number(region, DAY, channel, serial)


def test_a_case_number_is_shown_in_groups_and_read_back_as_typed():
    number = case_number("430199", DAY, 1, 12)
    shown = show_case_number(number)
    assert shown == f"430199 20261117 1 000012 {number[-1]}"
    assert read_case_number(f" {shown.lower()} ") == number
    assert read_case_number("430199 20261117 1 000012") is None
    assert show_case_number("BJ2026000001") == "BJ2026000001"


def test_a_document_is_numbered_in_its_word_and_year():
    assert document_number("（示区市监）许受", 2026, 123) == "（示区市监）许受〔2026〕第000123号"


def test_a_food_licence_number_agrees_with_a_published_one():
    assert food_licence_number(2, "350111", "015367") == "JY23501110153674"
