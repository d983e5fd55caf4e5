"""Which registers a house asks: the province's exchange if one is set, a demonstration's own, or none."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from infra.settings import Settings
from services.registries.exchange import Exchange, NoExchange
from services.registries.guard import Guarded
from services.registries.standin import StandIn
from services.store.crypto import Vault
from services.store.db import Database


@asynccontextmanager
async def exchange_of(
    settings: Settings, db: Database, vault: Vault, clock: Callable[[], datetime]
) -> AsyncIterator[Exchange]:
    if settings.registries_url:
        from services.registries.wire import wired  # an HTTP client, which most houses do not need

        settings.need("registries_key")
        async with wired(settings.registries_url, settings.registries_key) as exchange:
            yield Guarded(exchange)
    elif settings.demo:
        yield Guarded(StandIn(db, vault, clock))
    else:
        yield NoExchange()
