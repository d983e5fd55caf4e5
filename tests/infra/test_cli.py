"""The command line says what is wrong in a sentence, and ends with a code that a script can use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.servers import Home

ROOT = Path(__file__).parents[2]


def onewindow(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.endswith("DATABASE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "infra.cli", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("part", ["web", "migrate", "seed"])
def test_a_part_without_its_database_says_which_setting_is_missing(home: Home, part: str) -> None:
    answer = onewindow(part, ONEWINDOW_HOME=str(home.path))
    assert answer.returncode == 2
    assert "DATABASE_URL is not set" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_is_one_sentence(home: Home) -> None:
    answer = onewindow("doctor", ONEWINDOW_HOME=str(home.path), ONEWINDOW_PORT="eighty")
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "ONEWINDOW_PORT" in answer.stderr


def test_a_second_up_in_the_same_home_is_refused(home: Home) -> None:
    home.lock()
    answer = onewindow("up", ONEWINDOW_HOME=str(home.path))
    home.unlock()
    assert answer.returncode == 2
    assert "already runs" in answer.stderr


def test_an_unknown_item_is_answered_with_those_there_are(home: Home) -> None:
    answer = onewindow("items", "show", "tennis-club")
    assert answer.returncode == 2
    assert "There is no item tennis-club" in answer.stderr


def test_a_limit_that_cannot_be_read_is_one_line_and_code_2() -> None:
    answer = onewindow("clock", "due", "--start", "tomorrow", "--limit", "20")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith("onewindow: The start is not a date")
