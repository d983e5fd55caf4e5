"""A running process hears of new notices, so that nothing has to be restarted in November."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from services.calendars.loading import CHANNEL
from services.store.listening import heeding

if TYPE_CHECKING:
    from services.house import House  # which holds the calendars

Then = Callable[["House"], Awaitable[object]]


@contextlib.asynccontextmanager
async def following(house: "House", then: Then | None = None) -> AsyncIterator[None]:
    """While this is open the house counts by the notices of its store; `then` runs at the start and after each new one."""

    async def look() -> None:
        async with house.db.connection() as conn:
            await house.calendars.refresh(conn)
        if then:
            await then(house)

    async with heeding(house.db, CHANNEL, look):
        yield
