"""Tests of the window desk: a district, its people signed in, forms filled in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI

from services.cases.rounds import Paper
from services.people import open_session
from tests.living import FOOD, MORNING, SITE_CHECK, Living
from web.app import build_app

FIRM = "湖南示例餐饮有限公司"
# One grey pixel: the viewer shows a picture without starting the browser's own PDF viewer.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000"
    "03a7e9b550000000a49444154789c636802000082008177cd72b60000000049454e44ae426082"
)


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> AsyncIterator[Living]:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home


def app_of(living: Living) -> FastAPI:
    """The application over this district; its bell rings the rehearsed engine, which nobody waits for."""
    app = build_app(_never_opened)
    app.state.house = living.house
    app.state.bell = SimpleNamespace(ring=lambda: None)
    return app


@asynccontextmanager
async def _never_opened():
    raise AssertionError("the tests bring their own house")
    yield


@asynccontextmanager
async def at_desk(living: Living, who: str) -> AsyncIterator[httpx.AsyncClient]:
    async with living.house.db.connection() as conn:
        token = await open_session(conn, living.world.actors[who].id, "web", now=living.house.now())
    transport = httpx.ASGITransport(app_of(living))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk", cookies={"ow": token, "lang": "zh"}
    ) as client:
        yield client


async def filed(living: Living) -> str:
    digest = await living.house.files.put(PIXEL)
    papers = [
        Paper("layout", file=digest, name="布局图.png", size=len(PIXEL), type="png"),
        Paper("safety-rules", source="seen"),
        Paper("health-certificates", source="seen"),
    ]
    receipt = await living.file(
        "food-licence", "chen", FOOD, papers, applicant_id=living.world.subjects[FIRM]
    )
    await living.engine(receipt.case_no)
    return receipt.case_no


async def reviewed(living: Living, **opinion: str) -> str:
    no = await filed(living)
    for task, command, who, values in (
        ("acceptance#1", "accept", "clerk", {}),
        ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
        ("review#1", "recommend_grant", "reviewer", opinion),
    ):
        await living.act(no, task, command, who, **values)
        await living.engine(no)
    return no


async def task_of(living: Living, no: str, key: str) -> int:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = $2", no, key)


def hidden(page: httpx.Response, name: str) -> str:
    """A hidden field of the page's work, not of its frame."""
    main = page.text.partition("<main")[2]
    found = re.search(rf'name="{name}" value="([^"]*)"', main)
    assert found, page.text
    return unescape(found[1])


async def send(
    client: httpx.AsyncClient, address: str, more: dict, page: httpx.Response | None = None
) -> httpx.Response:
    """Fill in the form at an address and send it, with the tokens the page carries."""
    page = page or await client.get(address)
    assert page.status_code == 200, page.text
    return await client.post(
        address, data={"csrf": hidden(page, "csrf"), "token": hidden(page, "token"), **more}
    )
