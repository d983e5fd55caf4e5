"""The life of a case through the one door."""

import pytest

from services.cases.door import claim
from services.cases.histories import orders_about, verify_chain
from services.errors import KeyReused, NotAllowed, NotExpected
from services.law.stages import Stage
from tests.living import FOOD, FOOD_PAPERS, SITE_CHECK, Living


async def file_food(living: Living) -> str:
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    receipt = await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm)
    await living.engine(receipt.case_no)
    return receipt.case_no


async def settle(living: Living, no: str, *acts: tuple) -> None:
    for task, command, who, values in acts:
        await living.act(no, task, command, who, **values)
        await living.engine(no)


REVIEWED = (
    ("acceptance#1", "accept", "clerk", {}),
    ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
    ("review#1", "recommend_grant", "reviewer", {}),
)


async def test_a_food_licence_goes_from_receipt_to_the_archive(living: Living):
    no = await file_food(living)
    await settle(
        living,
        no,
        *REVIEWED,
        ("decision#1", "grant", "director", {}),
        ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
        ("rating", "rate", "chen", {"score": "5"}),
    )
    assert (await living.case(no)).state.stage is Stage.ARCHIVED
    kinds = [k for k in await living.kinds(no) if k not in ("task_opened",)]
    assert kinds == [
        "submitted", "accepted", "site_checked", "reviewed", "granted", "licence_issued", "delivery_opened",
        "served", "concluded", "rated", "archived", "archive_made",
    ]  # fmt: skip
    async with living.house.db.connection() as conn:
        assert (await verify_chain(conn, no)).broken is None


async def test_news_that_the_engine_does_not_go_by_leaves_it_where_it_was(living: Living):
    """Else a claimed case, or one with a complaint about it, would look as if something were still to be done."""
    no = await file_food(living)

    async def behind() -> int:
        async with living.house.db.connection() as conn:
            return await conn.fetchval("SELECT seq - engine_seq FROM cases WHERE no = $1", no)

    async with living.house.db.connection() as conn:
        task = await conn.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = 'acceptance#1'", no)
        await claim(conn, living.house, living.world.actors["clerk"], task_id=task)
    complaint = {
        "category": ["complaint"],
        "title": ["办得慢"],
        "content": ["交了材料没有回音"],
        "contact_phone": ["19900000001"],
    }
    await living.file("hotline-order", "chen", complaint, [], applicant_id=None, linked_no=no)
    assert {"claimed", "order_linked"} <= set(await living.kinds(no))
    assert await behind() == 0

    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.file("hotline-order", "chen", complaint, [], applicant_id=None, linked_no=no)
    assert await behind() == 2  # what comes beside an act does not hide it


async def test_corrections_are_asked_for_once_and_start_a_new_receipt(living: Living):
    no = await file_food(living)
    defects = [{"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}]
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=defects)
    await living.engine(no)
    assert (await living.case(no)).state.stage is Stage.CORRECTING


async def test_silence_for_five_working_days_is_acceptance_as_of_the_day_of_receipt(living: Living):
    no = await file_food(living)
    living.clock.forward(days=8)
    await living.engine(no)
    case = await living.case(no)
    assert case.state.accepted_how == "silence"
    assert case.state.accepted_on == case.state.received_on
    kinds = await living.kinds(no)
    assert "deemed_accepted" in kinds
    assert "card_raised" in kinds


async def test_the_reviewer_of_a_case_may_not_decide_it(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED)
    with pytest.raises(NotAllowed):
        await living.act(no, "decision#1", "grant", "reviewer")


async def test_a_repeated_act_gets_its_first_answer_and_another_one_under_its_key_is_refused(living: Living):
    no = await file_food(living)
    first = await living.act(no, "acceptance#1", "accept", "clerk", token="the-same-key")
    again = await living.act(no, "acceptance#1", "accept", "clerk", token="the-same-key")
    assert (again.seq, again.repeated) == (first.seq, True)
    with pytest.raises(KeyReused):
        await living.act(
            no,
            "acceptance#1",
            "decline",
            "clerk",
            token="the-same-key",
            category="not_ours",
            reason="x",
            competent_body="市局",
        )


async def test_an_act_that_is_not_expected_now_is_told_what_is(living: Living):
    no = await file_food(living)
    with pytest.raises(NotExpected) as refused:
        await living.act(no, "acceptance#1", "grant", "clerk")
    assert refused.value.extra["expected"] == ["accept", "request_correction", "decline"]


async def test_a_procedure_started_again_from_nothing_finds_its_place(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED)
    before = await living.kinds(no)
    await living.running.pop(no).stop()
    await living.engine(no)
    assert await living.kinds(no) == before
    await settle(living, no, ("decision#1", "grant", "director", {}))
    assert (await living.case(no)).state.stage is Stage.DELIVERING


async def test_a_withdrawal_ends_the_case_and_nobody_can_accept_it_any_more(living: Living):
    no = await file_food(living)
    await living.act(no, "withdrawal", "withdraw", "chen")
    with pytest.raises(NotExpected):
        await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    assert (await living.case(no)).state.stage is Stage.WITHDRAWN


async def test_a_report_about_a_case_leaves_no_trace_on_it(living: Living):
    no = await file_food(living)
    before = await living.kinds(no)
    report = {
        "category": ["report"],
        "title": ["后厨卫生问题"],
        "content": ["看到后厨卫生很差，请派人核查。"],
        "contact_phone": ["19900000002"],
    }
    receipt = await living.file("hotline-order", "agent", report, [], applicant_id=None, linked_no=no)
    await living.engine(receipt.case_no)
    assert await living.kinds(no) == before
    async with living.house.db.connection() as conn:
        assert await orders_about(conn, no) == []
