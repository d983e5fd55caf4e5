"""Every import arrow points down: the contracts of pyproject.toml, run as a test."""

from pathlib import Path

from click.testing import CliRunner
from importlinter.cli import lint_imports_command

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    answer = CliRunner().invoke(lint_imports_command, ["--no-cache"])
    assert answer.exit_code == 0, answer.output
