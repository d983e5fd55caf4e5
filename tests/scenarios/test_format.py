"""A story that can't be read says in which file, in which line, and what to write instead."""

from pathlib import Path

import pytest

from services.law.commands import COMMANDS
from services.law.rules import RULES
from services.law.stages import Stage
from tests.scenarios.conftest import STORIES
from web import wording
from workflows.scenarios import BadScenario, read_scenario

GOOD = """\
title: 当场登记
law: 市场主体登记管理条例第十九条
item: individual-business
story:
  - on: 2026-03-02 09:30
    file: 登记
  - on: 2026-03-02
    do: accept
    expect: {stage: accepted}
"""


def remarks(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "story.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadScenario) as bad:
        read_scenario(file)
    return [message.removeprefix(f"{file}:") for message in bad.value.messages]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("expect: {stage", "expects: {stage", "9: `expects` is not a known key: did you mean `expect`?"),
        ("{stage: accepted}", "{stagе: accepted}", "9: `stagе` is not a known key: did you mean `stage`?"),
        ("do: accept", "do: acept", "8: `acept` is not an act: did you mean `accept`?"),
        ("law: 市场主体登记管理条例第十九条\n", "", "1: `law` is missing: add it"),
        ("2026-03-02 09:30", "2026-02-30 09:30", "5: `on` is not a moment: write 2025-05-12 or 2025-05-12 09:30"),
        ("    file: 登记\n", "", "5: the step says nothing: add `file`, `do`, `expect` or `note`"),
        ("    file: 登记\n", "    file: 登记\n    file: 再登记\n", "7: `file` is written twice: keep one"),
        ("2026-03-02\n", "2026-03-01\n", "7: 2026-03-01 09:00 is before the step above it: put them in order"),
        ("{stage: accepted}", "{stage: acepted}", "9: there is no stage `acepted`: did you mean `accepted`?"),
        ("{stage: accepted}", "{no_card: Z55}", "9: there is no card `Z55`: use one of "),
        ("    do: accept\n", "    revoke: {who: 丁}\n", "8: `for` is missing: add it"),
        ("do: accept\n", "do: accept\n    file: 二\n", "7: the step has both `file` and `do`: make it two steps"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_its_remedy(tmp_path, wrong: str, right: str, said: str):
    assert wrong in GOOD
    assert any(remark.startswith(said) for remark in remarks(tmp_path, GOOD.replace(wrong, right, 1)))


def test_a_file_that_is_no_story_is_told_from_one_with_a_slip(tmp_path):
    file = tmp_path / "item.yaml"
    file.write_text("code: food-licence\nversion: 1\n", encoding="utf-8")
    with pytest.raises(BadScenario, match="is not a scenario"):
        read_scenario(file)


def test_a_day_without_an_hour_is_nine_o_clock_or_goes_on_where_the_step_before_was(tmp_path):
    file = tmp_path / "story.yaml"
    file.write_text(GOOD + "  - {on: 2026-03-03, note: 第二天}\n", encoding="utf-8")
    hours = [f"{step.on:%d %H:%M}" for step in read_scenario(file)[0].story]
    assert hours == ["02 09:30", "02 09:30", "03 09:00"]


def test_yes_no_and_on_are_words(tmp_path):
    """YAML 1.1 would read them as true and false."""
    file = tmp_path / "story.yaml"
    file.write_text(
        GOOD.replace("do: accept", "do: record_callback\n    with: {solved: no}"), encoding="utf-8"
    )
    assert read_scenario(file)[0].story[1].values == {"solved": "no"}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_names_only_what_there_is(name: str):
    """What a story rules out must exist, or it would be ruled out for ever."""
    for step in STORIES[name][0].story:
        if want := step.expect:
            assert {*want.card, *want.no_card} <= RULES.keys()
            assert {*want.no_event} <= KNOWN_EVENTS
            assert want.stage is None or Stage(want.stage)


# Words for it, a command that writes it, or a story in which it happens.
KNOWN_EVENTS = (
    wording._EVENTS.keys()
    | {c.event for c in COMMANDS.values()}
    | {e for story, _ in STORIES.values() for step in story.story if step.expect for e in step.expect.event}
)
