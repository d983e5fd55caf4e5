"""The gallery in a browser: every part, in both languages and type sizes, at a desk and on a phone."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.browser import complaints_of, opened, served, sideways
from tests.web.axe import assert_accessible
from web.gallery import PAGES, gallery_app

pytestmark = pytest.mark.browser
WAYS = [(large, phone) for large in (False, True) for phone in (False, True)]


@pytest.fixture(scope="module")
async def gallery() -> AsyncIterator[str]:
    async with served(gallery_app()) as address:
        yield address


@pytest.mark.parametrize(("large", "phone"), WAYS)
@pytest.mark.parametrize("name", [*PAGES, "form?wrong=1"])
async def test_a_page_is_accessible_fits_the_screen_and_breaks_no_policy(
    browser: Browser, gallery: str, name: str, large: bool, phone: bool
) -> None:
    lang = "en" if large == phone else "zh"
    async with opened(browser, gallery, lang=lang, large=large, phone=phone) as page:
        await page.goto(f"/gallery/{name}")
        await assert_accessible(page)
        assert await sideways(page) <= 0
        assert [c for c in complaints_of(page) if "404" not in c] == []


async def test_axe_would_see_a_button_without_a_name(browser: Browser, gallery: str) -> None:
    async with opened(browser, gallery) as page:
        await page.goto("/gallery/parts")
        await page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        with pytest.raises(AssertionError, match="button-name"):
            await assert_accessible(page)


@pytest.mark.parametrize("large", [False, True])
async def test_targets_are_at_least_44_pixels_high(browser: Browser, gallery: str, large: bool) -> None:
    """Links inside a sentence are exempt (WCAG 2.5.8)."""
    small = """() => [...document.querySelectorAll('.btn, button, .in, .bar a, .rail a, .pages a, .back, .pick label')]
        .filter(e => e.getClientRects().length && !e.classList.contains('skip'))
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""
    for name in ("form", "desk", "list", "guide"):
        async with opened(browser, gallery, large=large, phone=True) as page:
            await page.goto(f"/gallery/{name}")
            assert await page.evaluate(small) == []


async def test_the_large_type_switch_comes_first_and_comes_back_to_the_same_page(
    browser: Browser, gallery: str
) -> None:
    async with opened(browser, gallery) as page:
        await page.goto("/gallery/guide?x=1")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.textContent") == "长辈版"
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert page.url.endswith("/gallery/guide?x=1")
        assert await page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_form_with_problems_puts_the_focus_on_their_summary(
    browser: Browser, gallery: str, scripts: bool
) -> None:
    async with opened(browser, gallery, scripts=scripts) as page:
        await page.goto("/gallery/form?wrong=1")
        assert (await page.title()).startswith("错误：")
        await page.wait_for_selector(".problems:focus")
        await page.click(".problems a >> nth=0")
        if scripts:
            assert await page.evaluate("document.activeElement.id") == "f-credit_code"


async def test_clerks_walk_the_list_with_single_keys(browser: Browser, gallery: str) -> None:
    focused = "document.activeElement.textContent.trim()"
    async with opened(browser, gallery) as page:
        await page.goto("/gallery/list")
        await page.keyboard.press("j")
        await page.keyboard.press("j")
        assert await page.evaluate(focused) == "居住证申领"
        await page.keyboard.press("x")
        assert await page.is_checked("#case-2")
        await page.keyboard.press("/")
        await page.keyboard.type("jjx")
        assert await page.input_value("#f-applicant") == "jjx"


async def test_a_single_key_never_decides_a_case(browser: Browser, gallery: str) -> None:
    async with opened(browser, gallery) as page:
        await page.goto("/gallery/desk")
        await page.keyboard.press("a")
        assert await page.evaluate("document.activeElement.value") == "accept"
        assert page.url.endswith("/gallery/desk")


async def test_single_keys_can_be_switched_off(browser: Browser, gallery: str) -> None:
    async with opened(browser, gallery) as page:
        await page.goto("/gallery/list")
        await page.keyboard.press("?")
        await page.uncheck("#keys-on")
        await page.reload()
        await page.keyboard.press("j")
        assert await page.evaluate("document.activeElement.tagName") == "BODY"
