"""After a commit, wake the relay: one NOTIFY for many acts, and nobody waits for it.

Inside the act's own transaction a NOTIFY would make all commits queue for one lock of PostgreSQL's.
"""

import asyncio
import contextlib

from services.cases.outbox import wake_relay
from services.errors import Unavailable
from services.store.db import Database

GATHER_SECONDS = 0.02


class Bell:
    """`ring()` after an act. If it fails the relay's own poll finds the row within a second."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rung = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Bell":
        self._task = asyncio.create_task(self._carry())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    def ring(self) -> None:
        self._rung.set()

    async def _carry(self) -> None:
        while True:
            await self._rung.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._rung.clear()
            with contextlib.suppress(Unavailable, OSError):
                async with self._db.connection() as conn:
                    await wake_relay(conn)
