"""A database for people, through the running application's own role, and a vault."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from services.store.crypto import Vault
from services.store.db import Database

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CLEAR = "DELETE FROM account; DELETE FROM representation; DELETE FROM subject"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture(scope="module")
async def database(database_urls) -> AsyncIterator[Database]:
    made = await Database.open(database_urls.app, max_size=8)
    yield made
    await asyncio.wait_for(made.close(), 5)


@pytest.fixture
async def db(database: Database, database_urls) -> AsyncIterator[Database]:
    yield database
    owner = await asyncpg.connect(database_urls.owner)
    await owner.execute(CLEAR)
    await owner.close()
