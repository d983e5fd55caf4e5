"""A licence on the desks: what its holder sees and can do, what a department opens, what anybody who checks it reads."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest

from services.errors import NotExpected
from services.licences.sweep import sweep_licences
from tests.licences.conftest import UNTIL, set_clock
from tests.living import Living
from tests.web import progress_world as world
from tests.web.applying import Visitor, desk, visiting
from tests.web.looks import every_way, look_at

REVOCATION = "food-licence-revocation"
GROUNDS = {"facts_found": "布局图系伪造", "reason": "以欺骗手段取得", "basis": "行政许可法第六十九条"}


@pytest.fixture
async def living(own_database, tmp_path) -> AsyncIterator[Living]:
    home = await Living.move_in(own_database.app, tmp_path)
    yield home
    await home.leave()


@pytest.fixture
async def licence(living: Living) -> tuple[str, str]:
    """Its number, and the verification code of its paper."""
    no = await world.food(living, *world.SERVED)
    code = await world.put_document(living, no, "licence")
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no), code


@pytest.fixture
async def visitor(living: Living) -> AsyncIterator[Visitor]:
    async with visiting(living) as visitor:
        yield visitor


async def open_revocation(living: Living, number: str) -> str:
    from services.cases.filing import submit

    item, actor = living.house.items.get(REVOCATION), living.world.actors["reviewer"]
    async with living.house.db.transaction() as tx:
        holder = await tx.fetchval("SELECT holder_id FROM licence WHERE number = $1", number)
        receipt = await submit(
            tx, living.house, actor, item, raw={"licence": [number], "facts": ["举报查实"]}, papers=(),
            applicant_id=holder, channel="official", token=uuid4().hex,
        )  # fmt: skip
    await living.engine(receipt.case_no)
    return receipt.case_no


async def revoke(living: Living, number: str) -> str:
    no = await open_revocation(living, number)
    await world.go(
        living, no,
        ("inform#1", "inform_holder", "reviewer", GROUNDS),
        ("plea", "plead", "chen", {"statement": "不是故意的"}),
        ("review#1", "recommend_measure", "reviewer", {"opinion": "属实"}),
        ("decision#1", "revoke", "director", {"ground": "fraud", **GROUNDS}),
    )  # fmt: skip
    return no


async def test_my_licences_say_how_long_they_run_and_what_can_be_done(living, licence, visitor):
    await visitor.sign_in("chen")
    page = await visitor.go("/my/licences")
    assert "有效期至2031年11月15日" in page
    for act in ("变更", "补办", "注销"):
        assert act in page
    assert "起可以申请" in page  # 延续: not yet, and from when


async def test_near_the_end_the_page_counts_the_days_and_shows_the_reminder(living, licence, visitor):
    set_clock(living, UNTIL - timedelta(days=60), 9)
    await sweep_licences(living.house)
    await visitor.sign_in("chen")
    page = await visitor.go("/my/licences")
    assert "还有 60 天" in page
    assert f"您的食品经营许可证（{licence[0]}）有效期至2031年11月15日。需要延续的，请在" in page


async def test_a_change_begins_with_the_licence_chosen_and_its_contents_filled_in(living, licence, visitor):
    number, _ = licence
    await visitor.sign_in("chen")
    await visitor.go(f"/my/licences/{number}")
    start = await visitor.press(f"/my/licences/{number}/food-licence-change")
    assert f'value="{number}" checked' in start
    draft = visitor.path.removesuffix("/start")
    form = await visitor.press(f"{draft}/start", licence=number, applicant_role="self")
    assert visitor.path == f"{draft}/form"
    assert 'value="湖南示例餐饮有限公司"' in form
    assert 'value="120"' in form


async def test_a_licence_may_be_chosen_from_the_guide_too_and_only_ones_own(living, licence, visitor):
    number, _ = licence
    await visitor.sign_in("li")
    draft = await visitor.begin("food-licence-change")
    assert number not in visitor.text
    await visitor.press(f"{draft}/start", licence=number, applicant_role="self")
    check = await visitor.go(f"{draft}/check")
    assert "申请人名下没有这张证照" in check


async def test_whoever_is_too_late_is_told_before_they_file(living, licence, visitor):
    number, _ = licence
    set_clock(living, UNTIL - timedelta(days=3), 9)
    await visitor.sign_in("chen")
    page = await visitor.go(f"/my/licences/{number}")
    assert "已超过延续的时间，将按新办处理" in page


async def test_another_ones_licence_is_not_shown(living, licence, visitor):
    await visitor.sign_in("li")
    await visitor.go(f"/my/licences/{licence[0]}")
    assert visitor.page.status_code == 404


async def test_a_reviewer_opens_a_revocation_the_holder_is_heard_and_everybody_can_read_the_end(
    living, licence, visitor
):
    number, code = licence
    await visitor.sign_in("reviewer")
    await visitor.go(f"/window/licences?q={number.lower()}")
    assert visitor.path == f"/window/licences/{number}"
    await visitor.go(f"/window/licences/{number}/{REVOCATION}")
    await visitor.press(f"/window/licences/{number}/{REVOCATION}", facts="举报查实")
    no = visitor.path.rpartition("/")[2]
    await living.engine(no)
    await world.go(living, no, ("inform#1", "inform_holder", "reviewer", GROUNDS))
    async with visiting(living) as holder:
        await holder.sign_in("chen")
        assert "正在依职权审查这张证照" in await holder.go(f"/cases/{no}")
        await holder.go(f"/cases/{no}/plead")
        told = await holder.press(f"/cases/{no}/plead", statement="图纸是委托他人绘制的")
        assert "您的意见已记录" in told
    await living.engine(no)
    await world.go(
        living, no,
        ("review#1", "recommend_measure", "reviewer", {"opinion": "属实"}),
        ("decision#1", "revoke", "director", {"ground": "fraud", **GROUNDS}),
    )  # fmt: skip
    page = await visitor.go(f"/verify/{code}")
    assert "这份证照已被撤销" in page
    assert "这份文书是真的" not in page


async def test_an_older_paper_says_that_a_newer_one_took_its_place(living, licence, visitor):
    number, code = licence
    receipt = await living.file(
        "food-licence-replacement", "chen", {"licence": [number], "cause": ["lost"], "truth": ["yes"]}, [],
        applicant_id=living.world.subjects["湖南示例餐饮有限公司"],
    )  # fmt: skip
    await living.engine(receipt.case_no)
    assert "这份文书是真的" in await visitor.go(f"/verify/{code}")
    await world.go(
        living, receipt.case_no,
        ("acceptance#1", "accept", "clerk", {}),
        ("decision#1", "grant", "reviewer", {}),
    )  # fmt: skip
    assert "这份证照已被新的一份代替" in await visitor.go(f"/verify/{code}")


async def test_a_licence_that_silence_is_renewing_goes_on_though_the_engine_is_away(living, licence, visitor):
    """Licence Law art. 50(2): nobody reads at midnight that it has expired, and no late refusal gets in."""
    number, code = licence
    set_clock(living, UNTIL - timedelta(days=40), 9)
    answers = {
        "licence": [number], "changed": ["no"], "applicant_role": ["self"], "officer_name": ["陈示例"],
        "officer_phone": ["19900000001"], "truth": ["yes"],
    }  # fmt: skip
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence-renewal", "chen", answers, [], applicant_id=firm)).case_no
    await living.engine(no)
    await world.go(living, no, ("acceptance#1", "accept", "clerk", {}))
    set_clock(living, UNTIL + timedelta(days=1), 0, 10)
    assert (await sweep_licences(living.house)).expired == 0
    assert "这份文书是真的" in await visitor.go(f"/verify/{code}")
    with pytest.raises(NotExpected):
        await living.act(no, "review#1", "recommend_refuse", "reviewer", opinion="太晚了")
    await living.engine(no)
    assert "licence_renewed" in await living.kinds(no)


async def test_the_counter_finds_the_visitors_licence(living, licence, visitor):
    number, _ = licence
    await visitor.sign_in("clerk")
    page = await visitor.go(f"/window/intake/food-licence-replacement?licence={number}")
    assert f'value="{number}"' in page


@pytest.mark.browser
@every_way
async def test_the_pages_of_a_licence_are_accessible_and_fit(browser, living, licence, lang, large, phone):
    number, code = licence
    set_clock(living, UNTIL - timedelta(days=60), 9)
    await sweep_licences(living.house)
    no = await open_revocation(living, number)
    await world.go(living, no, ("inform#1", "inform_holder", "reviewer", GROUNDS))
    pages = {
        "chen": [
            "/my/licences",
            f"/my/licences/{number}",
            f"/cases/{no}",
            f"/cases/{no}/plead",
            f"/verify/{code}",
        ],
        "reviewer2": ["/window/licences", f"/window/licences/{number}", f"/window/cases/{no}"],
        "supervisor": [f"/supervisor/cases/{no}"],
    }
    async with desk(living) as app:
        await look_at(browser, app, pages, lang, large, phone)
