from dataclasses import dataclass
from datetime import date, datetime

import pytest

from services.law.calendar import load_calendar
from services.law.clock import SHANGHAI, Stop, explain

CALENDAR = load_calendar()
START, TODAY = date(2026, 11, 17), date(2026, 11, 25)
INSPECTION = Stop(date(2026, 11, 19), date(2026, 11, 23), "inspection")


@dataclass(frozen=True)
class Limit:
    n: int
    unit: str = "working_days"


def told(n=5, unit="working_days", *, start=START, today=TODAY, stops=(INSPECTION,)):
    return explain(Limit(n, unit), start, CALENDAR, stops=stops, today=today)


def test_each_day_says_what_it_was():
    kinds = [(day.date.day, day.kind, day.number) for day in told().days]
    assert kinds == [
        (17, "start", None),
        (18, "used", 1),
        (19, "used", 2),
        (20, "stopped", None),
        (21, "off", None),
        (22, "off", None),
        (23, "stopped", None),
        (24, "used", 3),
        (25, "used", 4),
        (26, "due", 5),
    ]


def test_each_day_says_why():
    notes = {day.date.day: day.note.zh for day in told().days}
    assert (notes[17], notes[18], notes[20], notes[21]) == ("受理当天不计", "", "检验", "休息日")
    festival = {day.date: day.note for day in told(5, start=date(2026, 2, 10), stops=()).days}
    assert festival[date(2026, 2, 14)].zh == "调休上班"
    assert festival[date(2026, 2, 17)].en == "Spring Festival"


def test_one_sentence_says_it_in_chinese_and_english():
    assert told().sentence() == (
        "受理当天不计。已用 4 个工作日，检验暂停的 2 个工作日不计，还剩 1 个工作日，2026年11月26日（周四）到期。"
    )
    assert told().sentence("en") == (
        "The day of acceptance is not counted. 4 working days used, 2 working days of inspection do not count, "
        "1 working day left; due Thursday 2026-11-26."
    )


@pytest.mark.parametrize(
    ("today", "zh", "en"),
    [
        (date(2026, 11, 26), "今天到期", "the limit ends today"),
        (date(2026, 12, 1), "已超期 3 个工作日", "3 working days past the limit"),
    ],
)
def test_the_sentence_knows_the_last_day_and_lateness(today, zh, en):
    assert zh in told(today=today).sentence()
    assert en in told(today=today).sentence("en")


def test_late_days_are_not_called_used():
    assert "已用 5 个工作日" in told(today=date(2026, 12, 10)).sentence()


def test_a_stopped_clock_says_what_is_left_and_no_date():
    stopped = told(stops=[Stop(date(2026, 11, 19), None, "hearing")])
    assert (
        stopped.sentence()
        == "受理当天不计。已用 2 个工作日，听证暂停的 4 个工作日不计，已暂停，剩余 3 个工作日。"
    )
    assert "the clock is stopped with 3 working days left." in stopped.sentence("en")
    assert stopped.days[-1].date == TODAY


def test_two_procedures_on_one_day_stop_it_once():
    both = told(stops=[INSPECTION, Stop(date(2026, 11, 20), date(2026, 11, 24), "hearing")]).sentence()
    assert "检验暂停的 2 个工作日不计，听证暂停的 1 个工作日不计" in both


def test_a_date_in_a_year_without_a_calendar_says_that_it_may_move():
    assert "日期可能调整" in told(40).sentence()
    assert "provisional" in told(40).sentence("en")


def test_a_calendar_limit_counts_weekends_and_shows_the_rollover():
    days = told(11, "calendar_days", stops=()).days
    assert [(day.kind, day.number) for day in days[-3:]] == [("left", 11), ("left", 12), ("due", 13)]


def test_a_limit_in_hours_names_the_minute():
    start = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
    order = told(2, "working_hours", start=start, today=start, stops=())
    assert order.sentence() == "只计工作时间，还剩 2 个工作小时，2026年11月25日（周三） 10:30到期。"


def test_hours_run_on_the_day_of_the_start_too():
    start = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
    days = told(2, "working_hours", start=start, today=start, stops=()).days
    assert [(day.date.day, day.kind, day.number) for day in days] == [(24, "used", 1), (25, "due", 2)]
