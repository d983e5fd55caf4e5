"""Courses that the law forbids, tried on purpose."""

from dataclasses import replace

import pytest

from services.cases.lists import cases_of_citizen
from services.cases.readable import readable
from services.cases.resubmitting import resubmit
from services.errors import Invalid, NotAllowed, NotExpected, NotFound
from services.law.roles import Grant, Role
from services.law.stages import Stage
from tests.cases.test_life import REVIEWED, file_food, settle
from tests.living import FOOD, FOOD_PAPERS, Living

LAYOUT = {"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}
RULES = {"code": "safety-rules", "defect": "没有盖章", "fix": "加盖公章"}
MARKET = "11430199MB99001A33"


async def corrected(living: Living, no: str, round_: int) -> None:
    async with living.house.db.transaction() as tx:
        task = await tx.fetchval(
            "SELECT id FROM task WHERE case_no = $1 AND key = $2", no, f"correction#{round_}"
        )
        await resubmit(
            tx, living.house, living.world.actors["chen"], task_id=task, case_no=no, raw=FOOD, papers=FOOD_PAPERS,
            token=f"corrected-{no}-{round_}",
        )  # fmt: skip
    await living.engine(no)


async def rules(living: Living, no: str) -> list[str]:
    async with living.house.db.connection() as conn:
        return [r["rule"] for r in await conn.fetch("SELECT rule FROM card WHERE case_no = $1", no)]


@pytest.mark.parametrize(("second", "cards"), [([LAYOUT], []), ([LAYOUT, RULES], ["P03"])])
async def test_a_second_notice_may_only_repeat_what_was_not_mended(living: Living, second, cards):
    no = await file_food(living)
    await settle(living, no, ("acceptance#1", "request_correction", "clerk", {"defects": [LAYOUT]}))
    await corrected(living, no, 1)
    await settle(living, no, ("acceptance#2", "request_correction", "clerk", {"defects": second}))
    assert await rules(living, no) == cards
    await living.engine(no)
    assert await rules(living, no) == cards


async def test_no_late_notice_undoes_acceptance_by_silence_while_the_engine_sleeps(living: Living):
    no = await file_food(living)
    living.clock.forward(days=8)
    for command, values in (("request_correction", {"defects": [LAYOUT]}), ("accept", {})):
        with pytest.raises(NotExpected):
            await living.act(no, "acceptance#1", command, "clerk", **values)
    await living.engine(no)
    state = (await living.case(no)).state
    assert (state.accepted_how, state.accepted_on) == ("silence", state.received_on)
    assert (await rules(living, no))[0] == "T02"


async def test_after_the_date_told_nobody_corrects_even_while_the_engine_sleeps(living: Living):
    no = await file_food(living)
    await settle(living, no, ("acceptance#1", "request_correction", "clerk", {"defects": [LAYOUT]}))
    living.clock.forward(days=120)
    with pytest.raises(NotExpected):
        await corrected(living, no, 1)
    await living.engine(no)
    assert (await living.case(no)).state.stage is Stage.TERMINATED


async def test_a_withdrawn_case_is_not_accepted(living: Living):
    no = await file_food(living)
    await living.act(no, "withdrawal", "withdraw", "chen")
    with pytest.raises(NotExpected):
        await living.act(no, "acceptance#1", "accept", "clerk")


async def test_a_refusal_without_facts_reasons_or_basis_is_no_refusal(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED)
    for reason in ("", "   ", "\u3000\n"):
        with pytest.raises(Invalid) as missing:
            await living.act(
                no, "decision#1", "refuse", "director", facts_found="不符", reason=reason, basis="第三十五条"
            )
        assert list(missing.value.problems) == ["reason"]


async def test_whoever_handled_a_case_does_not_close_its_cards(living: Living):
    no = await file_food(living)
    living.clock.forward(days=8)
    await living.engine(no)
    async with living.house.db.connection() as conn:
        card = await conn.fetchval("SELECT key FROM task WHERE case_no = $1 AND step = 'card'", no)
    plain = living.world.actors["reviewer"]
    living.world.actors["both"] = replace(plain, grants=(*plain.grants, Grant(Role.SUPERVISOR)))
    await settle(living, no, ("site_check#1", "record_site_check", "both", REVIEWED[1][3]))
    with pytest.raises(NotAllowed):
        await living.act(no, card, "close_card", "both", ground="explained", reason="情况属实")
    await living.act(no, card, "close_card", "supervisor", ground="explained", reason="情况属实")


async def test_a_report_is_kept_from_whoever_handled_the_case_by_any_address(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED[:2])
    report = {
        "category": ["report"],
        "title": ["现场核查收了礼"],
        "content": ["核查人员收了红包"],
        "contact_phone": ["19900000002"],
    }
    order = (await living.file("hotline-order", "chen", report, [], applicant_id=None, linked_no=no)).case_no
    await living.engine(order)
    await settle(living, order, ("triage#1", "dispatch", "agent", {"department": MARKET}))
    async with living.house.db.connection() as conn:
        with pytest.raises(NotFound):
            await readable(conn, living.world.actors["reviewer"], order)
        with pytest.raises(NotFound):  # the hotline's own bureau, which passed it on
            await readable(conn, living.world.actors["counter"], order)
        for who in ("liaison", "director", "agent", "supervisor", "chen"):
            await readable(conn, living.world.actors[who], order)


async def test_an_agents_right_to_a_case_ends_with_the_mandate(living: Living):
    no = await file_food(living)
    chen = living.world.actors["chen"]
    living.world.actors["dismissed"] = replace(chen, subjects=frozenset({living.world.subjects["陈示例"]}))
    with pytest.raises(NotAllowed):
        await living.act(no, "withdrawal", "withdraw", "dismissed")
    async with living.house.db.connection() as conn:
        with pytest.raises(NotFound):
            await readable(conn, living.world.actors["dismissed"], no)
        mine = await cases_of_citizen(conn, chen.id, living.world.actors["dismissed"].subjects)
    assert no not in [row["no"] for row in mine]


async def test_whoever_has_not_the_power_says_who_has(living: Living):
    no = await file_food(living)
    with pytest.raises(Invalid) as missing:
        await living.act(
            no, "acceptance#1", "decline", "clerk", category="not_ours", reason="不属于本机关职权"
        )
    assert list(missing.value.problems) == ["competent_body"]


async def test_a_window_takes_in_nothing_of_another_department_or_district_by_any_door(living: Living):
    clerk, firm = living.world.actors["clerk"], living.world.subjects["湖南示例餐饮有限公司"]
    for grant in (Grant(Role.CLERK, "11430199OTHER0000X", ""), Grant(Role.CLERK, "", "430000")):
        living.world.actors["elsewhere"] = replace(clerk, grants=(grant,))
        with pytest.raises(NotAllowed):
            await living.file(
                "food-licence", "elsewhere", FOOD, FOOD_PAPERS, applicant_id=firm, channel="window"
            )


async def test_no_application_passes_for_a_work_order_in_another_cases_log(living: Living):
    no, firm = await file_food(living), living.world.subjects["湖南示例餐饮有限公司"]
    with pytest.raises(Invalid):
        await living.file("food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=firm, linked_no=no)
    assert "order_linked" not in await living.kinds(no)
