"""Applying in a browser: readable by everybody, in both languages and type sizes, with and without scripts."""

import pytest
from playwright.async_api import Browser, Page

from infra.seed.world import PASSWORD
from tests.browser import complaints_of, opened, served, sideways
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import FOOD_FORM, JPG, PDF, desk
from tests.web.axe import assert_accessible
from tests.web.looks import every_way

__all__ = ["home", "living"]

pytestmark = pytest.mark.browser
SUBMIT = "form[action$=submit] button"


@pytest.fixture(scope="module")
async def site(home: Living):
    async with desk(home) as app, served(app) as address:
        yield address


async def looks_right(page: Page) -> None:
    await assert_accessible(page)
    assert await sideways(page) <= 0, page.url


async def sign_in(page: Page) -> None:
    await page.goto("/sign-in")
    await page.fill("#f-username", "chen")
    await page.fill("#f-password", PASSWORD)
    await page.click("main form button")


async def begin(page: Page) -> None:
    await page.goto("/items/food-licence")
    await page.click("form[action$=start] button >> nth=0")


async def answer(page: Page) -> None:
    for name, value in FOOD_FORM.items():
        if name in ("category", "has_network_trade"):
            await page.check(f"[name={name}][value={value}]")
        else:
            await page.fill(f"#f-{name}", value)
    await page.click("#form button >> nth=0")


async def hand_in(page: Page, code: str, name: str, content: bytes) -> None:
    await page.set_input_files(
        f"[id='f-material:{code}']", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


@every_way
async def test_every_page_of_the_way_is_accessible_and_fits(
    browser: Browser, site: str, living: Living, lang: str, large: bool, phone: bool
) -> None:
    async with opened(browser, site, lang=lang, large=large, phone=phone) as page:
        for path in ("/", "/items", "/items?q=zzz", "/items/food-licence", "/items/residence-permit"):
            await page.goto(path)
            await looks_right(page)
        await sign_in(page)
        await begin(page)
        await page.click("main form button")
        await looks_right(page)
        await page.check("[name=only_prepackaged][value=no]")
        await page.check("[name=applicant_role][value=self]")
        await page.click("main form button")
        await page.click("#form button >> nth=0")
        await looks_right(page)
        await answer(page)
        await hand_in(page, "layout", "plan.pdf", PDF)
        await hand_in(page, "safety-rules", "rules.pdf", b"MZ" + b"\0" * 300)
        await page.click("button[value=check]")
        await looks_right(page)
        await page.goto(page.url.replace("papers", "check"))
        await looks_right(page)
        await page.goto(page.url.replace("check", "papers"))
        await hand_in(page, "safety-rules", "rules.jpg", JPG)
        await page.click("button[value=check]")
        await page.click(SUBMIT)
        await page.wait_for_selector(".problems:focus")
        await looks_right(page)
        await page.check("#f-gaps_signed")
        await page.fill("#f-signer", "陈示例")
        await page.check("#f-truth")
        await page.click(SUBMIT)
        await page.wait_for_url("**/receipt")
        await looks_right(page)
        assert [c for c in complaints_of(page) if "422" not in c] == []


async def test_an_answer_shows_the_question_that_hangs_on_it_and_keeps_what_was_typed(
    browser: Browser, site: str, living: Living
) -> None:
    async with opened(browser, site) as page:
        await sign_in(page)
        await begin(page)
        await page.check("[name=only_prepackaged][value=no]")
        await page.check("[name=applicant_role][value=self]")
        await page.click("main form button")
        await page.fill("#f-area", "一百")
        assert await page.locator("#f-network_url").count() == 0
        await page.check("[name=has_network_trade][value=yes]")
        await page.wait_for_selector("#f-network_url")
        assert await page.input_value("#f-area") == "一百"
        await page.fill("#f-network_url", "https://example.org/x")
        await page.check("[name=has_network_trade][value=no]")
        await page.fill("#f-officer_name", "陈示例")
        await page.wait_for_selector("#f-network_url", state="detached")
        assert await page.input_value("#f-officer_name") == "陈示例", "nothing typed meanwhile is lost"
        assert await page.locator(".problems").count() == 0
        await page.check("[name=has_network_trade][value=yes]")
        await page.wait_for_selector("#f-network_url")
        assert await page.input_value("#f-network_url") == "https://example.org/x"
        assert complaints_of(page) == []


async def test_the_same_way_is_open_without_scripts(browser: Browser, site: str, living: Living) -> None:
    async with opened(browser, site, scripts=False, phone=True) as page:
        await sign_in(page)
        await begin(page)
        await page.check("[name=only_prepackaged][value=no]")
        await page.check("[name=applicant_role][value=self]")
        await page.click("main form button")
        await answer(page)
        await hand_in(page, "layout", "plan.pdf", PDF)
        await hand_in(page, "safety-rules", "rules.jpg", JPG)
        await page.click("button[value=check]")
        await page.check("#f-gaps_signed")
        await page.fill("#f-signer", "陈示例")
        await page.check("#f-truth")
        await page.click(SUBMIT)
        await page.wait_for_url("**/receipt")
