"""LISTEN on a connection of its own, for as long as the process runs: also after the server was away."""

import asyncio
from collections.abc import Callable

import asyncpg

from services.errors import Refusal
from services.store.db import Database

PAUSE = 2.0  # seconds to wait when the store does not answer
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, Refusal)


async def listen(db: Database, channel: str, wake: Callable[[], object]) -> None:
    """Calls `wake` at each notification, and once at each connection: something may have been said before it."""
    while True:
        try:
            async with db.dedicated() as conn:
                await conn.add_listener(channel, lambda *_: wake())
                lost = asyncio.Event()
                conn.add_termination_listener(lambda *_, lost=lost: lost.set())
                wake()
                await lost.wait()
        except AWAY:
            await asyncio.sleep(PAUSE)
