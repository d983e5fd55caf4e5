"""A running process hears of new versions, suspensions and withdrawals, so that nothing has to be restarted."""

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from services.catalogue.publishing import CHANNEL
from services.store.listening import heeding

if TYPE_CHECKING:
    from services.house import House  # which holds the catalogue


@contextlib.asynccontextmanager
async def following_items(house: "House") -> AsyncIterator[None]:
    async def look() -> None:
        async with house.db.connection() as conn:
            await house.items.refresh(conn)

    async with heeding(house.db, CHANNEL, look):
        yield
