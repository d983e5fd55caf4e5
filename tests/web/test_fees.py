"""A fee on every desk: the applicant's, the platform's, the clerk's, the head's, the supervisor's, and over the API."""

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI

from tests.living import MORNING, Living
from tests.paying import order, ordered, payment, platform, told
from tests.web.desks import at_desk, desks_of, go_on
from tests.web.looks import every_way, look_at

REASON = {"basis": "减免规定", "reason": "困难家庭，予以免收"}


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory) -> Living:
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home


@pytest.fixture
async def app(living: Living) -> FastAPI:
    async with desks_of(living) as app:
        yield app


async def at_platform(living: Living, no: str) -> str:
    """The address without the host: the desk's browser calls it otherwise."""
    return "/pay-demo/" + (await order(living, no)).address.rpartition("/")[2]


async def test_an_applicant_goes_to_the_platform_pays_and_sees_it_from_our_own_store(app, living: Living):
    no = await ordered(living)
    async with at_desk(app, living, "li") as desk:
        page = await desk.open(f"/cases/{no}")
        assert re.search(r"去缴费 ¥40\.00.*请您缴费", page, re.S), "what is to be done stands on top"
        assert "11月23日（周一）" in page
        assert f"{living.house.base_url}{await at_platform(living, no)}" in page
        page = await desk.open(await at_platform(living, no))
        assert "演示用，不会真的付款" in page
        assert re.search(r"示例区公安分局.*居民身份证工本费（丢失补领）.*¥40\.00", page, re.S)
        answer = await desk.send(await at_platform(living, no), do="pay")
        assert answer.headers["location"] == f"/cases/{no}?done=pay"
        page = await desk.open(answer.headers["location"])
        assert "已收到您的缴费" in page
        assert "去缴费" not in page


async def test_what_a_browser_says_is_no_payment(app, living: Living):
    no = await ordered(living)
    async with at_desk(app, living, "li") as desk:
        page = await desk.open(f"/cases/{no}?done=pay&paid=1")
        assert "还没有收到支付平台的到账通知" in page
        await desk.open(await at_platform(living, no))
        await desk.send(await at_platform(living, no), do="cancel")
        await desk.open(await at_platform(living, no))
        await desk.send(await at_platform(living, no), do="pay", lost="1")
    assert (await living.case(no)).state.fees == {"acceptance": "ordered"}


async def test_the_callback_takes_signed_bytes_and_nothing_else(app, living: Living):
    no = await ordered(living)
    said, address = await payment(living, no), "/api/v1/payments/callback"
    async with at_desk(app, living, "li") as desk:
        assert (await desk.client.post(address, content=said.body)).status_code == 403
        forged = await desk.client.post(address, content=said.body, headers={"x-signature": "AAAA"})
        assert (forged.status_code, forged.json()["title"]) == (403, "not-believed")
        long = await desk.client.post(address, content=b"x" * 10_000)
        assert long.status_code == 422
        assert (await living.case(no)).state.fees == {"acceptance": "ordered"}
        for repeated in (False, True):
            heard = await desk.client.post(
                address, content=said.body, headers={"x-signature": said.signature}
            )
            assert heard.json() == {"case": no, "repeated": repeated, "goes_back": None}
    assert (await living.case(no)).state.fees == {"acceptance": "paid"}


async def test_the_clerk_sees_who_has_not_paid_and_what_that_blocks(app, living: Living):
    no = await ordered(living)
    await go_on(living, no, ("review#1", "recommend_grant", "police", {}))
    async with at_desk(app, living, "police2") as desk:
        page = await desk.open(f"/window/cases/{no}")
        assert "申请人还没有缴费：¥40.00" in page
        assert "缴清或者减免以前不能准予" in page
        assert not re.search(r"/window/tasks/\d+/grant", page)
        assert re.search(r"/window/tasks/\d+/refuse", page)
        await told(living, await payment(living, no))
        await living.engine(no)
        page = await desk.open(f"/window/cases/{no}")
        assert re.search(r"/window/tasks/\d+/grant", page)
        assert "已缴清" in page


async def test_the_head_remits_with_a_reason_and_a_basis(app, living: Living):
    no = await ordered(living)
    async with at_desk(app, living, "police2") as desk:
        page = await desk.open(f"/window/cases/{no}")
        act = re.search(r"/window/tasks/\d+/waive_fee", page)
        assert act
        await desk.open(act[0])
        await desk.send(act[0], status=422, basis="", reason="")
        await desk.send(act[0], **REASON)
    await living.engine(no)
    assert (await living.case(no)).state.fees == {"acceptance": "waived"}
    async with at_desk(app, living, "li") as desk:
        assert "已减免" in await desk.open(f"/cases/{no}")


async def test_the_supervisor_sees_a_refund_that_the_platform_does_not_carry_out(app, living: Living):
    no = await ordered(living)
    await told(living, await payment(living, no))
    await living.engine(no)
    platform(living).down = True
    try:
        await go_on(living, no, ("withdrawal", "withdraw", "li", {}))
    finally:
        platform(living).down = False
    async with at_desk(app, living, "supervisor") as desk:
        page = await desk.open("/supervisor/refunds")
        assert re.search(rf"/supervisor/cases/{no}.*¥40\.00.*申请已撤回.*未办成 1 次", page, re.S)
        page = await desk.open(f"/supervisor/cases/{no}")
        assert "退费未成功，继续重试" in page
        assert "the platform cannot be reached" in page
    async with at_desk(app, living, "li") as desk:
        page = await desk.open(f"/cases/{no}")
        assert "正在退还" in page
        assert "未成功" not in page.split("办到哪一步了")[1], "ours to see to, not the applicant's"


async def test_the_api_tells_the_fees_of_a_case_and_of_an_item(app, living: Living):
    from services.people import open_session

    no = await ordered(living)
    seen = {}
    for who in ("li", "clerk"):
        async with living.house.db.transaction() as tx:
            token = await open_session(tx, living.world.actors[who].id, "api", now=living.house.now())
        async with at_desk(app, living, who) as desk:
            headers = {"authorization": f"Bearer {token}"}
            (seen[who],) = (await desk.client.get(f"/api/v1/cases/{no}", headers=headers)).json()["fees"]
            (fee,) = (await desk.client.get("/api/v1/items/identity-card")).json()["fees"]
    assert (fee["amount"], fee["due"]) == ("40.00", "acceptance")
    assert (seen["li"]["amount"], seen["li"]["stands"], seen["li"]["until"]) == (
        "40.00",
        "ordered",
        "2026-11-23",
    )
    assert seen["li"]["pay"]
    assert seen["clerk"]["pay"] is None, "who pays is the applicant"


async def test_the_guide_says_what_it_costs_when_and_that_the_basis_is_unchecked(app, living: Living):
    async with at_desk(app, living, "li") as desk:
        page = await desk.open("/items/identity-card")
    assert re.search(r"居民身份证工本费（丢失补领） ¥40\.00.*未核对.*减 50%.*受理后、决定前缴纳", page, re.S)


@pytest.mark.browser
@every_way
async def test_the_pages_of_a_fee_are_accessible_and_fit(browser, app, living: Living, lang, large, phone):
    owed, back, waits = await ordered(living), await ordered(living), await ordered(living)
    for no in (back, waits):
        await told(living, await payment(living, no))
        await living.engine(no)
    await told(living, await payment(living, back))  # once too often
    await go_on(living, back, ("withdrawal", "withdraw", "li", {}))
    platform(living).down = True
    await go_on(living, waits, ("withdrawal", "withdraw", "li", {}))
    platform(living).down = False
    pages = {
        "li": [f"/cases/{owed}", f"/cases/{owed}?done=pay", f"/cases/{back}", f"/cases/{waits}",
               await at_platform(living, owed), await at_platform(living, back), "/my/cases", "/items/identity-card"],
        "police2": [f"/window/cases/{owed}", f"/window/cases/{back}"],
        "supervisor": ["/supervisor/refunds", f"/supervisor/cases/{waits}"],
    }  # fmt: skip
    living.clock.now += timedelta(minutes=1)
    await look_at(browser, app, pages, lang, large, phone)
