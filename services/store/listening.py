"""LISTEN on a connection of its own, for as long as the process runs: also after the server was away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import structlog

from services.errors import Refusal
from services.store.db import Database

log = structlog.get_logger()
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


@contextlib.asynccontextmanager
async def heeding(db: Database, channel: str, react: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """While this is open `react` runs at the start and after each notification, one at a time; again if the store was away."""
    heard = asyncio.Event()
    tasks = [
        asyncio.create_task(listen(db, channel, heard.set)),
        asyncio.create_task(_react(channel, heard, react)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _react(channel: str, heard: asyncio.Event, react: Callable[[], Awaitable[object]]) -> None:
    while True:
        await heard.wait()
        heard.clear()
        try:
            await react()
        except AWAY as trouble:
            log.warning("news waits", channel=channel, trouble=type(trouble).__name__)
            await asyncio.sleep(PAUSE)
            heard.set()
