"""Migrations run as the owner, one at a time, and everybody can tell where the schema stands."""

import asyncio

import asyncpg
import pytest

from infra.migrations import current_revision, differences, head_revision, migrate
from infra.run import check_schema
from infra.settings import Problem


async def test_a_migrated_database_is_at_the_head_and_the_application_can_tell(database_urls) -> None:
    assert await current_revision(database_urls.owner) == head_revision()
    assert await current_revision(database_urls.app) == head_revision()
    await check_schema(database_urls.app)


async def test_migrating_again_and_twice_at_once_changes_nothing(database_urls) -> None:
    found = await asyncio.gather(migrate(database_urls.owner), migrate(database_urls.owner))
    assert found == [head_revision()] * 2


async def test_the_application_may_not_migrate(database_urls) -> None:
    connection = await asyncpg.connect(database_urls.app)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("CREATE TABLE mine ()")
    await connection.close()


async def test_an_unknown_revision_stops_a_part_at_the_door(database_urls) -> None:
    connection = await asyncpg.connect(database_urls.owner)
    await connection.execute("UPDATE alembic_version SET version_num = 'ancient'")
    try:
        with pytest.raises(Problem, match=r"at revision ancient.*onewindow migrate"):
            await check_schema(database_urls.app)
    finally:
        await connection.execute("UPDATE alembic_version SET version_num = $1", head_revision())
        await connection.close()


async def test_the_migrated_schema_is_what_the_tables_declare(database_urls) -> None:
    assert await differences(database_urls.owner) == []
