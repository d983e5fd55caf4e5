"""One connection kept between uses: taking one from the pool and giving it back costs a fifth of a short act."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg

from services.store.db import Database, has_something_to_say


class Lane:
    """For whoever asks for one thing at a time anyway. Opened at the first use, and anew when the server went away."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._conn: asyncpg.Connection | None = None
        self._open = AsyncExitStack()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """As `Database.connection`, for single statements and for one user at a time."""
        if self._conn and has_something_to_say(self._conn):
            self._conn.terminate()
            await self.close()
        if self._conn is None:
            self._conn = await self._open.enter_async_context(self._db.dedicated())
        try:
            yield self._conn
        except BaseException as error:
            # It may be broken, or about to get an answer that nobody waits for any more.
            self._conn = None
            await self._open.__aexit__(type(error), error, error.__traceback__)
            raise

    async def close(self) -> None:
        """It may be used again: it opens anew."""
        self._conn = None
        await self._open.aclose()
