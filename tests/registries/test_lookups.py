"""谁查了我的数据: every look is on the page of whom it was about, by office and number and not by name."""

from services.cases.reveal import reveal
from services.people.lookups import note_look, staff_number
from tests.living import Living
from tests.web.desks import at_desk, desks_of, file_food

FIRM = "湖南示例餐饮有限公司"


async def test_who_looked_stands_on_the_page_with_office_case_and_purpose(living: Living):
    no = await file_food(living)
    house, clerk = living.house, living.world.actors["clerk"]
    async with house.db.transaction() as tx:
        await reveal(tx, house, clerk, no)
        await note_look(
            tx, subject_id=living.world.subjects["湖南示例物流有限公司"], what="revealed", by=clerk.id, case_no=None,
            purpose="别人的事", at=house.now(),
        )  # fmt: skip
    async with desks_of(living) as app, at_desk(app, living, "chen") as chen:
        page = await chen.open("/my/lookups")
        assert page.count("查看证件号码和电话") == 1, "one look, one line; nobody else's"
        assert "窗口" in page
        assert staff_number(clerk.id) in page
        assert clerk.name not in page
        assert f"/cases/{no}" in page
        assert "谁查了我的数据" in await chen.open("/account")


async def test_who_handles_a_case_asks_the_register_and_the_applicant_sees_it(living: Living):
    no = await file_food(living)
    async with desks_of(living) as app:
        async with at_desk(app, living, "clerk") as clerk:
            await clerk.open(f"/window/cases/{no}")
            answer = await clerk.send(f"/window/cases/{no}/registers/representative-id", status=200)
            assert "430199199003076616" in answer.text, "to be compared with the paper"
        async with at_desk(app, living, "chen") as chen:
            page = await chen.open("/my/lookups")
            seen = page.split("核对“法定代表人（负责人）身份证明”")
            assert len(seen) == 3, "the firm was looked at, and so was whoever heads it"


async def test_one_fetches_ones_own_ties_and_that_is_a_look_too(living: Living):
    async with desks_of(living) as app, at_desk(app, living, "chen") as chen:
        await chen.open("/account")
        await chen.send("/account/records")
        page = await chen.open("/account")
        assert "周*范" in page
        assert "周示范" not in page, "a relative's name is theirs"
        assert FIRM in page
        assert "取自人口库 2026-11-16" in page
        assert "您本人" in await chen.open("/my/lookups")
