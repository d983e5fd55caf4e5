from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.living import MORNING, Living
from web.app import build_app


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> AsyncIterator[Living]:
    living = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield living
    await living.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home


@pytest.fixture(scope="module")
async def app(home: Living):
    @asynccontextmanager
    async def house():
        yield home.house

    app = build_app(house)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="module")
async def http(app) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody in particular, English first."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test/api/v1", headers={"accept-language": "en"}
    ) as client:
        yield client


@pytest.fixture
async def token(http, living):
    """`await token("chen")`: the header of somebody signed in."""
    kept: dict[str, dict[str, str]] = {}

    async def sign_in(who: str) -> dict[str, str]:
        if who not in kept:
            answer = await http.post("/session", json={"username": who, "password": "onewindow-demo"})
            assert answer.status_code == 201, answer.text
            kept[who] = {"authorization": f"Bearer {answer.json()['token']}"}
        return kept[who]

    return sign_in
