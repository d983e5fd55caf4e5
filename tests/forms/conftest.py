from collections.abc import Mapping
from pathlib import Path

import pytest

from forms import ITEMS_DIR, Item, load_items

ABSURD = Path(__file__).parent / "items"


@pytest.fixture(scope="session")
def items() -> Mapping[str, Item]:
    return {**load_items(ITEMS_DIR), **load_items(ABSURD)}


@pytest.fixture(scope="session")
def club(items: Mapping[str, Item]) -> Item:
    return items["tennis-club"]
