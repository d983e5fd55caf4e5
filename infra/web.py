"""The web application put together from settings."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from infra.parts import open_house
from infra.settings import Settings
from services.calendars.following import following
from services.catalogue.following import following_items
from services.house import House
from web.app import build_app

CONNECTIONS = 16


def create_app(settings: Settings) -> FastAPI:
    @asynccontextmanager
    async def opened() -> AsyncIterator[House]:
        async with (
            open_house(settings, connections=CONNECTIONS, warm=True, application="onewindow-web") as house,
            following(house),
            following_items(house),
        ):
            _keep_out_of_the_collectors_way()
            yield house

    return build_app(opened)


def _keep_out_of_the_collectors_way() -> None:
    """What was made at start-up lives as long as the process: the collector need not walk it again and again.

    Each full walk over all routes, models and items would stop every request for tens of milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
