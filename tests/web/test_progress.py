"""What an applicant sees of a case, in every situation it can be in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from services.cases.clocks import case_clocks
from services.cases.histories import history
from services.law.clock_story import clocks_of
from tests.living import MORNING, Living
from tests.web import progress_world as world
from web.app import build_app

FIRST_SENTENCE = {
    "received": "正在核对材料。最晚 11月23日（周一）告诉您是否受理。",
    "correcting": "有 2 处需要补正，最晚 12月7日（周一）提交。",
    "accepted": "已受理，正在现场核查。最晚 11月23日（周一）告诉您结果。",
    "in_review": "已受理，正在审核。最晚 11月23日（周一）告诉您结果。",
    "delivering": "决定：准予。证照已制作，最晚 11月30日（周一）送达。",
    "concluded": "已办结：准予。",
    "archived": "已办结：准予。",
    "refused": "决定：不予许可。决定书最晚 11月30日（周一）送达。",
    "declined": "不予受理，办件已经结束。",
    "withdrawn": "申请已撤回，办件已经结束。",
    "examined": "已受理。专家评审期间时限暂停，还剩 5 个工作日，结束后继续计算。",
    "informed": "请您在 11月23日（周一）以前告诉我们是否要求听证",
    "asked": "已受理。听证期间时限暂停，还剩 5 个工作日，结束后继续计算。",
    "extended": "已受理，正在现场核查。最晚 11月23日（周一）告诉您结果。",
    "suspended": "已受理。挂起期间时限暂停，还剩 5 个工作日，结束后继续计算。",
    "voided": "这是录入错误，办件已作废，原因见下。",
    "ended": "办件已终止，原因见下。",
}
ORDER_SENTENCE = {
    "registered": "正在派给承办单位。登记之日起 5 个工作日内答复您。",
    "dispatched": "已派给区市场监督管理局，等待签收。最晚 11月23日（周一）答复您。",
    "handling": "区市场监督管理局正在办理。最晚 11月23日（周一）答复您。",
    "replied": "区市场监督管理局已答复。",
    "closed": "已办结：问题已解决。",
}


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> AsyncIterator[Living]:
    living = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield living
    await living.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home


@pytest.fixture(scope="module")
async def app(home: Living):
    @asynccontextmanager
    async def house():
        yield home.house

    app = build_app(house)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def visit(app, living) -> AsyncIterator:
    """`await visit("chen")`: a browser of somebody signed in; without a name, of nobody."""
    async with httpx.AsyncClient() as unused:
        clients: dict[str, httpx.AsyncClient] = {"": unused}

        async def open_(who: str = "") -> httpx.AsyncClient:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
            clients[who] = client
            if who:
                await submit(client, "/sign-in", "/sign-in", username=who, password="onewindow-demo")
            return client

        yield open_
        for client in clients.values():
            await client.aclose()


async def submit(client: httpx.AsyncClient, page: str, to: str, **values: str) -> httpx.Response:
    """Draw the page, take its hidden fields along, send the form."""
    drawn = (await client.get(page)).text
    form = drawn[drawn.index(f'action="{to}"') :]
    form = form[: form.index("</form>")]
    hidden = {}
    for part in form.split('<input type="hidden" ')[1:]:
        name, value = part.split('name="')[1].split('"')[0], part.split('value="')[1].split('"')[0]
        hidden[name] = value
    return await client.post(to, data={**hidden, **values})


@pytest.mark.parametrize("situation", world.SITUATIONS)
async def test_the_first_sentence_says_where_it_is_and_by_when_i_will_know(living, visit, situation):
    no = await world.food(living, *world.SITUATIONS[situation])
    page = await (await visit("chen")).get(f"/cases/{no}")
    assert page.status_code == 200
    assert FIRST_SENTENCE[situation] in page.text


@pytest.mark.parametrize("situation", world.ORDERS)
async def test_a_work_order_is_followed_on_the_same_page(living, visit, situation):
    no = await world.order(living, *world.ORDERS[situation])
    page = (await (await visit("li")).get(f"/cases/{no}")).text
    assert ORDER_SENTENCE[situation] in page
    assert "餐馆油烟扰民" in page
    assert ("已责令停业整改" in page) == (situation in ("replied", "closed"))


async def test_what_must_be_corrected_stands_complete_and_on_top(living, visit):
    no = await world.food(living, *world.CORRECTING)
    page = (await (await visit("chen")).get(f"/cases/{no}")).text
    top = page[: page.index("最晚 12月7日（周一）提交。")]
    for words in ("没有标注比例", "按 1:100 重新绘制", "与制度中的人数不一致"):
        assert words in top
    assert f'action="/cases/{no}/correct"' in page


async def test_silence_is_told_as_acceptance_with_its_article(living, visit):
    no = await world.food(living)
    living.clock.forward(days=8)
    await living.engine(no)
    page = (await (await visit("chen")).get(f"/cases/{no}")).text
    assert "逾期没有告知，依法视为已受理" in page
    assert "行政许可法第三十二条" in page


async def test_a_promise_that_was_not_kept_is_said_and_so_is_the_statutory_date(living, visit):
    no = await world.food(living, *world.CHECKED)
    living.clock.forward(days=8)
    await living.engine(no)
    page = (await (await visit("chen")).get(f"/cases/{no}")).text
    assert "已经超过承诺的 11月23日（周一），效能监督部门正在督办。法定期限是 11月30日（周一）。" in page


async def test_opinions_and_cards_are_not_the_applicants_to_read(living, visit):
    said = (*world.CHECKED, ("review#1", "recommend_grant", "reviewer", {"opinion": "内部意见不外传"}))
    no = await world.food(living, *said)
    page = (await (await visit("chen")).get(f"/cases/{no}")).text
    assert "内部意见不外传" not in page
    assert "刘审核" not in page


async def test_a_refusal_names_the_remedies(living, visit):
    no = await world.food(living, *world.REFUSED)
    page = (await (await visit("chen")).get(f"/cases/{no}")).text
    assert "六十日内向示例区人民政府申请行政复议" in page
    assert "布局与图纸不符" in page


async def test_every_day_of_every_limit_can_be_looked_up(living, visit):
    no = await world.food(living, *world.CHECKED)
    page = (await (await visit("chen")).get(f"/cases/{no}/clock")).text
    for words in ("承诺办结", "法定期限", "受理期限", "起算日，不计", "休息日，不计", "到期日"):
        assert words in page


async def test_withdrawing_asks_first_and_then_ends_the_case(living, visit):
    no = await world.food(living)
    chen = await visit("chen")
    await chen.get(f"/cases/{no}/withdraw")
    assert "withdrawn" not in await living.kinds(no)
    done = await submit(chen, f"/cases/{no}/withdraw", f"/cases/{no}/withdraw", reason="不办了")
    assert (done.status_code, done.headers["location"]) == (303, f"/cases/{no}?done=withdraw")
    assert "withdrawn" in await living.kinds(no)
    await living.engine(no)
    assert (await chen.get(f"/cases/{no}/withdraw")).status_code == 409


async def test_a_rating_needs_a_score_and_keeps_the_comment_sealed(living, visit):
    no = await world.food(living, *world.SERVED)
    chen, rate = await visit("chen"), f"/cases/{no}/rate"
    wrong = await submit(chen, rate, rate, comment="很快")
    assert wrong.status_code == 422
    assert "很快" in wrong.text
    assert (await submit(chen, rate, rate, score="2", comment="态度生硬")).status_code == 303
    async with living.house.db.connection() as conn:
        body = await conn.fetchval("SELECT body FROM case_event WHERE case_no = $1 AND kind = 'rated'", no)
    assert "态度生硬" not in body


async def test_a_form_sent_twice_is_one_act(living, visit):
    no = await world.food(living)
    chen, address = await visit("chen"), f"/cases/{no}/withdraw"
    drawn = (await chen.get(address)).text
    csrf, token, task = (
        drawn.split(f'name="{n}" value="')[1].split('"')[0] for n in ("csrf", "token", "task")
    )
    form = {"csrf": csrf, "token": token, "task": task, "reason": ""}
    assert [(await chen.post(address, data=form)).status_code for _ in range(2)] == [303, 303]
    assert (await living.kinds(no)).count("withdrawn") == 1


async def test_my_cases_put_what_waits_for_me_on_top(living, visit):
    no = await world.food(living, *world.CORRECTING)
    chen = await visit("chen")
    page = (await chen.get("/my/cases")).text
    assert page.index(f"/cases/{no}/correct") < page.index("<table")
    assert f'action="/cases/{no}/correct"' in (await chen.get("/")).text


async def test_my_licences_are_those_of_whom_i_act_for(living, visit):
    no = await world.food(living, *world.GRANTED)
    async with living.house.db.connection() as conn:
        number = await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no)
    assert number in (await (await visit("chen")).get("/my/licences")).text
    assert number not in (await (await visit("li")).get("/my/licences")).text


async def test_a_hearing_is_asked_for_on_the_page_and_the_clock_stops(living, visit):
    """Licence Law art. 47: within five working days of being told."""
    no = await world.food(living, *world.INFORMED)
    browser = await visit("chen")
    answer = await submit(
        browser, f"/cases/{no}/request_hearing", f"/cases/{no}/request_hearing", reason="排烟已经改造"
    )
    assert answer.headers["location"] == f"/cases/{no}?done=request_hearing"
    await living.engine(no)
    page = (await browser.get(f"/cases/{no}")).text
    assert "听证期间时限暂停" in page
    assert f"/cases/{no}/waive_hearing" not in page


@pytest.mark.parametrize(
    "situation", ["examined", "asked", "extended", "suspended", "in_review", "delivering"]
)
async def test_every_desk_tells_the_same_clocks(living, visit, situation):
    """What the citizen reads, the supervisor audits and the door enforces is counted once, from the log."""
    no = await world.food(living, *world.SITUATIONS[situation])
    async with living.house.db.connection() as conn:
        told = await history(conn, no)
    case = await living.case(no)
    enforced = case_clocks(case, living.house)
    shown = clocks_of(living.house.items.get("food-licence"), (t.event for t in told), living.house.calendar)
    handling = next(c for c in shown if c.kind == "handling")
    assert (handling.promised, handling.statutory) == (enforced.promised, enforced.statutory)
    sentence = next(e.sentence() for _, _, e in reversed(handling.explained(living.house.now())))
    assert sentence in (await (await visit("chen")).get(f"/cases/{no}/clock")).text
    assert sentence in (await (await visit("supervisor")).get(f"/supervisor/cases/{no}")).text
