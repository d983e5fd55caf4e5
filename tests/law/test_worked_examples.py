"""The worked examples, as a lawyer counts them on paper: situation, article, and the date it must come to.

Licence Law arts 32, 42, 44-48 and 82; Civil Code arts 201-203; Administrative Reconsideration Law art. 20.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from services.law.calendar import load_calendar
from services.law.clock import Stop, back, used
from services.law.reckoning import reckon
from services.law.reckoning_words import sentence

CALENDAR = load_calendar()


@dataclass(frozen=True)
class Example:
    situation: str
    start: str
    limit: int
    due: str
    unit: str = "working"
    extend: int = 0
    stop: str = ""
    because: tuple[str, ...] = ()  # what the sentence must say


EXAMPLES = [
    Example(
        "1 a licence accepted a week before the Spring Festival has 20 days: eight days off, two make-up days count",
        "2025-01-20", 20, "2025-02-21", because=("休息日和节假日 12 天不计", "调休上班的 2 天照算"),
    ),
    Example(
        "3 a promise of 5 days over the Spring Festival of 2026: the make-up Saturday counts, nine days off do not",
        "2026-02-10", 5, "2026-02-24", because=("调休上班的 1 天照算",),
    ),
    Example("4 corrections must be asked for within 5 days of receipt", "2025-01-24", 5, "2025-02-07"),
    Example("5 nobody reacts within 5 days of receipt: that day passes", "2025-09-26", 5, "2025-10-10"),
    Example(
        "5 silence is acceptance as of the day of receipt: the 20 days run from there",
        "2025-09-26", 20, "2025-10-30",
    ),
    Example("6 a decision in 20 days, Labour Day and a make-up Sunday between", "2025-04-21", 20, "2025-05-21"),
    Example(
        "6 extended by 10 days before expiry: the limit is 30 days from the same start",
        "2025-04-21", 20, "2025-06-05", extend=10, because=("30 个工作日（含延长的 10 个工作日）",),
    ),
    Example("7 a decision in 20 days without an expert review", "2025-05-12", 20, "2025-06-10"),
    Example(
        "7 an expert review from 19 May to 5 June is not counted",
        "2025-05-12", 20, "2025-06-26", stop="expert_review:2025-05-19..2025-06-05",
        because=("专家评审暂停的 12 个工作日不计",),
    ),
    Example("11 told of the right to a hearing, one asks for it within 5 days", "2025-06-27", 5, "2025-07-04"),
    Example("11 a hearing asked for is held within 20 days", "2025-07-03", 20, "2025-07-31"),
    Example("13 a construction permit in 7 days over Labour Day", "2026-04-28", 7, "2026-05-11"),
    Example("14 filed online on a Saturday: received on that Saturday", "2025-11-15", 5, "2025-11-21"),
    Example(
        "15 sixty days for reconsideration end on National Day: they go on to the first working day after it",
        "2025-08-08", 60, "2025-10-09", unit="calendar", because=("2025年10月7日（周二）是休息日，顺延",),
    ),
    Example("17 a hotline order before Mid-Autumn: the make-up Sunday counts", "2026-09-18", 5, "2026-09-24"),
    Example("18 received at the counter on a make-up Saturday", "2025-10-11", 5, "2025-10-17"),
    Example("19 a sole trader registers before Qingming", "2026-04-03", 3, "2026-04-09"),
    Example("a limit over the Spring Festival of 2024: make-up Sunday the 18th counts", "2024-02-05", 10, "2024-02-23"),
    Example("an epidemic lengthened the Spring Festival of 2020 to 2 February", "2020-01-20", 5, "2020-02-04"),
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.situation)
def test_worked_example(example):
    found = reckon(
        CALENDAR, start=example.start, limit=str(example.limit), unit=example.unit, extend=str(example.extend),
        stops=[example.stop] if example.stop else [],
    )  # fmt: skip
    assert str(found.due.on) == example.due
    assert not found.due.provisional
    for words in example.because:
        assert words in sentence(found)


@pytest.mark.parametrize(
    ("mistake", "start", "limit", "wrong", "right"),
    [
        ("5 the decision counted from the missed deadline", "2025-10-10", 20, "2025-11-06", "2025-10-30"),
        ("14 receipt put off to the Monday", "2025-11-17", 5, "2025-11-24", "2025-11-21"),
    ],
)
def test_the_tempting_answer_is_later_than_the_law_allows(mistake, start, limit, wrong, right):
    found = reckon(CALENDAR, start=start, limit=str(limit)).due.on
    assert str(found) == wrong > right


def test_example_7_five_days_were_used_and_twelve_stopped():
    start, review = date(2025, 5, 12), Stop(date(2025, 5, 19), date(2025, 6, 5), "expert_review")
    assert used(start, date(2025, 6, 5), CALENDAR, [review]) == 5
    assert used(start, date(2025, 6, 5), CALENDAR) - 5 == 12


def test_example_11_the_notice_of_a_hearing_is_counted_backwards():
    """Licence Law art. 48: seven working days before the hearing."""
    assert back(7, date(2025, 7, 25), CALENDAR) == date(2025, 7, 16)
