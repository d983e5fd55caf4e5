"""A connection kept between uses: the same one while it is whole, another one as soon as it is not."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.store.db import Database
from services.store.lane import Lane
from tests.store.test_database import cut_all


async def pid(lane: Lane) -> int:
    async with lane.connection() as conn:
        return await conn.fetchval("SELECT pg_backend_pid()")


@pytest.fixture
async def lane(database_urls) -> AsyncIterator[Lane]:
    db = await Database.open(database_urls.app, max_size=1)
    lane = Lane(db)
    yield lane
    await lane.close()
    await db.close()


async def test_the_same_connection_serves_again_and_again(lane: Lane):
    assert len({await pid(lane) for _ in range(3)}) == 1


async def test_after_the_server_cut_it_the_next_use_works(lane: Lane, database_urls):
    before = await pid(lane)
    await cut_all(database_urls.superuser)
    assert await pid(lane) != before


async def test_a_statement_that_fails_is_told_as_it_is_and_the_next_one_works(lane: Lane):
    await pid(lane)
    with pytest.raises(asyncpg.DivisionByZeroError):
        async with lane.connection() as conn:
            await conn.fetchval("SELECT 1 / 0")
    assert await pid(lane)


async def test_whoever_leaves_in_the_middle_leaves_no_answer_behind(lane: Lane):
    async def slow() -> None:
        async with lane.connection() as conn:
            await conn.fetchval("SELECT 'not yours', pg_sleep(5)")

    leaves = asyncio.create_task(slow())
    await asyncio.sleep(0.2)
    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    async with asyncio.timeout(4):
        assert await pid(lane)


async def test_closed_it_opens_anew(lane: Lane):
    before = await pid(lane)
    await lane.close()
    assert await pid(lane) != before
