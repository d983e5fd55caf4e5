"""The web application put together from settings."""

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
            open_house(settings, connections=CONNECTIONS, application="onewindow-web") as house,
            following(house),
            following_items(house),
        ):
            yield house

    return build_app(opened)
