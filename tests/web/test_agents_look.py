"""The pages of agents, guardians and helpers in a browser: readable by everybody, on a phone and in large type."""

from types import SimpleNamespace

import pytest
from playwright.async_api import Browser

from services.people import open_session
from tests.browser import complaints_of, opened, served, sideways
from tests.cases.conftest import home, living
from tests.living import Living
from tests.people.acting import mandate
from tests.web.axe import assert_accessible
from web.app import build_app

__all__ = ["home", "living"]

pytestmark = pytest.mark.browser
PAGES = {
    "chen": ["/account/agents"],
    "helper": ["/helping", "/helping/items/individual-business"],
    "clerk": ["/window/people"],
}


@pytest.fixture(scope="module")
async def site(home: Living):
    app = build_app(lambda: None)  # type: ignore[arg-type, return-value]
    app.state.house, app.state.bell = home.house, SimpleNamespace(ring=lambda: None)
    async with served(app) as address:
        yield address


@pytest.mark.parametrize("large", [False, True])
async def test_they_are_accessible_and_fit(browser: Browser, site: str, living: Living, large: bool):
    await mandate(living, "apply", "see")
    for who, addresses in PAGES.items():
        async with living.house.db.connection() as conn:
            token = await open_session(conn, living.world.actors[who].id, "web", now=living.house.now())
        async with opened(browser, site, large=large, phone=True) as page:
            await page.context.add_cookies([{"name": "ow", "value": token, "url": site}])
            for address in addresses:
                await page.goto(address)
                await assert_accessible(page)
                assert await sideways(page) <= 0, address
            assert complaints_of(page) == []
