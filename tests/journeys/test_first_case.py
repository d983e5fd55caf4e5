"""One case from click to archive, on real parts: browsers, servers, worker, relay and web, with a clock that is moved."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from playwright.async_api import Browser

from services.house import wall_clock
from tests.bench.town import Town
from tests.browser import browser
from tests.journeys import papers, story
from tests.journeys.district import district, move_clock
from tests.journeys.people import Album
from tests.journeys.story import Story
from web.formats import case_no

__all__ = ["browser"]
pytestmark = pytest.mark.browser


@pytest.fixture
async def place(browser: Browser) -> AsyncIterator[Town]:
    """After the browser: without one, no servers are started only to be stopped again."""
    async with district() as made:
        yield made


async def test_a_food_licence_from_the_click_to_the_archive(browser: Browser, place: Town) -> None:
    async with AsyncExitStack() as stack:
        s = Story(browser, place, Album(), stack)
        await story.files_the_licence(s)
        await story.asks_for_one_correction(s)
        await story.corrects_the_plan(s)
        await story.accepts(s)
        await story.checks_the_site(s)
        await let_it_be_late(s)
        await story.complains(s)
        await story.dispatches(s)
        await story.signs_and_replies(s)
        await story.calls_back(s)
        await story.closes_the_card(s)
        await story.recommends(s)
        await story.grants(s)
        await the_licence_is_real(s)
        await story.serves(s)
        await story.rates(s)
        await the_record_is_whole(s)


async def let_it_be_late(s: Story) -> None:
    """The training clock runs on until the review is a minute past its limit."""
    due = await s.due("review#1")
    assert move_clock(s.town, due - wall_clock() + timedelta(minutes=1)) > due
    await s.all_go_home()


async def the_licence_is_real(s: Story) -> None:
    """A PDF with its number, in the holder's hands, and true to whoever scans its code."""
    chen = await s.who("chen")
    await chen.open("/my/licences", "my-licences", until="核验真伪")
    shown = await chen.page.locator("main").inner_text()
    number = re.search(r"JY\w+", shown)[0]
    text = papers.text_of(await story.downloads(chen, "电子证照（PDF）"))
    assert number in text
    assert story.FIRM in text
    await chen.follow("核验真伪", "verify")
    checked = await chen.page.locator("main").inner_text()
    assert "这份文书是真的" in checked
    assert number in checked


async def the_record_is_whole(s: Story) -> None:
    """Every event is there and proven, and the case and its complaint know of each other."""
    audit = await story.audits(s)
    verified, total = re.search(r"事件 (\d+)/(\d+) 链已核对", audit).groups()
    assert verified == total
    for words in ("提交", "补正", "受理", "现场核查", "准予", "送达", "评价", "归档", "T04", "销牌"):
        assert words in audit, words
    assert case_no(s.order) in audit
    supervisor = await s.who("supervisor")
    await supervisor.open(f"/supervisor/cases/{s.order}", "audit-order")
    order = await supervisor.page.locator("main").inner_text()
    assert case_no(s.no) in order
    chen = await s.who("chen")
    await chen.open(f"/cases/{s.no}")
    assert "12345" in await chen.page.locator("main ol.steps").inner_text()
    await chen.open(f"/cases/{s.order}", "order-progress")
    assert case_no(s.no) in await chen.page.locator("main").inner_text()
