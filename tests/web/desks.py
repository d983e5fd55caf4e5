"""Staff and citizens at their desks: one application over a living house, and a signed-in client per person."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import httpx
from fastapi import FastAPI

from services.people import open_session
from tests.living import FOOD, FOOD_PAPERS, Living
from web.app import build_app
from web.bell import Bell

MARKET = "11430199MB99001A33"
COMPLAINT = {
    "category": ["complaint"],
    "title": ["食品经营许可办得慢"],
    "content": ["提交以后没有人告诉我是否受理。"],
    "contact_phone": ["19900000001"],
}


@asynccontextmanager
async def desks_of(living: Living) -> AsyncIterator[FastAPI]:
    """The whole application; its lifespan is ours, since the transport of httpx runs none."""
    app = build_app(lambda: None)  # type: ignore[arg-type, return-value]
    async with Bell(living.house.db) as bell:
        app.state.house, app.state.bell = living.house, bell
        yield app


class Desk:
    """A browser without scripts: follows links and sends the forms that it was given."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = ""

    async def open(self, address: str, status: int = 200) -> str:
        answer = await self.client.get(address)
        assert answer.status_code == status, f"{address}: {answer.status_code} {answer.text[:300]}"
        self.page = unescape(answer.text)
        return self.page

    async def send(self, action: str, status: int = 303, **values: Any) -> httpx.Response:
        """Send the form of the open page that goes to `action`, with its hidden fields."""
        form = re.search(
            rf'<form[^>]*method="post"[^>]*action="{re.escape(action)}".*?</form>', self.page, re.S
        )
        assert form, f"no form to {action}"
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
        answer = await self.client.post(action, data={**hidden, **values})
        assert answer.status_code == status, f"{action}: {answer.status_code} {answer.text[:500]}"
        self.page = unescape(answer.text) if status != 303 else self.page
        return answer


@asynccontextmanager
async def at_desk(app: FastAPI, living: Living, who: str) -> AsyncIterator[Desk]:
    transport = httpx.ASGITransport(app)
    async with living.house.db.transaction() as tx:
        token = await open_session(tx, living.world.actors[who].id, "web", now=living.house.now())
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk", cookies={"ow": token}
    ) as client:
        client.headers["accept-language"] = "zh"
        yield Desk(client)


async def file_food(living: Living, *acts: tuple) -> str:
    """A food licence of the demo restaurant, as far as these acts take it."""
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)).case_no
    await living.engine(no)
    return await go_on(living, no, *acts)


async def go_on(living: Living, no: str, *acts: tuple) -> str:
    for task, command, who, values in acts:
        await living.act(no, task, command, who, **values)
        await living.engine(no)
    return no
