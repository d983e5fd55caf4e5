"""A limit from plain words: what may be asked, what is answered, and what is said of a mistake."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.calendar import load_calendar
from services.law.clock import legal_date
from services.law.reckoning import LONGEST, MOST_STOPS, UNITS, Unreadable, reckon
from services.law.reckoning_words import DAY_KINDS, sentence

CALENDAR = load_calendar()


def asked(start="2025-01-20", limit="20", **more):
    return reckon(CALENDAR, start=start, limit=limit, **more)


def refused(**more) -> dict[str, str]:
    with pytest.raises(Unreadable) as no:
        asked(**more)
    return {name: words.en for name, words in no.value.problems.items()}


def test_an_ordinary_limit_over_the_spring_festival_says_what_it_passed_over():
    found = asked()
    assert str(found.due.on) == "2025-02-21"
    assert sentence(found) == (
        "2025年1月20日（周一）当天不计，自次日起数 20 个工作日，休息日和节假日 12 天不计，调休上班的 2 天照算，"
        "2025年2月21日（周五）到期。"
    )
    assert sentence(found, "en") == (
        "Monday 2025-01-20 is not counted; 20 working days from the next day, 12 days off not counted, "
        "2 working weekend days counted; due Friday 2025-02-21."
    )


def test_an_extension_is_told_as_part_of_the_whole():
    found = asked("2025-04-21", extend="10")
    assert str(found.due.on) == "2025-06-05"
    assert "30 个工作日（含延长的 10 个工作日）" in sentence(found)
    assert "30 working days (extended by 10 working days)" in sentence(found, "en")


def test_a_stop_with_a_name_is_told_by_it():
    found = asked("2025-05-12", stops=["expert_review:2025-05-19..2025-06-05"])
    assert str(found.due.on) == "2025-06-26"
    assert "专家评审暂停的 12 个工作日不计" in sentence(found)


def test_days_that_two_procedures_share_are_told_once():
    found = asked("2025-05-12", stops=["2025-05-19..2025-06-05", "hearing:2025-06-01..2025-06-10"])
    assert "暂停的 12 个工作日不计，听证暂停的 3 个工作日不计" in sentence(found)
    assert str(found.due.on) == "2025-07-01"


def test_a_stop_without_an_end_leaves_a_remainder_and_no_date():
    found = asked("2026-11-17", "5", stops=["hearing:2026-11-19.."])
    assert found.due.on is None
    assert sentence(found).endswith("暂停还没有结束，现在没有到期日，剩余 3 个工作日。")
    assert sentence(found, "en").endswith("there is no due date, with 3 working days left.")
    assert [day.kind for day in found.days()][1:4] == ["counted", "counted", "stopped"]


def test_a_calendar_limit_that_ends_on_a_holiday_says_that_it_goes_on():
    found = asked("2025-08-08", "60", unit="calendar")
    assert "期满那天 2025年10月7日（周二）是休息日，顺延到其后的第一个工作日，2025年10月9日" in sentence(
        found
    )
    assert [(day.date.day, day.kind, day.number) for day in found.days()[-3:]] == [
        (7, "counted", 60),
        (8, "rolled", None),
        (9, "due", None),
    ]


def test_months_are_counted_as_months():
    assert "3 个月，2026年11月10日（周二）到期。" in sentence(asked("2026-08-10", "3", unit="months"))
    assert sentence(asked("2025-12-31", "1", unit="months"), "en").startswith(
        "Wednesday 2025-12-31 is not counted; 1 month from the next day, the last of them, Saturday 2026-01-31,"
    )


def test_hours_name_the_minute_and_the_hours_of_each_day():
    found = asked("2026-11-24 16:30", "9", unit="hours")
    assert f"{found.due.at:%m-%d %H:%M}" == "11-26 10:30"
    assert [day.note.zh for day in found.days()] == ["16:30–17:00", "09:00–12:00、13:00–17:00", "09:00–10:30"]
    assert sentence(found).endswith("共 9 个工作小时，2026年11月26日（周四） 10:30到期。")


def test_hours_after_closing_time_do_not_count():
    kinds = [(day.date.day, day.kind) for day in asked("2026-11-27 18:00", "1", unit="hours").days()]
    assert kinds == [(27, "off"), (28, "off"), (29, "off"), (30, "due")]


def test_a_limit_of_nothing_is_due_on_its_own_day():
    assert sentence(asked("2026-11-22", "0")) == "2026年11月22日（周日）当天到期。"
    assert sentence(asked("2026-11-22", "0"), "en") == "Due the same day, Sunday 2026-11-22."


def test_a_date_that_may_move_says_so():
    found = asked("2026-11-24", "60")
    assert (str(found.due.on), found.due.provisional) == ("2027-02-17", True)
    assert "日期可能调整" in sentence(found)


@pytest.mark.parametrize(
    "start",
    ["2025-1-20", "2025/01/20", "2025年1月20日", "２０２５－０１－２０", " 2025-01-20 ", "2025-01-20 23:59"],
)
def test_a_date_may_be_written_as_people_write_it(start):
    assert str(asked(start).due.on) == "2025-02-21"


def test_an_instant_of_another_zone_is_the_day_it_is_in_shanghai():
    assert legal_date(asked("2025-01-19T17:00Z").due.terms.start) == date(2025, 1, 20)


@pytest.mark.parametrize(
    ("wrong", "name", "complaint"),
    [
        ({"start": ""}, "start", "Give the start"),
        ({"start": "2025-02-30"}, "start", "start is not a date"),
        ({"start": "2025-01-20 24:30"}, "start", "start is not a date"),
        ({"start": "20250120"}, "start", "start is not a date"),
        ({"start": "2025-01-20T09:30+99:00"}, "start", "start is not a date"),
        ({"start": "1999-12-31"}, "start", "between 2004 and 2099"),
        ({"limit": ""}, "limit", "from 0 to 366"),
        ({"limit": "-1"}, "limit", "from 0 to 366"),
        ({"limit": "2.5"}, "limit", "from 0 to 366"),
        ({"limit": "367"}, "limit", "from 0 to 366"),
        ({"limit": "25", "unit": "months"}, "limit", "from 0 to 24"),
        ({"limit": "9" * 5000}, "limit", "from 0 to 366"),
        ({"unit": "weeks"}, "unit", "one of working, calendar, hours, months"),
        ({"extend": "ten"}, "extend", "The extension must be a whole number"),
        ({"stops": ["2025-01-22"]}, "stop-1", "dates it began and ended"),
        ({"stops": ["..2025-01-22"]}, "stop-1", "dates it began and ended"),
        ({"stops": ["2025-01-22..soon"]}, "stop-1", "dates it began and ended"),
        ({"stops": ["2025-01-22..", "2025-01-24..2025-01-23"]}, "stop-2", "end before it begins"),
        ({"stops": ["site_check:2025-01-22..2025-01-23"]}, "stop-1", "Licence Law art. 45"),
        ({"stops": ["2025-01-22..2031-01-22"]}, "stop-1", "within five years"),
        ({"stops": ["2025-01-22..2025-01-23"] * (MOST_STOPS + 1)}, f"stop-{MOST_STOPS + 1}", "At most"),
    ],
)
def test_a_mistake_is_told_at_its_own_name(wrong, name, complaint):
    problems = refused(**wrong)
    assert list(problems) == [name]
    assert complaint in problems[name]


def test_all_mistakes_are_told_at_once_in_both_languages():
    with pytest.raises(Unreadable) as no:
        reckon(CALENDAR, start="soon", limit="few", unit="weeks", stops=["never"], extend="more")
    assert set(no.value.problems) == {"start", "limit", "unit", "extend", "stop-1"}
    assert all(words.zh and words.en for words in no.value.problems.values())


starts = st.dates(date(2004, 1, 1), date(2099, 12, 31))


@given(starts, st.sampled_from(sorted(UNITS)), st.data())
def test_every_answer_has_a_sentence_and_a_table_without_gaps(start, unit, data):
    n = data.draw(st.integers(0, LONGEST[unit] // 6))
    spans = data.draw(st.lists(st.tuples(st.integers(-30, 60), st.integers(0, 60) | st.none()), max_size=3))
    stops = [
        f"{start + timedelta(days=a)}..{'' if b is None else start + timedelta(days=a + b)}" for a, b in spans
    ]
    found = reckon(CALENDAR, start=str(start), limit=str(n), unit=unit, stops=stops)
    days = found.days()
    assert [day.date for day in days] == [start + timedelta(days=i) for i in range(len(days))]
    assert {day.kind for day in days} <= set(DAY_KINDS)
    assert (days[-1].kind == "due") == (not found.due.open)
    assert sentence(found).endswith("。")
    assert sentence(found, "en").endswith(".")


@given(starts, st.integers(1, 60))
def test_the_numbers_of_the_table_are_the_days_of_the_limit(start, n):
    for unit in ("working", "calendar"):
        found = reckon(CALENDAR, start=str(start), limit=str(n), unit=unit)
        assert [day.number for day in found.days() if day.number] == list(range(1, n + 1))


@given(
    st.text(max_size=30), st.text(max_size=8), st.text(max_size=8), st.text(max_size=30), st.text(max_size=8)
)
def test_nothing_that_can_be_typed_breaks_it(start, limit, unit, stop, extend):
    with pytest.raises(Unreadable):
        reckon(CALENDAR, start=start, limit=limit, unit="x" + unit, stops=[stop], extend=extend)
