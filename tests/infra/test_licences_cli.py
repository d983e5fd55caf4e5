"""Licences from the command line: the sweep by hand, and how one of them stands."""

from base64 import b64encode

import asyncpg
import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.seed.licences import handed_over
from infra.settings import Problem
from tests.conftest import wait_for
from tests.living import MORNING, Living
from tests.web import progress_world as world


@pytest.fixture
def number(own_database, tmp_path, monkeypatch) -> str:
    """A licence whose last day is long over, and the environment of a command beside it."""
    key = tmp_path / "keys" / "master.key"
    key.parent.mkdir()
    key.write_bytes(b64encode(b"k" * 32))  # the one that the district's people were registered under
    key.chmod(0o600)
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_DATABASE_URL", own_database.app)
    return wait_for(live(own_database, tmp_path))


async def live(urls, folder) -> str:
    living = await Living.move_in(urls.app, folder)
    no = await world.food(living, *world.GRANTED)
    await living.leave()
    conn = await asyncpg.connect(urls.app)
    number = await conn.fetchval(
        "UPDATE licence SET valid_until = '2025-01-31' WHERE case_no = $1 RETURNING number", no
    )
    await conn.close()
    return number


def licences(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["licences", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_sweep_says_what_it_did_and_the_next_finds_nothing_to_do(number):
    assert "1 expired" in licences("sweep")
    assert "0 licences looked at: 0 reminders, 0 expired" in licences("sweep")


def test_a_licence_is_shown_with_its_life(number):
    licences("sweep")
    said = licences("show", number)
    assert f"{number}  food-licence  expired" in said
    assert "issued" in said


def test_an_unknown_number_is_told_in_a_sentence(number):
    with pytest.raises(Problem, match="There is no licence JY1"):
        licences("show", "JY1")


def test_what_departments_hand_over_is_taken_in_once_and_a_wrong_file_not_at_all(number, tmp_path):
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.yaml"
    good.write_text(handed_over(MORNING), encoding="utf-8")
    bad.write_text("- {identifier: 1.2.156.3005.2.X, name: 证}", encoding="utf-8")
    assert "13 licences new, 0 changed" in licences("import", str(good))
    assert "0 licences new, 0 changed, 13 as they were" in licences("import", str(good))
    with pytest.raises(Problem, match="record 1, holder"):
        licences("import", str(bad))
