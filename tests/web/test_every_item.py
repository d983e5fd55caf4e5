"""Every item, from the search to the page before filing: found by its name, readable by everybody, on a phone too."""

import pytest
from playwright.async_api import Browser, Page

from tests.browser import browser, opened, served
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import desk, visiting
from tests.web.looks import assert_sound, every_way, sign_in

__all__ = ["browser", "home", "living"]


async def test_every_item_is_found_first_by_its_name_and_opens_its_guide(living: Living):
    async with visiting(living) as visitor:
        for item in living.house.items.listed():
            found = await visitor.go(f"/items?q={item.short.zh}")
            first = found[found.index("<main") :].partition('href="/items/')[2].partition('"')[0]
            assert living.house.items.get(first).family == item.family, item.code
            assert item.name.zh in await visitor.go(f"/items/{item.code}")
            assert visitor.page.status_code == 200, item.code


@pytest.mark.browser
@every_way
async def test_the_way_to_every_item_is_accessible_and_fits(
    browser: Browser, living: Living, lang: str, large: bool, phone: bool
):
    codes = [item.code for item in living.house.items.listed() if item.acts_on is None]
    async with (
        desk(living) as app,
        served(app) as base,
        opened(browser, base, lang=lang, large=large, phone=phone) as page,
    ):
        await sign_in(page, "chen")
        for code in codes:
            for address in (f"/items/{code}", f"/items/{code}/eligibility"):
                await _look_at(page, address)
            await page.goto(f"/items/{code}")
            async with page.expect_navigation(url="**/apply/**"):
                await page.click("form[action$=start] button >> nth=0")
            await assert_sound(page)
            draft = page.url.rpartition("/")[0]
            for step in ("form", "papers", "check"):
                await _look_at(page, f"{draft}/{step}")


async def _look_at(page: Page, address: str) -> None:
    answer = await page.goto(address)
    assert answer is not None
    assert answer.status in (200, 422), address
    await assert_sound(page)
