"""The administrator loads next year's days off: sees what would move, confirms, and the cases have other dates."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from services.calendars.following import following
from services.cases.recounting import recount_all
from services.people import open_session
from tests.browser import complaints_of, opened, served, sideways
from tests.cases.announced import NOTICE, announce, edition, recountings, survey
from tests.living import Living
from tests.web.axe import assert_accessible
from tests.web.desks import Desk, at_desk, desks_of

HOME, PREVIEW = "/admin/calendar", "/admin/calendar/preview"


@pytest.fixture
async def living(own_database, tmp_path) -> AsyncIterator[Living]:
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


@pytest.fixture
async def app(living: Living) -> AsyncIterator[FastAPI]:
    async with desks_of(living) as app:
        yield app


async def hand_in(desk: Desk, text: str = "", file: bytes | None = None, status: int = 200) -> str:
    """The form with a file input, as a browser sends it: its token first."""
    await desk.open(HOME)
    token = desk.page.partition('name="csrf" value="')[2].partition('"')[0]
    parts = [
        ("csrf", (None, token)),
        ("notice", (None, text)),
        ("file", ("2027.yaml", file) if file else ("", b"")),
    ]
    answer = await desk.client.post(PREVIEW, files=parts)
    assert answer.status_code == status, answer.text[:500]
    desk.page = httpx.Response(200, text=answer.text).text
    return desk.page


async def test_a_notice_is_previewed_confirmed_and_counted(app: FastAPI, living: Living):
    no = await survey(living)
    async with at_desk(app, living, "admin") as desk:
        assert "现行全国日历 2004-2026.1" in await desk.open(HOME)
        page = await hand_in(desk, NOTICE)
        assert "1 件在办件中，1 件的期限会变" in page
        assert "承诺期限由 2027年2月8日 改为 2027年2月12日" in page
        assert "2027" not in str(living.house.calendar.version), "a preview keeps nothing"
        async with following(living.house, recount_all):  # as the worker does
            answer = await desk.send(HOME)
        assert answer.headers["location"] == f"{HOME}?loaded=2027.1"
        await recount_all(living.house)
        page = await desk.open(answer.headers["location"])
        assert "2027.1 版已生效" in page
        assert "在办件都已按它重新计算" in page
        page = await desk.open(f"{HOME}/2027.1")
        assert "孙管理" in page
        assert "2月5日（周五） 至 2月11日（周四）" in page
    (event,) = await recountings(living, no)
    assert event.actor == living.world.actors["admin"].id


async def test_a_file_is_as_good_as_pasting(app: FastAPI, living: Living):
    async with at_desk(app, living, "admin") as desk:
        assert "没有期限会变" in await hand_in(desk, file=NOTICE.encode())
        assert "不是 UTF-8" in await hand_in(desk, file=NOTICE.encode("utf-16"), status=422)
        assert "1 MB" in await hand_in(desk, file=b"#" * 1_100_000, status=422)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请粘贴通知，或者选择文件"),
        (NOTICE.replace("2027-10-07", "2027-10-02"), "缺少 2027-10-03（国庆节）"),
        (NOTICE.replace("2027-05-08", "2027-05-10"), "2027-05-10 不是放假以外的周末"),
    ],
)
async def test_a_bad_notice_says_what_is_wrong_and_keeps_what_was_typed(
    app: FastAPI, living: Living, text: str, said: str
):
    async with at_desk(app, living, "admin") as desk:
        page = await hand_in(desk, text, status=422)
        assert said in page
        assert 'href="#f-notice"' in page
        assert text.split("\n")[-1] in page


async def test_an_edition_that_somebody_loaded_meanwhile_is_refused_at_the_confirmation(
    app: FastAPI, living: Living
):
    async with at_desk(app, living, "admin") as desk:
        await hand_in(desk, NOTICE.replace("2027-01-09", "2027-01-16"))
        await announce(living)
        await desk.send(HOME, status=422)
        assert "更正请写 edition: 2" in desk.page
        page = await hand_in(desk, edition(2))
        assert "将替代 2027 年第 1 版" in page


async def test_what_is_still_counted_with_an_older_calendar_is_told(app: FastAPI, living: Living):
    await survey(living)
    await announce(living)
    async with at_desk(app, living, "admin") as desk:
        assert "还有 1 件在办件按旧日历计算" in await desk.open(HOME)
        await desk.open(f"{HOME}/2031.1", status=404)


@pytest.mark.browser
@pytest.mark.parametrize(("large", "phone"), [(False, False), (True, True)])
async def test_the_pages_are_accessible_and_fit_the_screen(
    browser: Browser, app: FastAPI, living: Living, large: bool, phone: bool
):
    await survey(living)
    async with living.house.db.transaction() as tx:
        token = await open_session(tx, living.world.actors["admin"].id, "web", now=living.house.now())
    async with served(app) as base, opened(browser, base, large=large, phone=phone) as page:
        await page.context.add_cookies([{"name": "ow", "value": token, "url": base}])
        for address in (HOME, f"{HOME}/2026.1"):
            await page.goto(address)
            await assert_accessible(page)
            assert await sideways(page) == 0
        await page.goto(HOME)
        await page.fill("#f-notice", "year: x")
        await page.click("main form .btn")
        await assert_accessible(page)
        await page.fill("#f-notice", NOTICE)
        await page.click("main form .btn")
        await assert_accessible(page)
        assert await sideways(page) == 0
        await page.click("main form .btn")
        await page.wait_for_selector("text=2027.1 版已生效")
        assert [c for c in complaints_of(page) if "422" not in c] == []
