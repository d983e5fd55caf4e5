"""A notice from the command line: what it would move, loading it, and a sentence for a bad one."""

import base64
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.settings import Problem
from services.store.crypto import Vault
from tests.cases.announced import NOTICE, survey
from tests.conftest import wait_for
from tests.living import KEY, Living

FILE = str(Path(__file__).parents[1] / "cases" / "notices" / "2027.yaml")


@pytest.fixture
def town(own_database, tmp_path, monkeypatch) -> dict[str, str]:
    """A district with one running case, and the environment of a command beside it."""
    keys = tmp_path / "keys" / "master.key"
    Vault.from_key_file(keys, create=True)
    keys.write_bytes(base64.b64encode(KEY))  # the command opens what the district sealed
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_DATABASE_URL", own_database.app)
    return {"url": own_database.app, "case": wait_for(live(own_database.app, tmp_path))}


async def live(url: str, folder: Path) -> str:
    living = await Living.move_in(url, folder)
    no = await survey(living)
    await living.leave()
    return no


def calendar(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["calendar", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_dry_run_says_what_would_move_and_keeps_nothing(town):
    said = calendar("load", FILE, "--dry-run")
    assert f"{town['case']}  promised 2027-02-09 00:00 -> 2027-02-13 00:00" in said
    assert "1 of 1 open cases would move" in said
    assert "2027" not in calendar("list")


def test_loading_puts_the_year_in_force_and_counts_every_open_date_again(town):
    assert "2027 edition 1 is in force: 2004-2027.1" in calendar("load", FILE)
    assert "虚构的2027年放假安排" in calendar("list")
    assert calendar("show", "2027") == NOTICE
    assert "0 open cases counted again here" in calendar("load", FILE)

    assert wait_for(signed(town)) == ["system"]


async def signed(town: dict[str, str]) -> list[str]:
    conn = await asyncpg.connect(town["url"])
    try:
        rows = await conn.fetch(
            "SELECT actor_id FROM case_event WHERE kind = 'recounted' AND case_no = $1", town["case"]
        )
        return [r["actor_id"] for r in rows]
    finally:
        await conn.close()


def test_a_bad_notice_and_a_missing_year_are_one_sentence(town, tmp_path):
    (tmp_path / "bad.yaml").write_text(NOTICE.replace("2027-10-07", "2027-10-02"))
    with pytest.raises(Problem, match="缺少 2027-10-03"):
        calendar("load", str(tmp_path / "bad.yaml"))
    with pytest.raises(Problem, match="cannot be read"):
        calendar("load", str(tmp_path / "nothing.yaml"))
    with pytest.raises(Problem, match="No notice for 2031"):
        calendar("show", "2031")
