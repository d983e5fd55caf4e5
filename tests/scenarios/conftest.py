"""One furnished stage a run; every story gets a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms import ITEMS_DIR
from infra.rehearse import SCENARIOS, Stage, engine, rehearse
from tests.conftest import wait_for
from workflows.scenarios import Report, read_scenario

HERE = Path(__file__).parent
TRAPS, CARDS, INVENTED = HERE / "traps", HERE / "cards", HERE / "items"
FOLDERS = (SCENARIOS, TRAPS, CARDS, INVENTED / "scenarios")
FILES = sorted(p for f in FOLDERS for p in f.rglob("*.yaml") if p.name != "filing.yaml")
STORIES = {f"{path.parent.name}/{path.stem}": read_scenario(path) for path in FILES}


_played: dict[str, Report] = {}


async def played(stage: Stage, name: str) -> Report:
    """On the engine in this process: once a run, and the same for whoever compares with it."""
    if name not in _played:
        _played[name] = await rehearse(stage, STORIES[name][0], engine("rehearsal"))
    return _played[name]


@pytest.fixture(scope="session")
def stage(postgres, template_database) -> Iterator[Stage]:
    items = (ITEMS_DIR, INVENTED)
    return wait_for(Stage.furnish(postgres.home, migrated=template_database, items=items))
