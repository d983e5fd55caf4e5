"""Items from the command line: what publishing freezes, what a guide says, and closing an item with a reason."""

import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.settings import Problem
from services.store.crypto import Vault


@pytest.fixture
def store(own_database, tmp_path, monkeypatch) -> None:
    """A migrated store in which nothing was published, and the environment of a command beside it."""
    (tmp_path / "files").mkdir()
    Vault.from_key_file(tmp_path / "keys" / "master.key", create=True)
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_DATABASE_URL", own_database.app)


def items(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["items", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_publishing_says_what_it_freezes_once(store):
    assert "food-licence, version 2 (in force from 2026-01-01), SM3 " in items("publish", "--dry-run")
    frozen = items("publish")
    assert "food-licence, version 2" in frozen
    assert "0 versions are frozen" in items("publish")
    assert "nothing that an applicant or a clerk would notice" in items("diff", "food-licence")
    assert "食品经营许可（餐饮服务，新办）" in items("show", "food-licence", "--version", "2")


def test_an_item_is_closed_and_opened_with_a_reason_that_its_history_keeps(store):
    items("publish")
    assert "food-licence: suspended since" in items("suspend", "food-licence", "--reason", "系统升级")
    with pytest.raises(Problem, match="那天已经不在办理"):
        items("suspend", "food-licence", "--reason", "系统升级")
    assert "food-licence: in use" in items("resume", "food-licence", "--reason", "升级完成")
    told = items("history", "food-licence")
    assert told.index("published 2") < told.index("系统升级") < told.index("升级完成")
    with pytest.raises(Problem, match="没有这个事项"):
        items("withdraw", "tennis-club", "--reason", "误")


def test_a_guide_is_text_and_a_new_item_begins_with_blanks(tmp_path):
    assert "Licence" in items("show", "food-licence", "--lang", "en")
    assert '"code": "food-licence"' in items("show", "food-licence", "--json")
    to = tmp_path / "tea-house.yaml"
    items("new", "tea-house", "--like", "individual-business", "--to", str(to))
    assert "catalog_code: ''" in to.read_text(encoding="utf-8")
    with pytest.raises(Problem, match="there already"):
        items("new", "tea-house", "--like", "individual-business", "--to", str(to))
    with pytest.raises(Problem, match="There is no item tennis-club"):
        items("new", "tea-house", "--like", "tennis-club", "--to", str(tmp_path / "b.yaml"))
