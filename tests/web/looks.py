"""How pages are looked at: each language, type size and screen in every run, their other mixtures in the soak."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser import complaints_of, opened, served, sideways
from tests.web.axe import assert_accessible

_SOAK = [("zh", False, False), ("zh", False, True), ("en", True, True), ("en", False, True)]

every_way = pytest.mark.parametrize(
    ("lang", "large", "phone"),
    [
        ("zh", True, True),
        ("en", False, False),
        *(pytest.param(*way, marks=pytest.mark.soak) for way in _SOAK),
    ],
)


async def look_at(
    browser: Browser, app: Any, visits: Mapping[str, Sequence[str]], lang: str, large: bool, phone: bool
) -> None:
    """Each person, signed in by name, finds each of their pages sound."""
    async with served(app) as base:
        for who, addresses in visits.items():
            async with opened(browser, base, lang=lang, large=large, phone=phone) as page:
                await sign_in(page, who)
                for address in addresses:
                    await page.goto(address)
                    await assert_sound(page)


async def sign_in(page: Page, who: str) -> None:
    await page.goto("/sign-in")
    await page.fill("#f-username", who)
    await page.fill("#f-password", "onewindow-demo")
    await page.click("main form .btn")


async def assert_sound(page: Page) -> None:
    """Accessible, no wider than its window, and nothing that its policy forbids or that its scripts break on.

    A browser complains of an answer that is a page saying no (404, 422); that is no complaint of ours.
    """
    await assert_accessible(page)
    assert await sideways(page) <= 0, page.url
    assert [c for c in complaints_of(page) if "404" not in c and "422" not in c] == [], page.url
