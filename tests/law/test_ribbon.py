"""The drawing, checked against the mock page it must match and for what nobody may misread."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.law.calendar import Calendar, Notice, Words, load_calendar
from services.law.clock import SHANGHAI, Stop, due
from services.law.ribbon import case_ribbon, text_width

CALENDAR = load_calendar()
START, TODAY = date(2026, 11, 17), date(2026, 11, 25)
INSPECTION = Stop(date(2026, 11, 19), date(2026, 11, 23), "inspection")


@dataclass(frozen=True)
class Limit:
    n: int
    unit: str = "working_days"


def drawn(
    promised=5, statutory=10, *, start=START, stops=(INSPECTION,), today=TODAY, unit="working_days", **more
):
    def end(n):
        return n and due(Limit(n, unit), start, CALENDAR, stops=stops)

    return case_ribbon(start, end(promised), end(statutory), stops, today, CALENDAR, **more)


def label(ribbon, text):
    return next(label for label in ribbon.labels if label.text == text)


def test_it_is_the_ribbon_of_the_mock_page():
    ribbon = drawn()
    assert [(cell.x, cell.cls) for cell in ribbon.cells] == [
        (10, "start"),
        (36, "ran"),
        (62, "ran"),
        (88, "stopped"),
        (114, "off"),
        (140, "off"),
        (166, "stopped"),
        (192, "ran"),
        (218, "ran"),
        (244, "left"),
        (270, "left"),
        (296, "off"),
        (322, "off"),
        (348, "left"),
        (374, "left"),
        (400, "left"),
        (426, "left"),
    ]
    assert {cell.y for cell in ribbon.cells} == {26}
    assert [mark.path for mark in ribbon.diamonds] == [
        "M255 8 l7 7 l-7 7 l-7 -7z",
        "M437 8 l7 7 l-7 7 l-7 -7z",
    ]
    assert [mark.cls for mark in ribbon.diamonds] == ["promise", "legal"]
    assert (ribbon.today.x, ribbon.today.y1, ribbon.today.y2) == (242, 20, 54)
    assert (label(ribbon, "承诺办结").x, label(ribbon, "承诺办结").y) == (266, 19)
    assert (label(ribbon, "法定期限").x, label(ribbon, "法定期限").y) == (448, 19)
    assert (label(ribbon, "今天").x, label(ribbon, "今天").y, label(ribbon, "今天").anchor) == (
        229,
        80,
        "middle",
    )
    assert (label(ribbon, "11月").x, label(ribbon, "12月").x) == (10, 374)
    assert (ribbon.height, ribbon.rows, ribbon.title) == (88, 1, "办理时限")


def test_its_text_alternative_says_what_it_shows():
    assert drawn().desc == (
        "受理当天不计。已用 4 个工作日，检验暂停的 2 个工作日不计，承诺期限还剩 1 个工作日，法定期限还剩 6 个工作日。"
    )
    assert drawn(lang="en").desc == (
        "The day of acceptance is not counted. 4 working days used, 2 working days of inspection do not count, "
        "1 working day of the promised limit left, 6 working days of the statutory limit left."
    )


def test_a_clock_of_acceptance_has_its_own_words():
    ribbon = drawn(5, None, start=date(2026, 11, 18), stops=(), kind="acceptance")
    assert ribbon.desc == "收到申请当天不计。已用 5 个工作日，受理期限今天到期。"
    assert label(ribbon, "受理期限").y == 19


def test_a_cell_tells_its_date_number_and_reason():
    tips = [cell.tip for cell in drawn().cells]
    assert (tips[1], tips[3], tips[4]) == ("2026-11-18 1", "2026-11-20 检验", "2026-11-21 休息日")


def test_a_stopped_case_has_no_diamond_and_ends_today():
    ribbon = drawn(stops=[Stop(date(2026, 11, 19), None, "hearing")])
    assert ribbon.diamonds == ()
    assert ribbon.cells[-1].date == TODAY
    assert "承诺期限已暂停，剩余 3 个工作日" in ribbon.desc


def test_a_late_case_shows_the_days_it_is_late():
    ribbon = drawn(today=date(2026, 12, 8))
    assert [cell.date.day for cell in ribbon.cells if cell.late] == [4, 5, 6, 7, 8]
    assert "法定期限已超期 3 个工作日" in ribbon.desc
    assert not ribbon.cut


def test_a_case_late_for_a_year_is_cut_and_says_so():
    ribbon = drawn(start=date(2025, 3, 3), stops=(), today=TODAY)
    assert ribbon.cut
    assert ribbon.today is None
    assert len(ribbon.cells) < 60


def test_a_long_limit_wraps_into_whole_weeks():
    ribbon = drawn(20, 60, start=date(2026, 3, 2), today=date(2026, 4, 14), stops=())
    assert ribbon.rows > 1
    assert ribbon.height == 88 * ribbon.rows
    assert ribbon.width <= 10 + 28 * 26 + 20
    sundays = {cell.x for cell in ribbon.cells if cell.date.weekday() == 6}
    assert len(sundays) == 4
    assert ribbon.today.y1 > 88


def test_a_row_of_its_own_says_its_month():
    ribbon = drawn(20, 60, start=date(2026, 3, 2), today=date(2026, 4, 14), stops=())
    opening = [label for label in ribbon.labels if label.x == 10 and "月" in label.text]
    assert len(opening) == ribbon.rows


def test_forty_five_days_still_stand_in_one_row():
    assert drawn(44, None, unit="calendar_days", start=date(2026, 10, 13), stops=()).rows == 1
    assert drawn(45, None, unit="calendar_days", start=date(2026, 10, 13), stops=()).rows == 2


def test_a_limit_in_hours_is_drawn_as_its_day():
    start = datetime(2026, 11, 24, 16, 30, tzinfo=SHANGHAI)
    ribbon = drawn(2, None, start=start, today=start, stops=(), unit="working_hours", kind="order")
    assert [(cell.date.day, cell.cls) for cell in ribbon.cells] == [(24, "ran"), (25, "left")]
    assert ribbon.desc == "只计工作时间，回复期限还剩 2 个工作小时。"


def test_today_on_the_first_of_a_month_shares_its_label():
    texts = [label.text for label in drawn(today=date(2026, 12, 1)).labels]
    assert "12月 · 今天" in texts
    assert "12月" not in texts


def test_a_promise_equal_to_the_law_has_one_label():
    texts = [label.text for label in drawn(5, 5).labels]
    assert "承诺办结 · 法定期限" in texts
    assert {mark.x for mark in drawn(5, 5).diamonds} == {255}


def test_a_ribbon_needs_a_limit():
    with pytest.raises(ValueError, match="needs a limit"):
        drawn(None, None)


def _spans(ribbon):
    """Where each label and diamond begins and ends, by row."""
    for mark in ribbon.diamonds:
        yield mark.y + 4, mark.x - 7, mark.x + 7
    for text in ribbon.labels:
        width = text_width(text.text)
        left = text.x - {"start": 0, "middle": width // 2, "end": width}[text.anchor]
        yield text.y, left, left + width


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.dates(date(2026, 1, 5), date(2026, 8, 1)),
    st.integers(0, 80),
    st.sampled_from(["zh", "en"]),
    st.just(45),
)
@example(1, 2, START, 14, "zh", 45)  # today is a month's first and the last cell
@example(1, 29, date(2026, 4, 2), 28, "zh", 45)  # today opens a row, and the next day a month
@example(1, 29, date(2026, 4, 2), 28, "en", 45)
@example(1, 17, date(2026, 6, 3), 45, "en", 45)  # one name at the left edge, the other at the right
def test_no_label_runs_into_another_or_off_the_drawing(promised, statutory, start, days, lang, per_row):
    today = start + timedelta(days=days)
    ribbon = drawn(promised, statutory, start=start, stops=(), today=today, lang=lang, per_row=per_row)
    spans = sorted({span for span in _spans(ribbon)})
    for row, left, right in spans:
        assert 0 <= left < right <= ribbon.width, (row, left, right)
    for (row, _, right), (other, left, _) in pairwise(spans):
        assert row != other or right <= left + 3  # a name's width is an estimate on the safe side


def test_a_ribbon_that_was_drawn_before_is_drawn_again_for_other_terms():
    """Ribbons are kept. Clocks that stand still have no date to tell them apart, nor has a day off that was announced."""
    still = Stop(date(2026, 11, 19), None, "inspection")
    assert drawn(5, None, stops=(still,)).desc != drawn(9, None, stops=(still,)).desc
    assert drawn(today=TODAY).cells != drawn(today=TODAY + timedelta(days=1)).cells

    end = due(Limit(5), START, CALENDAR)
    off = Notice(2026, 9, "", {date(2026, 11, 18): Words("停工", "closed")}, frozenset(), "430199")
    closed = Calendar.of(CALENDAR.notices, [off])
    plain, local = (case_ribbon(START, end, None, (), TODAY, c) for c in (CALENDAR, closed))
    assert (plain.cells[1].cls, local.cells[1].cls) == ("ran", "off")


def test_hours_move_within_a_day():
    morning, noon = (datetime(2026, 11, 17, hour, 30, tzinfo=SHANGHAI) for hour in (9, 11))
    end = due(Limit(8, "working_hours"), morning, CALENDAR)
    before, after = (case_ribbon(START, end, None, (), now, CALENDAR).desc for now in (morning, noon))
    assert before != after
