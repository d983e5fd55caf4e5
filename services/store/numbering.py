"""Serial numbers without gaps. The counter's row is held until the caller commits, so call it late."""

import asyncpg


async def next_number(conn: asyncpg.Connection, scope: str) -> int:
    """The next serial of a scope (say, one department's licences of one kind), starting at 1."""
    return await conn.fetchval(
        "INSERT INTO counter (scope, n) VALUES ($1, 1) ON CONFLICT (scope) DO UPDATE SET n = counter.n + 1 RETURNING n",
        scope,
    )
