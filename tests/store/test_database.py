import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count

import asyncpg
import pytest

from infra.embedded import database_url
from infra.servers import Postgres
from services.errors import Unavailable
from services.store.db import Database, plain_url


async def sleepers(db: Database, n: int) -> None:
    """Fill the pool with n idle connections."""

    async def hold() -> None:
        async with db.connection() as conn:
            await conn.execute("SELECT pg_sleep(0.05)")

    await asyncio.gather(*(hold() for _ in range(n)))


async def cut_all(url: str) -> None:
    admin = await asyncpg.connect(url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'onewindow'"
    )
    await admin.close()


async def test_json_comes_back_as_it_went_and_times_are_aware(db):
    async with db.connection() as conn:
        told = {"姓名": ["陈", 1, None], "deep": {"a": True}}
        assert await conn.fetchval("SELECT $1::jsonb", told) == told
        when = datetime(2026, 11, 24, 2, tzinfo=UTC)
        assert await conn.fetchval("SELECT $1::timestamptz", when) == when
        assert await conn.fetchval("SHOW timezone") == "UTC"
        assert await conn.fetchval("SHOW application_name") == "onewindow"


async def test_a_failed_transaction_leaves_nothing(db):
    async def halfway() -> None:
        async with db.transaction() as tx:
            await tx.execute(
                "INSERT INTO subject (id, kind, name, created_at) VALUES ('x', 'person', '陈', now())"
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await halfway()
    async with db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM subject") == 0


async def test_who_waits_for_a_connection_is_not_passed_by_whoever_comes_later(database_urls):
    """The driver's own pool fails this: between two steps of the loop a newcomer takes what was meant for another."""
    db, came, served = await Database.open(database_urls.app, max_size=1), count(), []

    async def comes(again_and_again: int, steps: int) -> None:
        for _ in range(again_and_again):
            for _ in range(steps):
                await asyncio.sleep(0)
            ticket = next(came)
            async with db.connection() as conn:
                served.append(ticket)
                await conn.fetchval("SELECT 1")

    try:
        await asyncio.gather(*(comes(20, steps) for steps in range(8)))
    finally:
        await db.close()
    assert served == sorted(served)


async def test_after_the_server_cut_every_idle_connection_the_next_one_works(db, database_urls):
    for _ in range(3):
        await sleepers(db, 5)
        await cut_all(database_urls.superuser)
        async with db.connection() as conn:
            assert await conn.fetchval("SELECT 1") == 1


async def test_a_goodbye_that_the_event_loop_has_not_read_yet_is_noticed(db, database_urls):
    """The loop is blocked while the server goes, so nobody has told the driver."""
    await sleepers(db, 5)
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, cut_all(database_urls.superuser)).result()
    for _ in range(5):
        async with db.connection() as conn:
            assert await conn.fetchval("SELECT 1") == 1


async def test_a_connection_cut_in_the_middle_of_work_is_unavailable_and_the_pool_recovers(db):
    with pytest.raises(Unavailable):
        async with db.transaction() as tx:
            await tx.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    async with db.connection() as conn:
        assert await conn.fetchval("SELECT 1") == 1


async def test_our_own_errors_are_not_taken_for_an_outage(db):
    with pytest.raises(FileNotFoundError):
        async with db.connection():
            raise FileNotFoundError
    with pytest.raises(asyncpg.UndefinedTableError):
        async with db.connection() as conn:
            await conn.execute("SELECT * FROM nowhere")


async def test_a_server_that_stops_and_starts_is_unavailable_and_then_as_before(home):
    server = Postgres(home, tuning={"fsync": "off"})
    server.start()
    try:
        db = await Database.open(database_url(home, "superuser"))
        await sleepers(db, 4)
        server.kill9()
        with pytest.raises(Unavailable) as refusal:
            async with db.connection() as conn:
                await conn.fetchval("SELECT 1")
        assert refusal.value.status == 503
        server.start()
        async with db.transaction() as tx:
            assert await tx.fetchval("SELECT 1") == 1
        await db.close()
    finally:
        server.stop()


async def test_opening_without_a_server_is_unavailable():
    with pytest.raises(Unavailable):
        await Database.open("postgresql://nobody:nothing@127.0.0.1:1/none")


def test_both_ways_to_write_the_address_are_taken():
    assert (
        plain_url("postgresql+asyncpg://u:p@h/d")
        == plain_url("postgresql://u:p@h/d")
        == "postgresql://u:p@h/d"
    )


async def test_a_dedicated_connection_hears_what_is_notified(db):
    heard = asyncio.get_running_loop().create_future()
    async with db.dedicated() as ear:
        await ear.add_listener("bell", lambda *args: heard.set_result(args[-1]))
        async with db.connection() as conn:
            await conn.execute("SELECT pg_notify('bell', 'ding')")
        assert await asyncio.wait_for(heard, 2) == "ding"
