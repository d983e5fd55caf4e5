"""The outbox: bells written with the fact they announce, carried to the engine by the relay."""

import asyncpg

CHANNEL = "outbox"
LEASE_SECONDS = 20


async def claim_bells(conn: asyncpg.Connection, most: int) -> list[tuple[int, str]]:
    """(row id, case number) of bells that are now ours to ring for the length of the lease."""
    rows = await conn.fetch(
        "UPDATE outbox SET leased_until = clock_timestamp() + make_interval(secs => $2) WHERE id IN ("
        "SELECT id FROM outbox WHERE leased_until < clock_timestamp() ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED"
        ") RETURNING id, case_no",
        most,
        LEASE_SECONDS,
    )
    return [(r["id"], r["case_no"]) for r in rows]


async def forget_bells(conn: asyncpg.Connection, ids: list[int]) -> None:
    await conn.execute("DELETE FROM outbox WHERE id = ANY($1)", ids)


async def hand_back_bells(conn: asyncpg.Connection, ids: list[int]) -> None:
    """Bells that could not be rung: whoever looks next may try, without waiting for the lease to run out."""
    await conn.execute("UPDATE outbox SET leased_until = '-infinity' WHERE id = ANY($1)", ids)


async def put_bells(conn: asyncpg.Connection, case_nos: list[str]) -> None:
    """Ring these cases though nothing was written: reconciliation, a moved clock, a store handed over."""
    await conn.executemany("INSERT INTO outbox (case_no) VALUES ($1)", [(no,) for no in case_nos])


async def wake_relay(conn: asyncpg.Connection) -> None:
    """NOTIFY outside the writing transaction: inside it, every commit would queue for one global lock."""
    await conn.execute("SELECT pg_notify($1, '')", CHANNEL)
