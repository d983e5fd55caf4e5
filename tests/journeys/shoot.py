"""Pictures of every desk: `python -m tests.journeys.shoot`. A lived-in month first, then the journey of the test.

Writes docs/screenshots/*.png. Needs Chromium.
"""

import asyncio
import os
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import timedelta

from playwright.async_api import Browser, async_playwright
from rich.console import Console

from infra.seed.fill import fill
from infra.seed.world import World
from services.house import House, wall_clock
from tests.browser import FLAGS, PHONE, find_chromium
from tests.journeys import story
from tests.journeys.district import ROOT, district, move_clock
from tests.journeys.people import Album, Person, arriving, sign_in
from tests.journeys.story import Story

FOLDER = ROOT / "docs" / "screenshots"
DESK = {"width": 1280, "height": 860}
WANTED = (
    "home", "guide", "apply-form", "receipt", "progress-late", "worklist", "workbench", "correction",
    "workbench-decision", "grant", "hotline-desk", "hotline-order", "wall", "cards", "card", "audit", "supervisor-cases",
    "phone-home", "phone-progress", "phone-worklist", "large-home", "english-guide", "intake", "verify",
)  # fmt: skip


class Sitter(Person):
    """Only has a picture taken; the test judges the pages."""

    async def open(self, address: str, picture: str = "", *, until: str = "") -> None:
        if self.page.viewport_size != PHONE:
            await self.page.set_viewport_size(DESK)
        await super().open(address, picture, until=until)

    async def look(self, picture: str = "") -> None:
        await self.album.keep(self.page, picture)


async def lived_in(house: House) -> World:
    """The month that `make up` shows; then the wall's clock rules again."""
    month = await fill(house, house.now(), Console())
    house.clock = wall_clock
    return month.cast.world


async def tell(s: Story) -> None:
    """As in the test, with the desks looked at while things happen."""
    for chapter in (
        story.files_the_licence,
        story.asks_for_one_correction,
        story.corrects_the_plan,
        story.accepts,
        story.checks_the_site,
    ):
        await chapter(s)
    await _at_the_wall(s)
    move_clock(s.town, await s.due("review#1") - wall_clock() + timedelta(hours=10))
    await s.all_go_home()
    for chapter in (
        story.complains,
        story.dispatches,
        story.signs_and_replies,
        story.calls_back,
        story.closes_the_card,
        story.recommends,
        story.grants,
    ):
        await chapter(s)
    await story.audits(s)
    await _at_other_desks(s)


async def _at_the_wall(s: Story) -> None:
    """Before the clock moves: two days in which nobody works turn half the district red."""
    supervisor = await s.who("supervisor")
    await supervisor.open("/supervisor", "wall")
    await supervisor.open("/supervisor/cards", "cards")
    await supervisor.open("/supervisor/cases", "supervisor-cases")


async def _at_other_desks(s: Story) -> None:
    chen, clerk = await s.who("chen"), await s.who("clerk")
    await clerk.open("/window/intake/food-licence", "intake")
    await chen.open("/my/licences", until="核验真伪")
    await chen.follow("核验真伪", "verify")
    async with _visit(s, lang="en") as visitor:
        await visitor.open("/items/food-licence", "english-guide")
    async with _visit(s, large=True) as visitor:
        await visitor.open("/", "large-home")
    async with _visit(s, phone=True) as visitor:
        await visitor.open("/", "phone-home")
        await sign_in(visitor, "chen")
        await visitor.open(f"/cases/{s.no}", "phone-progress")
    async with _visit(s, phone=True) as visitor:
        await sign_in(visitor, "clerk")
        await visitor.open("/window", "phone-worklist")


def _visit(s: Story, **ways: object) -> AbstractAsyncContextManager[Person]:
    return arriving(s.browser, s.base, s.album, Sitter, **ways)


async def shoot() -> None:
    # The browser's own buttons speak the language of its process.
    environment = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
    async with async_playwright() as playwright, AsyncExitStack() as stack:
        browser: Browser = await playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, "--lang=zh-CN"], env=environment
        )
        place = await stack.enter_async_context(district(lived_in))
        await tell(Story(browser, place, Album(FOLDER, WANTED), stack, Sitter))
    for picture in sorted(FOLDER.glob("*.png")):
        print(f"{picture.stat().st_size // 1024:4} KB  {picture.name}")


if __name__ == "__main__":
    asyncio.run(shoot())
