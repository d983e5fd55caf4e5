"""A running process hears of new notices, so that nothing has to be restarted in November."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

import structlog

from services.calendars.loading import CHANNEL
from services.store.listening import AWAY, PAUSE, listen

if TYPE_CHECKING:
    from services.house import House  # which holds the calendars

log = structlog.get_logger()
Then = Callable[["House"], Awaitable[object]]


@contextlib.asynccontextmanager
async def following(house: "House", then: Then | None = None) -> AsyncIterator[None]:
    """While this is open the house counts by the notices of its store; `then` runs at the start and after each new one."""
    heard = asyncio.Event()
    tasks = [
        asyncio.create_task(listen(house.db, CHANNEL, heard.set)),
        asyncio.create_task(_follow(house, heard, then)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _follow(house: "House", heard: asyncio.Event, then: Then | None) -> None:
    while True:
        await heard.wait()
        heard.clear()
        try:
            async with house.db.connection() as conn:
                await house.calendars.refresh(conn)
            if then:
                await then(house)
        except AWAY as trouble:
            log.warning("calendar waits", trouble=type(trouble).__name__)
            await asyncio.sleep(PAUSE)
            heard.set()
