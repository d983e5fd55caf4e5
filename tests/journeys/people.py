"""People at their screens: each has a browser of their own, and every page they see is looked at.

Looking at a page means: no serious or critical finding of axe, in the usual type and in the large one; nothing wider than
the window; nothing refused by the Content-Security-Policy; and, if somebody keeps an album, a picture.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Browser, Locator, Page

from infra.seed.world import PASSWORD
from tests.browser import complaints_of, opened, sideways
from tests.web.axe import assert_accessible


class Album:
    """Keeps the pictures that are wanted; without a folder none."""

    def __init__(self, folder: Path | None = None, wanted: Collection[str] = ()) -> None:
        self.folder, self.wanted = folder, wanted

    async def keep(self, page: Page, name: str) -> None:
        if self.folder and name in self.wanted:
            if await page.locator("iframe").count():
                await page.wait_for_timeout(
                    2000
                )  # the browser's own PDF viewer tells nobody when it has drawn
            await page.screenshot(path=self.folder / f"{name}.png")
            complaints_of(page).clear()  # the camera hides the caret with a style of its own


class Person:
    def __init__(self, page: Page, album: Album) -> None:
        self.page, self.album = page, album

    async def open(self, address: str, picture: str = "", *, until: str = "") -> None:
        """With `until`, reload till the page says so: the engine needs a moment for the next step."""
        await self.page.goto(address)
        await self._wait_for(until)
        await self.look(picture)

    async def press(
        self, button: str | re.Pattern[str], picture: str = "", *, within: Locator | None = None
    ) -> None:
        """Press a button that leads to another page, and look at that."""
        await self.leave((within or self.page).get_by_role("button", name=button).first)
        await self.look(picture)

    async def follow(self, link: str, picture: str = "") -> None:
        await self.leave(self.page.get_by_role("link", name=link).first)
        await self.look(picture)

    async def begin(self, act: str, picture: str = "") -> None:
        """What leads to an act has the act's name and no more; queues and headings contain it too."""
        link = self.page.get_by_role("link", name=act, exact=True).or_(
            self.page.get_by_role("button", name=act, exact=True)
        )
        await self._until(link.count, f"offered {act}")
        await self.leave(link.first)
        await self.look(picture)

    async def leave(self, way: Locator) -> None:
        async with self.page.expect_navigation():
            await way.click()

    async def says(self, words: str) -> None:
        await self.page.get_by_text(words).first.wait_for()

    async def look(self, picture: str = "") -> None:
        await self.album.keep(self.page, picture)
        await self._accessible()
        await self._type("1")
        await self._accessible()
        await self._type("0")

    async def _wait_for(self, words: str) -> None:
        async def said() -> bool:
            return words in await self.page.locator("main").inner_text()

        await self._until(said, f"said {words}")

    async def _until(self, seen: Callable[[], Awaitable[Any]], what: str, seconds: float = 40) -> None:
        for _ in range(int(seconds / 0.4)):
            if await seen():
                return
            await self.page.wait_for_timeout(400)
            await self.page.reload()
        raise AssertionError(f"{self.page.url} never {what}")

    async def _type(self, large: str) -> None:
        whole_site = urljoin(self.page.url, "/")
        await self.page.context.add_cookies([{"name": "large", "value": large, "url": whole_site}])
        await self.page.reload()
        assert await self.page.locator("html.large").count() == int(large)

    async def _accessible(self) -> None:
        assert complaints_of(self.page) == [], self.page.url
        assert await sideways(self.page) <= 0, self.page.url
        await assert_accessible(self.page)


@asynccontextmanager
async def arriving(
    browser: Browser, base: str, album: Album, kind: type[Person] = Person, **ways: bool
) -> AsyncIterator[Person]:
    async with opened(browser, base, **ways) as page:
        page.set_default_timeout(15_000)
        yield kind(page, album)


async def sign_in(person: Person, username: str, picture: str = "") -> None:
    await person.open("/sign-in", picture)
    await person.page.get_by_label("用户名").fill(username)
    await person.page.get_by_label("密码").fill(PASSWORD)
    await person.press("登录", within=person.page.locator("main"))
