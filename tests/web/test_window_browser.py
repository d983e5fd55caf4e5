"""The window desk in a browser: accessible, within its window, worked by keyboard, and without scripts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from services.people import open_session
from tests.browser import opened, served, sideways
from tests.living import Living
from tests.web.axe import assert_accessible
from tests.web.looks import assert_sound, every_way
from tests.web.window import app_of, filed, home, living, reviewed, task_of

__all__ = ["home", "living"]
pytestmark = pytest.mark.browser


@asynccontextmanager
async def desk(browser: Browser, living: Living, who: str, **ways: Any) -> AsyncIterator[Page]:
    async with living.house.db.connection() as conn:
        token = await open_session(conn, living.world.actors[who].id, "web", now=living.house.now())
    async with served(app_of(living)) as base, opened(browser, base, **ways) as page:
        await page.context.add_cookies([{"name": "ow", "value": token, "url": base}])
        yield page


@every_way
async def test_worklist_workbench_and_intake_are_accessible_and_fit(
    browser: Browser, living: Living, lang: str, large: bool, phone: bool
) -> None:
    no = await filed(living)
    async with desk(browser, living, "clerk", lang=lang, phone=phone, large=large) as page:
        for address in ("/window", f"/window/cases/{no}", "/window/intake", "/window/intake/food-licence"):
            await page.goto(address)
            await assert_sound(page)


async def test_every_page_of_an_act_is_accessible(browser: Browser, living: Living) -> None:
    new, ready = await filed(living), await reviewed(living)
    await living.act(new, "acceptance#1", "accept", "clerk")
    await living.engine(new)
    fresh = await filed(living)
    pages = {
        "clerk": [(fresh, "acceptance#1", c) for c in ("accept", "request_correction", "decline")],
        "reviewer": [(new, "site_check#1", "record_site_check")],
        "director": [(ready, "decision#1", c) for c in ("grant", "refuse", "send_back")],
    }
    for who, acts in pages.items():
        async with desk(browser, living, who) as page:
            for no, key, command in acts:
                await page.goto(f"/window/tasks/{await task_of(living, no, key)}/{command}")
                await assert_accessible(page)
                assert await sideways(page) <= 0


async def test_two_ticks_make_a_correction_notice(browser: Browser, living: Living) -> None:
    no = await filed(living)
    async with desk(browser, living, "clerk") as page:
        await page.goto(f"/window/cases/{no}")
        await page.get_by_role("button", name="一次性告知补正").click()
        assert not await page.locator("#f-defect-layout").is_visible()
        await page.get_by_label("主要设备设施布局和操作流程").first.check()
        await page.locator("#f-defect-layout").fill("没有标注比例")
        assert "标明各功能间位置" in await page.locator("#f-fix-layout").input_value()
        await page.get_by_label("食品安全规章制度清单").first.check()
        await page.get_by_role("button", name="确认一次性告知补正").click()
        assert await page.locator("#f-defect-layout").input_value() == "没有标注比例"
        await page.locator("#f-defect-safety-rules").fill("没有盖章")
        await page.get_by_role("button", name="确认一次性告知补正").click()
        await page.get_by_text("已办：一次性告知补正").wait_for()
    assert "correction_requested" in await living.kinds(no)


async def test_the_keyboard_opens_the_next_case_and_reaches_the_act(browser: Browser, living: Living) -> None:
    await filed(living)
    await filed(living)
    async with desk(browser, living, "clerk") as page:
        await page.goto("/window?queue=acceptance")
        links = await page.locator("#rows a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        await page.keyboard.press("j")
        await page.keyboard.press("j")
        await page.keyboard.press("x")
        assert await page.locator("#rows input:checked").count() == 1
        await page.keyboard.press("Enter")
        await page.wait_for_url("**" + links[1])
        await page.keyboard.press("a")
        await page.wait_for_url("**/accept*")


async def test_a_case_is_accepted_without_scripts(browser: Browser, living: Living) -> None:
    no = await filed(living)
    async with desk(browser, living, "clerk", scripts=False) as page:
        await page.goto(f"/window/cases/{no}")
        await page.get_by_role("button", name="受理", exact=True).first.click()
        await page.get_by_role("button", name="确认受理").click()
        await page.get_by_text("已办：受理").wait_for()
    assert "accepted" in await living.kinds(no)
