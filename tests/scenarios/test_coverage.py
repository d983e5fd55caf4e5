"""Every scenario and every trap that the domain names has a story, and docs/scenarios.md says which.

The table there is the list: what it leaves out is not covered, and what it names must exist and be played.
"""

import re
from pathlib import Path

import pytest

from tests.scenarios.conftest import STORIES

DOCS = Path(__file__).parent.parent.parent / "docs" / "scenarios.md"
SCENARIOS = {f"S{n}" for n in range(1, 16)}
TRAPS = {str(n) for n in range(1, 26)}
_ROW = re.compile(r"^\| (S?\d+) \| [^|]+ \| (.+) \|$", re.MULTILINE)


def table() -> dict[str, list[str]]:
    return {no: re.findall(r"`([^`]+)`", stories) for no, stories in _ROW.findall(DOCS.read_text("utf-8"))}


def test_every_scenario_and_every_trap_has_its_row():
    assert table().keys() == SCENARIOS | TRAPS


@pytest.mark.parametrize("no", sorted(table(), key=lambda no: (no.isdigit(), int(no.strip("S")))))
def test_a_row_names_stories_that_are_played(no: str):
    named = table()[no]
    assert named
    assert set(named) <= STORIES.keys()


def test_the_stories_of_a_trap_are_named_by_its_number():
    """A reader who comes from the list finds the file, and one who finds the file finds the list."""
    for name in (name for name in STORIES if name.startswith("traps/")):
        number = str(int(name.removeprefix("traps/")[:2]))
        assert name in table().get(number, []), f"{name}: add it to row {number} of {DOCS.name}"
