"""Numbered schema revisions, applied by the owner's role, one process at a time."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

HERE = Path(__file__).parent
LOCK = 0x1D0E_0001  # advisory: two deployments at once take turns
APP_ROLE = "onewindow_app"


async def migrate(owner_url: str) -> str | None:
    """Bring the schema to the head in one transaction; return the revision it is at."""
    await _on_connection(owner_url, _upgrade)
    return await current_revision(owner_url)


async def current_revision(url: str) -> str | None:
    """None: nothing was ever migrated. Any role that may read `alembic_version` may ask."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        return await connection.fetchval("SELECT version_num FROM alembic_version")
    finally:
        await connection.close()


def head_revision() -> str | None:
    """What this code expects of the schema."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def differences(url: str) -> list[object]:
    """Between the migrated schema and the declared tables; empty when they agree."""
    return await _on_connection(url, _compare)


async def _on_connection(url: str, work):
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=pool.NullPool
    )
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    """Wait a minute for another migration, but seconds for a table: a queue behind us would stop the counters."""
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    connection.execute(text("SET LOCAL statement_timeout = '10min'"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APP_ROLE})
    if known.scalar() and connection.scalar(text("SELECT to_regclass('alembic_version')")):
        # The running parts refuse to start on a schema they do not know.
        connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP_ROLE}"))


def _compare(connection: Connection) -> list[object]:
    from services.store.tables import metadata

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, metadata)


def _config() -> Config:
    """No alembic.ini: one place less to say where things are, and no logging set up behind our back."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
