from datetime import date, timedelta

import chinese_calendar
import pytest
import yaml

from services.law.calendar import Calendar, CalendarError, DayKind, load_calendar, read_notice

CALENDAR = load_calendar()


def every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def notice(text: str):
    return read_notice(yaml.safe_load(text), "2026.yaml")


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_day_agrees_with_an_independent_reading_of_the_notices(year):
    ours = [day for day in every_day(year) if CALENDAR.is_workday(day)]
    assert ours == [day for day in every_day(year) if chinese_calendar.is_workday(day)]
    assert not CALENDAR.is_provisional(year)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year):
    assert sum(map(CALENDAR.is_workday, every_day(year))) == 248


@pytest.mark.parametrize("day", [date(2025, 1, 26), date(2025, 10, 11), date(2026, 2, 14), date(2026, 9, 20)])
def test_a_make_up_weekend_is_a_working_day(day):
    assert day.weekday() >= 5
    assert CALENDAR.is_workday(day)
    assert CALENDAR.day_kind(day) is DayKind.MAKE_UP


def test_each_day_has_a_kind_and_a_holiday_its_name():
    assert CALENDAR.day_kind(date(2026, 11, 24)) is DayKind.WORKDAY
    assert CALENDAR.day_kind(date(2026, 11, 22)) is DayKind.WEEKEND
    assert CALENDAR.day_kind(date(2026, 2, 17)) is DayKind.HOLIDAY
    assert CALENDAR.holiday(date(2026, 2, 17)).zh == "春节"
    assert CALENDAR.holiday(date(2026, 11, 24)) is None


def test_a_year_without_a_notice_is_provisional_and_knows_only_fixed_holidays():
    assert CALENDAR.is_provisional(2027)
    assert CALENDAR.is_provisional(date(2027, 3, 1))
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    off = [day for day in every_day(2027) if day.weekday() < 5 and not CALENDAR.is_workday(day)]
    assert off == [date(2027, 1, 1), date(2027, 10, 1)]
    assert CALENDAR.holiday(date(2027, 10, 2)).en == "National Day"


def test_the_next_working_day_leaps_over_the_spring_festival():
    assert CALENDAR.next_workday(date(2026, 2, 14)) == date(2026, 2, 24)


def test_a_calendar_names_its_years_and_editions_in_its_version():
    assert CALENDAR.version == "2004-2026.1"
    assert Calendar.of([n for n in CALENDAR.notices if n.year != 2020]).version == "2004-2019.1+2021-2026.1"


def test_a_year_says_whether_it_was_read_in_the_notice_or_taken_over():
    read = {n.year: n.source.startswith("国务院办公厅") for n in CALENDAR.notices}
    taken_over = {n.year: "chinesecalendar" in n.source for n in CALENDAR.notices}
    assert [year for year, is_so in read.items() if is_so] == [2025, 2026]
    assert [year for year, is_so in taken_over.items() if is_so] == list(range(2004, 2025))


def test_a_corrected_edition_makes_another_version_and_other_working_days():
    corrected = notice(
        "{year: 2027, edition: 2, source: s, holidays: [{zh: 春节, en: SF, from: 2027-02-05, to: 2027-02-11}]}"
    )
    calendar = Calendar.of([*CALENDAR.notices, corrected])
    assert calendar.version == "2004-2026.1+2027.2"
    assert not calendar.is_workday(date(2027, 2, 8))
    assert CALENDAR.is_workday(date(2027, 2, 8))
    assert not calendar.is_provisional(2027)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{year: 2026, edition: 1, source: s}", "'holidays'"),
        (
            "{year: 2026, edition: 1, source: s, holidays: [{zh: a, en: b, from: 2025-10-01, to: 2025-10-01}]}",
            "put it in 2025.yaml",
        ),
        (
            "{year: 2026, edition: 1, source: s,"
            " holidays: [{zh: a, en: b, from: 2026-01-01, to: 2026-01-01, work: [2026-01-05]}]}",
            "2026-01-05 is not a weekend",
        ),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_by_name(text, complaint):
    with pytest.raises(CalendarError, match=r"2026\.yaml") as refused:
        notice(text)
    assert complaint in str(refused.value)
