"""12345 over HTTP: an order from the first word to the call-back, who may see whom, and who may not answer."""

import re
from uuid import uuid4

import pytest
from fastapi import FastAPI

from services.hotline.contents import read_content
from services.law.stages import Stage
from tests.living import MORNING, SITE_CHECK, Living
from tests.web.desks import COMPLAINT, MARKET, at_desk, desks_of, file_food, go_on
from web.hotline import acts

ACCEPT = ("acceptance#1", "accept", "clerk", {})
CHECK = ("site_check#1", "record_site_check", "reviewer", SITE_CHECK)
DISPATCH = ("triage#1", "dispatch", "agent", {"department": MARKET})
SIGN = ("sign#1", "sign_for", "liaison", {})
REPLY = {"facts_found": "窗口漏看了一份材料", "measures": "当天受理，已电话致歉", "basis": "第三十二条"}
CALLED = {"reached": "yes", "solved": "yes", "satisfied": "fair"}


@pytest.fixture(scope="module")
async def living(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture(autouse=True)
def monday(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    living.clock.now = MORNING
    monkeypatch.setattr(acts, "PATIENCE", 0.0)  # the rehearsed engine runs between requests, not beside them


@pytest.fixture
async def app(living: Living) -> FastAPI:
    async with desks_of(living) as app:
        yield app


async def order(living: Living, *done: tuple, who: str = "chen", linked: str | None = None, **answers) -> str:
    raw = COMPLAINT | {k: [v] for k, v in answers.items()} | ({"case_no": [linked]} if linked else {})
    no = (await living.file("hotline-order", who, raw, [], linked_no=linked)).case_no
    await living.engine(no)
    return await go_on(living, no, *done)


async def test_a_complaint_about_a_case_goes_from_the_web_to_the_call_back_and_shows_on_both_histories(
    app: FastAPI, living: Living
) -> None:
    case = await file_food(living, ACCEPT, CHECK)
    async with at_desk(app, living, "chen") as chen:
        assert f'value="{case}" selected' in await chen.open(f"/hotline/new?case={case}")
        hurry = await chen.open(f"/hotline/new?case={case}&urge=1&lang=en")
        assert 'value="催办：请加快办理 (Please hurry this case)"' in hurry
        assert "Food licence ·" in hurry
        answer = await chen.send("/hotline/new", **{k: v[0] for k, v in COMPLAINT.items()}, case_no=case)
    no = re.fullmatch(r"/cases/(\w+)/receipt", answer.headers["location"])[1]
    await living.engine(no)
    async with at_desk(app, living, "chen") as chen:
        assert f'href="/cases/{no}"' in await chen.open(f"/cases/{case}")

    async def act(who: str, code: str, **values: str) -> None:
        async with at_desk(app, living, who) as desk:
            assert f"/hotline/orders/{no}/acts/{code}" in await desk.open(f"/hotline/orders/{no}")
            await desk.open(f"/hotline/orders/{no}/acts/{code}")
            await desk.send(f"/hotline/orders/{no}/acts/{code}", **values)
        await living.engine(no)

    await act("agent", "dispatch", department=MARKET)
    await act("liaison", "sign_for")
    await act("liaison", "reply", **REPLY)
    await act("agent", "record_callback", **CALLED)

    assert (await living.case(no)).state.stage is Stage.CLOSED
    on_case = await living.kinds(case)
    assert "order_linked" in on_case
    assert "order_answered" in on_case
    hands = (await living.case(case)).state.hands
    assert not hands & set((await living.case(no)).state.acted["handle"])
    async with at_desk(app, living, "supervisor") as desk:
        assert f"/supervisor/cases/{no}" in await desk.open(f"/supervisor/cases/{case}")
        assert f"/supervisor/cases/{case}" in await desk.open(f"/supervisor/cases/{no}")
    async with at_desk(app, living, "chen") as chen:
        page = await chen.open(f"/hotline/orders/{no}")
        assert "当天受理，已电话致歉" in page


async def test_a_complaint_by_somebody_else_is_no_step_of_the_applicants_page(
    app: FastAPI, living: Living
) -> None:
    case = await file_food(living, ACCEPT)
    no = await order(living, who="agent", linked=case)
    assert "order_linked" in await living.kinds(case)
    async with at_desk(app, living, "chen") as chen:
        assert no not in await chen.open(f"/cases/{case}")


async def test_whoever_handled_the_case_is_told_plainly_and_kept_out_by_the_door(
    app: FastAPI, living: Living
) -> None:
    case = await file_food(living, ACCEPT, CHECK)
    no = await order(living, DISPATCH, linked=case)
    async with at_desk(app, living, "reviewer") as desk:
        page = await desk.open(f"/hotline/orders/{no}")
        assert "刘审核" in re.search("须回避：([^<]*)", page)[1]
        assert "您在其中" in page
        assert "/acts/" not in page
        await desk.open(f"/hotline/orders/{no}/acts/sign_for", status=409)
        async with living.house.db.connection() as conn:
            task = await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = 'sign#1'", no)
        form = {"csrf": re.search('name="csrf" value="([^"]+)"', page)[1], "task": task, "token": uuid4().hex}
        answer = await desk.client.post(f"/hotline/orders/{no}/acts/sign_for", data=form)
        assert answer.status_code == 403
    assert "signed_for" not in await living.kinds(no)


async def test_the_handler_sees_whom_to_call_and_colleagues_do_not(app: FastAPI, living: Living) -> None:
    no = await order(living, DISPATCH, SIGN, ("handle#1", "reply", "liaison", REPLY))
    async with at_desk(app, living, "liaison") as desk:
        assert "19900000001" in await desk.open(f"/hotline/orders/{no}")
    async with at_desk(app, living, "director") as desk:
        page = await desk.open(f"/hotline/orders/{no}")
        assert COMPLAINT["content"][0] in page
        assert "19900000001" not in page
        assert "陈示例" not in page
    for other in ("police", "clerk", "li", "counter"):
        async with at_desk(app, living, other) as desk:
            await desk.open(f"/hotline/orders/{no}", status=404)


@pytest.mark.parametrize("wish", [{"confidential": "yes"}, {"category": "report"}])
async def test_confidential_hides_the_caller_from_the_unit_and_not_from_the_hotline(
    app: FastAPI, living: Living, wish: dict[str, str]
) -> None:
    no = await order(living, DISPATCH, SIGN, **wish)
    async with at_desk(app, living, "liaison") as desk:
        for address in (f"/hotline/orders/{no}", f"/hotline/orders/{no}/acts/reply"):
            page = await desk.open(address)
            assert COMPLAINT["content"][0] in page
            assert "身份保密" in page
            assert "19900000001" not in page
            assert "陈示例" not in page
    async with at_desk(app, living, "agent") as desk:
        page = await desk.open(f"/hotline/orders/{no}")
        assert "19900000001" in page
        assert "陈示例" in page


async def test_whoever_is_reported_does_not_learn_that_they_are(app: FastAPI, living: Living) -> None:
    case = await file_food(living, ACCEPT, CHECK)
    no = await order(living, DISPATCH, linked=case, category="report")
    async with at_desk(app, living, "reviewer") as desk:
        await desk.open(f"/hotline/orders/{no}", status=404)


async def test_an_agent_writes_down_a_call_with_the_callers_name_and_reads_out_the_query_code(
    app: FastAPI, living: Living
) -> None:
    case = await file_food(living)
    async with at_desk(app, living, "agent") as desk:
        page = await desk.open(f"/hotline/desk/new?phone=19900000077&case={case}")
        assert "这个号码没有登记过工单" in page
        assert "已收件，等待受理" in page
        answers = {k: v[0] for k, v in COMPLAINT.items()} | {"contact_phone": "19900000077", "urgent": "yes"}
        sent = await desk.send("/hotline/desk/new", caller="赵来电", case_no=case, **answers)
        again = await desk.send("/hotline/desk/new", caller="赵来电", case_no=case, **answers)
        assert again.headers["location"] == sent.headers["location"]
        page = await desk.open(sent.headers["location"])
        assert re.search(r"查询码 <b[^>]*>\d{6}</b>", page)
        assert "赵来电" in page
        no = re.search(r"/orders/(\w+)", sent.headers["location"])[1]
        await living.engine(no)
        assert "紧急" in await desk.open("/hotline/desk")
        assert COMPLAINT["title"][0] in await desk.open("/hotline/desk/new?phone=19900000077")
    async with living.house.db.connection() as conn:
        assert (await read_content(conn, living.house, no)).urgent
        assert await conn.fetchval("SELECT count(*) FROM subject WHERE name = '赵来电'") == 1


async def test_a_case_number_that_is_not_there_is_a_mistake_in_the_form(app: FastAPI, living: Living) -> None:
    answers = {k: v[0] for k, v in COMPLAINT.items()}
    for who, address in (("chen", "/hotline/new"), ("agent", "/hotline/desk/new")):
        async with at_desk(app, living, who) as desk:
            await desk.open(address)
            await desk.send(address, status=422, **answers, case_no="430199202611161999999X")
            assert "没有找到这个办件编号" in desk.page
            assert COMPLAINT["content"][0] in desk.page


async def test_a_citizen_cannot_tie_a_complaint_to_somebody_elses_case(app: FastAPI, living: Living) -> None:
    case = await file_food(living)
    async with at_desk(app, living, "li") as desk:
        await desk.open(f"/hotline/new?case={case}")
        await desk.send("/hotline/new", status=422, **{k: v[0] for k, v in COMPLAINT.items()}, case_no=case)
    assert "order_linked" not in await living.kinds(case)


async def test_likely_duplicates_name_their_reason_and_never_a_report(app: FastAPI, living: Living) -> None:
    first = await order(living, contact_phone="19900000055")
    same = await order(living, contact_phone="19900000055")
    secret = await order(living, contact_phone="19900000055", category="report")
    async with at_desk(app, living, "agent") as desk:
        page = await desk.open(f"/hotline/orders/{same}")
        assert f"/hotline/orders/{first}" in page
        assert "同一电话" in page
        assert f"/hotline/orders/{secret}" not in page


async def test_an_empty_reply_is_refused_and_what_was_typed_stays(app: FastAPI, living: Living) -> None:
    no = await order(living, DISPATCH, SIGN)
    async with at_desk(app, living, "liaison") as desk:
        await desk.open(f"/hotline/orders/{no}/acts/reply")
        await desk.send(f"/hotline/orders/{no}/acts/reply", status=422, **REPLY | {"measures": ""})
        assert 'href="#f-measures"' in desk.page
        assert REPLY["facts_found"] in desk.page


async def test_a_claimed_order_waits_for_the_colleague_who_claimed_it(app: FastAPI, living: Living) -> None:
    no = await order(living, DISPATCH)
    async with at_desk(app, living, "liaison") as desk:
        await desk.open(f"/hotline/orders/{no}")
        await desk.send(f"/hotline/orders/{no}/claim")
        assert f'action="/hotline/orders/{no}/release"' in await desk.open(f"/hotline/orders/{no}")
    async with at_desk(app, living, "reviewer2") as desk:
        page = await desk.open(f"/hotline/orders/{no}")
        assert "已由同事认领：蒋联络" in page
        assert "/acts/sign_for" not in page


async def test_the_reply_is_not_in_the_log(living: Living, database_urls) -> None:
    no = await order(living, DISPATCH, SIGN, ("handle#1", "reply", "liaison", REPLY))
    async with living.house.db.connection() as conn:
        bodies = await conn.fetch("SELECT body FROM case_event WHERE case_no = $1", no)
    assert not [b for b in bodies if REPLY["measures"] in b["body"] or COMPLAINT["content"][0] in b["body"]]
