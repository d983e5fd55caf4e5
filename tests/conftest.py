"""Real servers for tests: one PostgreSQL and one Temporal a run, a fresh migrated database a module."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import settings

from infra.embedded import database_url
from infra.migrations import migrate
from infra.servers import Home, Postgres, Temporal
from services.store.crypto import Vault
from services.store.db import Database

# CI decides about a change, so the same change gets the same examples; at a desk they are new ones each time.
# Machines are shared: an example that took long says nothing about the code.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Tests kill processes, not machines: what the kernel holds survives, so nothing waits for the disk.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
_numbers = count(1)


@dataclass(frozen=True)
class DatabaseUrls:
    app: str
    owner: str
    superuser: str


def make_home() -> Home:
    """pytest's own tmp_path is closed to others, and as root the server runs as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="onewindow-"))
    folder.chmod(0o755)
    return Home(folder / "home").prepare()


def remove_home(home: Home) -> None:
    shutil.rmtree(home.path.parent, ignore_errors=True)


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home for a test that starts servers of its own; the test stops them."""
    made = make_home()
    yield made
    remove_home(made)


@pytest.fixture(scope="session")
def server_home() -> Iterator[Home]:
    made = make_home()
    yield made
    remove_home(made)


@pytest.fixture(scope="session")
def postgres(server_home: Home) -> Iterator[Postgres]:
    """The shared server; a test that kills one starts its own in `home`."""
    server = Postgres(server_home, tuning=QUICK)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_database(postgres: Postgres) -> str:
    """Migrated once; nobody may stay connected to it, since it is copied."""
    wait_for(migrate(database_url(postgres.home, "owner")))
    return "onewindow"


@pytest.fixture(scope="module")
def database_urls(postgres: Postgres, template_database: str) -> Iterator[DatabaseUrls]:
    """A fresh migrated database for this module."""
    with _copied(postgres, template_database) as urls:
        yield urls


@pytest.fixture
def own_database(postgres: Postgres, template_database: str) -> Iterator[DatabaseUrls]:
    """A fresh migrated database for one test: where something happens to the whole store."""
    with _copied(postgres, template_database) as urls:
        yield urls


@pytest.fixture(scope="module")
async def database(database_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """Through the running application's own role."""
    made = await Database.open(database_urls.app, max_size=8)
    yield made
    await asyncio.wait_for(made.close(), 5)


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@contextmanager
def _copied(postgres: Postgres, template_database: str) -> Iterator[DatabaseUrls]:
    name = f"module_{next(_numbers)}"
    admin = database_url(postgres.home, "superuser", "postgres")
    wait_for(execute(admin, f"CREATE DATABASE {name} TEMPLATE {template_database} OWNER onewindow_owner"))
    yield DatabaseUrls(*(database_url(postgres.home, role, name) for role in ("app", "owner", "superuser")))
    wait_for(execute(admin, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def temporal_address(server_home: Home) -> Iterator[str]:
    """The shared development server; workflow ids and task queues are the test's to keep apart."""
    server = Temporal(server_home)
    server.start()
    yield server.address
    server.stop()


async def execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def wait_for(work: Coroutine[Any, Any, Any]) -> Any:
    """On a loop of another thread, so that it neither needs nor disturbs the loop of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
