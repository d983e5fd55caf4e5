"""A database for people, empty again after each test."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from services.store.db import Database

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CLEAR = "DELETE FROM account; DELETE FROM representation; DELETE FROM subject"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
async def db(database: Database, database_urls) -> AsyncIterator[Database]:
    yield database
    owner = await asyncpg.connect(database_urls.owner)
    await owner.execute(CLEAR)
    await owner.close()
