"""期限计算器, the public calculator of limits: in a browser, with and without scripts, at a desk and on a phone."""

from contextlib import asynccontextmanager
from datetime import datetime

import httpx
import pytest
from playwright.async_api import Browser

from services.law.counting import SHANGHAI
from tests.browser import opened, served, sideways
from tests.living import Living
from tests.web.axe import assert_accessible
from web.app import build_app

ASKED = "/clock?start=2025-01-20&limit=20&unit=working"
REVIEWED = "/clock?start=2025-05-12&limit=20&unit=working&stop_from=2025-05-19&stop_to=2025-06-05&stop_kind=expert_review"
WRONG = "/clock?start=2025-01-20&limit=soon&stop_from=2025-02-03&stop_to=2025-02-01&stop_kind=hearing"


@pytest.fixture(scope="module")
async def app(database_urls, tmp_path_factory):
    living = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    living.clock.now = datetime(2025, 2, 10, 10, tzinfo=SHANGHAI)

    @asynccontextmanager
    async def house():
        yield living.house

    app = build_app(house)
    async with app.router.lifespan_context(app):
        yield app
    await living.leave()


@pytest.fixture(scope="module")
async def base(app):
    async with served(app) as address:
        yield address


@pytest.fixture
async def visitor(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        yield client


async def test_without_a_question_it_is_a_form_that_begins_today(visitor):
    answer = await visitor.get("/clock")
    assert answer.status_code == 200
    assert 'value="2025-02-10"' in answer.text
    assert "到期日期" not in answer.text


async def test_the_answer_is_a_date_a_sentence_a_ribbon_and_every_day(visitor):
    text = (await visitor.get(ASKED)).text
    assert "<title>2025年2月21日（周五） · 期限计算器" in text
    assert "休息日和节假日 12 天不计，调休上班的 2 天照算，2025年2月21日（周五）到期。" in text
    assert text.count('<rect class="') == 33 == text.count('data-label="第几天"')
    assert "计入 · 调休上班" in text
    assert "2004-2026.1" in text


async def test_a_stop_is_counted_and_named(visitor):
    text = (await visitor.get(REVIEWED)).text
    assert "专家评审暂停的 12 个工作日不计，2025年6月26日（周四）到期。" in text
    assert "暂停，不计 · 专家评审" in text
    assert '<option value="expert_review" selected>' in text


async def test_a_second_stop_that_was_left_empty_is_no_stop(visitor):
    text = (await visitor.get(REVIEWED + "&stop_from=&stop_to=&stop_kind=")).text
    assert "2025年6月26日（周四）到期。" in text


async def test_a_date_that_may_move_says_so(visitor):
    text = (await visitor.get("/clock?start=2026-11-24&limit=60")).text
    assert "暂定" in text
    assert "日期可能调整" in text


async def test_a_stop_without_an_end_has_no_due_date(visitor):
    text = (await visitor.get("/clock?start=2025-02-03&limit=10&stop_from=2025-02-07&stop_to=")).text
    assert "现在没有到期日" in text
    assert "到期日期" not in text


async def test_a_limit_of_hours_ends_at_a_minute(visitor):
    text = (await visitor.get("/clock?start=2025-02-10&time=16:30&limit=9&unit=hours&lang=en")).text
    assert "Wednesday 12 Feb 2025 10:30" in text
    assert "counted · 16:30–17:00" in text


async def test_a_limit_of_years_has_a_table_but_no_picture(visitor):
    text = (await visitor.get("/clock?start=2024-01-02&limit=366")).text
    assert 'class="ribbon"' not in text
    assert "366</span>" in text


async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(visitor):
    answer = await visitor.get(WRONG)
    assert answer.status_code == 422
    assert '<a href="#f-limit">期限应当是 0 到 366 之间的整数</a>' in answer.text
    assert '<a href="#f-stop-1">第 1 段：结束日期不能早于开始日期</a>' in answer.text
    assert 'value="soon"' in answer.text
    assert 'id="f-stop-1" name="stop_from" value="2025-02-03"' in answer.text
    assert '<option value="hearing" selected>' in answer.text


async def test_another_stop_is_added_without_losing_anything(visitor):
    answer = await visitor.get(WRONG + "&more=1")
    assert answer.status_code == 200
    assert "请改正" not in answer.text
    assert answer.text.count('name="stop_from"') == 3
    assert 'value="soon"' in answer.text


async def test_the_guide_of_an_item_hands_over_its_limit(visitor):
    assert "/clock?limit=5&amp;unit=working" in (await visitor.get("/items/food-licence")).text
    answer = await visitor.get("/clock?limit=5&unit=working")
    assert answer.status_code == 200
    assert 'name="limit" type="text" value="5"' in answer.text


async def test_every_page_leads_to_it(visitor):
    assert '<a href="/clock">' in (await visitor.get("/")).text


@pytest.mark.browser
@pytest.mark.parametrize(("large", "phone"), [(False, False), (False, True), (True, True)])
@pytest.mark.parametrize("address", ["/clock", REVIEWED, WRONG])
async def test_it_is_accessible_and_fits_the_screen(browser: Browser, base: str, address, large, phone):
    lang = "en" if large == phone else "zh"
    async with opened(browser, base, lang=lang, large=large, phone=phone) as page:
        await page.goto(address)
        await assert_accessible(page)
        assert await sideways(page) <= 0


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
async def test_somebody_fills_it_in_and_mends_a_mistake(browser: Browser, base: str, scripts: bool):
    async with opened(browser, base, scripts=scripts) as page:
        await page.goto("/clock")
        await page.fill("#f-start", "2025-05-12")
        await page.fill("#f-limit", "twenty")
        await page.fill("#f-stop-1", "2025-05-19")
        await page.fill("#f-stop-1-to", "2025-06-05")
        await page.click("text=算一算")
        await page.wait_for_selector(".problems:focus")
        await page.click(".problems a")
        await page.fill("#f-limit", "20")
        await page.click("button:text('算一算')")
        assert await page.inner_text("#answer") == "2025年6月26日（周四）"
        assert await page.input_value("#f-stop-1-to") == "2025-06-05"
