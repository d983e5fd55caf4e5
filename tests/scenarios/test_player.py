"""A story that goes otherwise than it says fails at the first step that does, and says what was found instead."""

import json
from pathlib import Path

import pytest

from infra.rehearse import Stage, engine, rehearse
from tests.infra.test_cli import onewindow
from tests.scenarios.conftest import INVENTED, SCENARIOS
from workflows.scenarios import Mismatch, Report, read_scenario

HEAD = """\
title: 食品经营许可
law: 行政许可法第三十二条
item: food-licence
story:
  - on: 2026-03-02 09:30
    file: 许可
"""


async def failure(stage: Stage, folder: Path, story: str) -> Mismatch:
    report = await played(stage, folder, story)
    assert report.failure is not None
    return report.failure


async def played(stage: Stage, folder: Path, story: str) -> Report:
    file = folder / "story.yaml"
    file.write_text(HEAD + story, encoding="utf-8")
    return await rehearse(stage, read_scenario(file)[0], engine("rehearsal"))


@pytest.mark.parametrize(
    ("step", "what", "found"),
    [
        ("expect: {stage: accepted}", "stage", "received"),
        ("expect: {task_due: 2026-03-10}", "task_due", "2026-03-09"),
        ("expect: {accepted_on: 2026-03-02}", "accepted_on", "none"),
        ("expect: {card: T02}", "card", "none"),
        ("expect: {no_event: submitted}", "no_event", "submitted"),
        ("expect: {document: acceptance}", "document", "receipt"),
        ("do: grant\n    by: director", "grant", "refused (not-"),
        ("do: accept\n    refused: not-expected", "accept", "done"),
        ("do: accept\n    by: nobody", "this step", "there is no nobody"),
        ("do: accept\n    with: {colour: red}", "this step", "`with: colour` is not a field of accept"),
        ("do: accept\n    case: 别的", "this step", "no case called 别的"),
    ],
)
async def test_the_first_step_that_comes_out_otherwise_is_named(stage, tmp_path, step, what, found):
    went = await failure(stage, tmp_path, f"  - on: 2026-03-03\n    {step}\n")
    assert went.index == 1
    assert went.unmet[0].what.startswith(what)
    assert found in went.unmet[0].found


async def test_a_firm_may_be_invented_for_one_story(stage, tmp_path):
    story = "    applicant: {person: 丁演练, firm: 湖南演练餐饮有限公司}\n  - on: 2026-03-04\n    do: withdraw\n    expect: {stage: withdrawn}\n"
    report = await played(stage, tmp_path, story)
    assert report.failure is None
    assert {row.who for row in report.rows if row.told and row.told.event.kind == "withdrawn"} == {"丁演练"}


async def test_whoever_claimed_a_case_goes_on_with_it(stage, tmp_path):
    """A colleague is told that it is taken; and who does what is not named is whose task it is."""
    story = (
        "  - {on: 2026-03-03 09:00, do: claim, by: clerk2}\n"
        "  - {on: 2026-03-03 09:05, do: accept, by: clerk, refused: claimed}\n"
        "  - {on: 2026-03-03 09:10, do: accept}\n"
    )
    report = await played(stage, tmp_path, story)
    assert report.failure is None
    assert [r.who for r in report.rows if r.told and r.told.event.kind == "accepted"] == ["吴窗口"]


def test_the_command_line_tells_a_story_and_fails_with_a_difference(tmp_path):
    good = SCENARIOS / "individual-business" / "decided-at-the-counter.yaml"
    bad = tmp_path / "bad.yaml"
    bad.write_text(good.read_text("utf-8").replace("stage: archived", "stage: concluded"), encoding="utf-8")
    answer = onewindow("rehearse", "--engine", "rehearsal", "--json", str(good), str(bad))
    assert answer.returncode == 1, answer.stderr
    first, second = map(json.loads, answer.stdout.splitlines())
    assert first["passed"]
    assert [e["event"] for e in first["timeline"] if e.get("event") in ("accepted", "granted")] == [
        "accepted",
        "granted",
    ]
    assert second["failure"]["unmet"] == [{"what": "stage", "expected": "concluded", "found": "archived"}]
    assert f"{bad}:{second['failure']['line']}: 2026-03-02 10:00" in answer.stderr
    assert "- expected  concluded" in answer.stderr
    assert "+ found     archived" in answer.stderr


def test_stories_bring_the_items_they_lie_beside_and_one_that_fails_stops_no_other(tmp_path):
    good = INVENTED / "scenarios" / "river-permit-renewal" / "thirty-days-before.yaml"
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD + "  - {on: 2026-03-03, expect: {stage: accepted}}\n", encoding="utf-8")
    answer = onewindow("rehearse", "--engine", "rehearsal", "-q", str(bad), str(good))
    assert answer.returncode == 1, answer.stderr
    assert "2 stories: 1 as told, 1 otherwise" in answer.stdout


def test_an_item_that_is_not_there_is_told_with_its_line(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD.replace("food-licence", "food-license"), encoding="utf-8")
    answer = onewindow("rehearse", str(bad))
    assert answer.returncode == 2
    assert f"{bad}:3: there is no item `food-license`: did you mean `food-licence`?" in answer.stderr


def test_a_story_that_cannot_be_read_starts_no_server(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEAD + "  - {on: 2026-03-03, doo: accept}\n", encoding="utf-8")
    answer = onewindow("rehearse", str(bad))
    assert answer.returncode == 2
    assert answer.stderr.strip() == f"{bad}:7: `doo` is not a known key: did you mean `do`?"
