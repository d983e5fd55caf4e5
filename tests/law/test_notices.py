"""A notice of days off is read whole or not at all, and says what is wrong with it in both languages."""

from datetime import date

import pytest

from services.law.calendar import Calendar, DayKind, editions, load_calendar
from services.law.notices import LONGEST, CalendarError, read_text, require_fixed_holidays

NATIONAL = load_calendar()
WHOLE = """
year: 2027
edition: 1
source: 虚构的放假通知，只用于测试
holidays:
  - { zh: 元旦, en: New Year, from: 2027-01-01, to: 2027-01-03 }
  - { zh: 劳动节, en: Labour Day, from: 2027-05-01, to: 2027-05-05, work: [2027-05-08] }
  - { zh: 国庆节, en: National Day, from: 2027-10-01, to: 2027-10-07 }
"""
LOCAL = """
district: "430199"
year: 2026
edition: 1
source: 虚构的地方安排，只用于测试
holidays:
  - { zh: 苗年, en: Miao New Year, from: 2026-11-26, to: 2026-11-27 }
work: [2026-10-02, 2026-11-28]
"""


def local() -> Calendar:
    return Calendar.of(NATIONAL.notices, [read_text(LOCAL, "here")])


def test_a_districts_own_days_off_are_off_there_and_nowhere_else():
    assert local().day_kind(date(2026, 11, 26)) is DayKind.HOLIDAY
    assert local().holiday(date(2026, 11, 26)).zh == "苗年"
    assert NATIONAL.is_workday(date(2026, 11, 26))


def test_a_district_may_work_on_a_weekend_or_on_a_day_that_is_off_elsewhere():
    for day in (date(2026, 11, 28), date(2026, 10, 2)):
        assert local().is_workday(day)
        assert not NATIONAL.is_workday(day)


def test_a_districts_days_do_not_make_a_year_certain():
    ahead = read_text(LOCAL.replace("2026-", "2027-").replace("year: 2026", "year: 2027"), "here")
    calendar = Calendar.of(NATIONAL.notices, [ahead])
    assert calendar.is_provisional(2027)
    assert not calendar.is_workday(date(2027, 11, 26))
    assert calendar.holiday(date(2027, 10, 1)).en == "National Day"


def test_a_version_names_every_edition_and_can_be_taken_apart_again():
    version = Calendar.of(NATIONAL.notices[-2:], [read_text(LOCAL, "here")]).version
    assert version == "2025-2026.1+430199.2026.1"
    assert editions(version) == [("", 2025, 1), ("", 2026, 1), ("430199", 2026, 1)]
    assert editions(NATIONAL.version) == [("", n.year, n.edition) for n in NATIONAL.notices]
    assert editions("") == []


@pytest.mark.parametrize(
    ("wrong", "zh", "en"),
    [
        (WHOLE.replace("to: 2027-01-03", "to: 2026-12-31"), "2026-12-31 不在 2027 年", "put it in 2026.yaml"),
        (WHOLE.replace("to: 2027-05-05", "to: 2027-04-05"), "早于", "is before 2027-05-01"),
        (WHOLE.replace("[2027-05-08]", "[2027-05-10]"), "不是放假以外的周末", "not a weekend"),
        (WHOLE.replace("2027-05-08", "2027-02-30"), "无法读取", "cannot be read"),
        (WHOLE.replace("2027-05-08", "'2027-05-08'  x"), "第 7 行不是 YAML", "line 7 is not YAML"),
        (WHOLE.replace("[2027-05-08]", "['5月8日']"), "5月8日 不是日期", "is not a date; write 2027-01-31"),
        (WHOLE.replace("[2027-05-08]", "2027-05-08"), "应当是日期的列表", "must be a list"),
        (WHOLE.replace("edition: 1", "edition: first"), "应当是数字", "first is not a number"),
        (WHOLE.replace("edition: 1", ""), "缺少 edition", "'edition' is missing"),
        (WHOLE.replace("work:", "works:"), "不认识的内容：works", "works: not known"),
        (WHOLE.replace("{ zh: 元旦, ", "{ "), "每项要有", "each needs zh"),
        ("- 2027", "YAML 表", "must be a YAML mapping"),
        ("", "YAML 表", "must be a YAML mapping"),
        ("\x00", "无法读取", "cannot be read"),
        ("#" * (LONGEST + 1), "超过", "longer than"),
    ],
)
def test_a_bad_notice_is_refused_with_its_place_and_the_remedy(wrong, zh, en):
    with pytest.raises(CalendarError) as refused:
        read_text(wrong, "2027.yaml")
    assert zh in refused.value.words.zh
    assert en in str(refused.value)
    assert str(refused.value).startswith("2027.yaml")


def test_a_year_that_leaves_out_a_holiday_of_the_law_is_not_whole():
    require_fixed_holidays(read_text(WHOLE, "x"), "x")
    require_fixed_holidays(read_text(LOCAL, "x"), "x")
    for notice in NATIONAL.notices:
        require_fixed_holidays(notice, str(notice.year))
    with pytest.raises(CalendarError, match="2027-10-03"):
        require_fixed_holidays(read_text(WHOLE.replace("to: 2027-10-07", "to: 2027-10-02"), "x"), "x")


def test_a_notice_that_unfolds_into_gigabytes_is_not_unfolded():
    layers, name = "[&a [x, x, x, x, x, x, x, x, x]", "a"
    for letter in "bcdefghijk":
        layers += f", &{letter} [{', '.join([f'*{name}'] * 9)}]"
        name = letter
    with pytest.raises(CalendarError) as refused:
        read_text(WHOLE.replace("虚构的放假通知，只用于测试", f"{layers}]"), "2027.yaml")
    assert "write it out" in str(refused.value)
