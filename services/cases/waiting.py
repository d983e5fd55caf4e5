"""A page may wait a moment for the engine, so that the next step is there when the page is drawn."""

import asyncio
import time

from services.store.db import Database

LOOK_EVERY = 0.05  # seconds


async def settled(db: Database, case_no: str, seq: int, *, seconds: float = 2.0) -> bool:
    """Whether the engine has read the case's log up to `seq`, waiting at most so long. Nothing depends on it."""
    until = time.monotonic() + seconds
    while True:
        async with db.connection() as conn:
            if await conn.fetchval("SELECT engine_seq >= $2 FROM cases WHERE no = $1", case_no, seq):
                return True
        if time.monotonic() > until:
            return False
        await asyncio.sleep(LOOK_EVERY)
