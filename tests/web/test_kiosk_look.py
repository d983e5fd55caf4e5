"""A terminal in a browser: large enough for a finger, readable by everybody, and wiped when nobody touches it."""

import pytest
from playwright.async_api import Browser, Page

from infra.seed.world import PASSWORD
from tests.browser import complaints_of, opened, served, sideways
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import desk
from tests.web.axe import assert_accessible
from tests.web.test_kiosk import LI

__all__ = ["home", "living"]

pytestmark = pytest.mark.browser
UPRIGHT = {"width": 1080, "height": 1920}
SMALL = """() => [...document.querySelectorAll('a, button, select, textarea, .in, .pick label')]
    .filter(e => e.getClientRects().length && !e.closest('dialog:not([open])') && e.tabIndex >= -1)
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, r]) => r.height < 59.5 || r.width < 59.5).map(([e, r]) => `${r.width}x${r.height} ${e.outerHTML.slice(0, 90)}`)"""


@pytest.fixture(scope="module")
async def site(home: Living):
    home.house.kiosk = True
    async with desk(home) as app, served(app) as address:
        yield address
    home.house.kiosk = False


async def looks_right(page: Page) -> None:
    await assert_accessible(page)
    assert await sideways(page) <= 0, page.url
    assert await page.evaluate(SMALL) == [], page.url


async def type_in(page: Page, keys: str) -> None:
    for key in keys:
        await page.click(f".key[data-type='{key}']")


async def come_in(page: Page, then: str) -> None:
    """The last of it by the keys on the screen."""
    await page.goto(f"/kiosk/sign-in?next={then}")
    await page.fill("#f-number", LI.id_number[:14])
    await type_in(page, LI.id_number[14:])
    await page.click(".btn.wide")
    await page.fill("#f-password", PASSWORD[:10])
    await type_in(page, PASSWORD[10:])
    await page.click(".btn.wide")
    await page.wait_for_url(f"**{then}")


async def test_every_screen_is_accessible_and_has_room_for_a_finger(
    browser: Browser, site: str, living: Living
) -> None:
    async with opened(browser, site) as page:
        await page.set_viewport_size(UPRIGHT)
        for path in ("/kiosk", "/kiosk/items", "/kiosk/sign-in"):
            await page.goto(path)
            await looks_right(page)
        await come_in(page, "/kiosk/items/residence-permit")
        await page.click("form[action$=start] button")
        await page.wait_for_url("**/ask/**")
        await page.click(".btn.wide")
        await page.wait_for_selector(".problems:focus")
        await looks_right(page)
        draft = page.url.split("/")[5]
        for path in ("paper/photo", "check"):
            await page.goto(f"/kiosk/apply/{draft}/{path}")
            await looks_right(page)
        assert [c for c in complaints_of(page) if "422" not in c] == []


async def test_a_screen_that_nobody_touches_warns_and_is_wiped_and_the_way_back_shows_nothing(
    browser: Browser, site: str, living: Living
) -> None:
    async with opened(browser, site) as page:
        await page.set_viewport_size(UPRIGHT)
        await page.clock.install()
        await come_in(page, "/kiosk/items/individual-business")
        await page.click("form[action$=start] button")
        await page.wait_for_url("**/ask/**")
        asked = page.url
        await page.clock.run_for(42_000)
        assert not await page.is_visible("#idle")
        await page.clock.run_for(4_000)
        assert await page.is_visible("#idle")
        await assert_accessible(page)
        await page.click("#idle button")
        assert not await page.is_visible("#idle"), "a touch is enough to stay"
        await page.clock.run_for(46_000)
        assert await page.is_visible("#idle")
        await page.clock.run_for(15_000)
        await page.wait_for_url("**/kiosk?ended=1")
        await page.go_back()
        assert await page.is_visible("main a[href^='/kiosk/sign-in']"), "the page before asks who one is"
        await page.goto(asked)
        assert page.url.endswith("/kiosk?ended=1")
        assert "ow-terminal" not in {c["name"] for c in await page.context.cookies()}
