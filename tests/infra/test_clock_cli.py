"""The legal clock on the command line: a date for a script, an explanation for a person, one line for a mistake."""

import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.settings import Problem


def clock(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["clock", "due", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def refused(*arguments: str) -> str:
    with pytest.raises(Problem) as no:
        clock(*arguments)
    return str(no.value)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("--start 2025-01-20 --limit 20 --unit working", "2025-02-21"),
        ("--start 2025-01-20 --limit 20", "2025-02-21"),
        ("--start 2025-04-21 --limit 20 --extend 10", "2025-06-05"),
        ("--start 2025-05-12 --limit 20 --stop 2025-05-19..2025-06-05", "2025-06-26"),
        (
            "--start 2025-05-12 --limit 20 --stop 2025-05-19..2025-05-28 --stop hearing:2025-05-26..2025-06-05",
            "2025-06-26",
        ),
        ("--start 2025-08-08 --limit 60 --unit calendar", "2025-10-09"),
        ("--start 2025-12-31 --limit 1 --unit months", "2026-02-02"),
        ("--start 2026-11-24T16:30 --limit 2 --unit hours", "2026-11-25 10:30"),
        ("--start 2026-11-24 --limit 60", "2027-02-17 provisional"),
        ("--start 2026-11-17 --limit 5 --stop 2026-11-19..", "stopped"),
    ],
)
def test_the_date_stands_alone_on_its_line(line, printed):
    assert clock(*line.split()) == printed + "\n"


def test_explained_it_adds_the_sentence_and_every_day():
    date, sentence, heading, *days = clock("--start", "2025-01-20", "--limit", "20", "--explain").splitlines()
    assert (date, heading.split()) == ("2025-02-21", ["date", "no."])
    assert sentence.endswith("2 working weekend days counted; due Friday 2025-02-21.")
    assert len(days) == 33
    assert days[6].split() == ["2025-01-26", "Sun", "5", "counted", "working", "weekend"]
    assert days[-1].split() == ["2025-02-21", "Fri", "20", "due"]


def test_it_explains_in_chinese_too():
    line = "--start 2025-05-12 --limit 20 --explain --lang zh --stop expert_review:2025-05-19..2025-06-05"
    assert "专家评审暂停的 12 个工作日不计" in clock(*line.split())


def test_a_mistake_is_one_line_that_says_what_is_wrong():
    assert refused("--start", "2025-02-30", "--limit", "20") == (
        "The start is not a date: write it as 2025-01-20 or 2025-01-20 09:30"
    )
    both = refused("--limit", "soon", "--start", "2025-01-20", "--stop", "2025-02-01")
    assert "The limit must be a whole number from 0 to 366; Stop 1: give the dates" in both
    assert "\n" not in both
    assert refused("--start", "2025-01-20", "--limit", "1", "--lang", "fr") == "--lang: choose en or zh"
    assert refused() == "Give the start, as 2025-01-20; The limit must be a whole number from 0 to 366"
