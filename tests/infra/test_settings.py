"""A setting that is wrong or missing is named."""

from pathlib import Path

import pytest

from infra.settings import Problem, Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "ONEWINDOW_DATABASE_URL", "ONEWINDOW_HOME", "ONEWINDOW_PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONEWINDOW_PORT", "eighty"),
        ("ONEWINDOW_PORT", "70000"),
        ("ONEWINDOW_LANG", "fr"),
        ("ONEWINDOW_DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "localhost"),
        ("ONEWINDOW_SCANNER", "clamav"),
        ("ONEWINDOW_SCANNER_DOWN", "ignore"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Problem, match=name):
        Settings.load()


def test_a_missing_setting_is_named_when_it_is_needed() -> None:
    with pytest.raises(Problem, match="ONEWINDOW_TEMPORAL_ADDRESS"):
        Settings.load(database_url="postgresql://u@h/d").need("database_url", "temporal_address")


def test_either_name_of_the_database_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://u:p@h/plain")
    assert Settings.load().database_url == "postgresql://u:p@h/plain"
    monkeypatch.setenv("ONEWINDOW_DATABASE_URL", "postgres://u:p@h/own")
    assert Settings.load().database_url == "postgresql://u:p@h/own"


def test_what_is_not_set_lives_in_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONEWINDOW_HOME", str(tmp_path))
    monkeypatch.setenv("ONEWINDOW_PORT", "8123")
    settings = Settings.load()
    assert settings.files_url == (tmp_path / "files").as_uri()
    assert settings.key_file.is_relative_to(tmp_path)
    assert settings.base_url == "http://127.0.0.1:8123"


def test_a_child_reads_the_same_settings_and_not_the_owners_password(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.load(
        database_url="postgresql://app@h/d", owner_database_url="postgresql://owner@h/d", demo=True
    )
    environment = settings.environment()
    assert "postgresql://owner@h/d" not in environment.values()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Settings.load() == settings.model_copy(update={"owner_database_url": ""})
