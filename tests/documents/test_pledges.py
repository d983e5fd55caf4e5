"""What is signed instead of proof or papers, and what a broken promise costs, as printed."""

import pytest

from services.cases.histories import documents
from services.documents.make import preview
from tests.documents.test_making import FIRM, made, says, settle
from tests.living import FOOD, FOOD_PAPERS, GAPS, PROMISE, Living

CHECK = {
    "checked_on": "2026-11-16",
    "officer_1": "何核查 A001",
    "officer_2": "胡核查 A002",
    "findings": "没有设置独立隔断",
}
REVOKE = {
    "facts_found": "实测距离十八米",
    "reason": "不符合承诺的场所条件",
    "basis": "《行政许可法》第六十九条",
    "safety": True,
}
GRANTED = (
    ("acceptance#1", "accept", "clerk", {}),
    ("decision#1", "grant", "director", {}),
    ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
)


async def file(living: Living, more: dict, papers: list) -> str:
    firm = living.world.subjects[FIRM]
    no = (await living.file("food-licence", "chen", FOOD | more, papers, applicant_id=firm)).case_no
    await living.engine(no)
    return no


@pytest.fixture
async def promised(living: Living) -> str:
    no = await file(living, PROMISE, [])
    await settle(living, no, *GRANTED)
    return no


async def test_a_letter_of_promise_has_conditions_promise_consequence_signature_and_the_day_of_proof(
    living: Living,
    promised: str,
):
    text = await made(living, promised, "doc:promise#1", "promise_pledge")
    says(
        text, "告知承诺书", FIRM, "经营场所与经营的品种、数量相适应", "承诺已经符合这些条件", "依法撤销许可",
        "自作出决定之日起2个月内（期限依据未核对）", "签署人陈示例", "2026-11-16 09:30", "在线签署",
    )  # fmt: skip


async def test_a_promise_to_supply_names_the_papers_the_days_and_the_consequence(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    text = await made(living, no, "doc:gaps#1", "gaps_pledge")
    says(
        text,
        "容缺受理承诺书",
        "从业人员健康证明",
        "自受理之日起3个工作日内",
        "终止办理本次申请",
        "签署人陈示例",
    )
    await settle(living, no, ("acceptance#1", "accept", "clerk", {}))
    text = await made(living, no, "doc:acceptance", "acceptance")
    says(text, "本申请容缺受理，尚缺：从业人员健康证明", "请于2026年11月19日前", "补齐以前不作出决定")


async def test_papers_that_never_came_end_the_case_with_a_notice_that_names_them(living: Living):
    no = await file(living, GAPS, FOOD_PAPERS[:2])
    await settle(living, no, ("acceptance#1", "accept", "clerk", {}))
    living.clock.forward(days=4)
    await living.engine(no)
    text = await made(living, no, "doc:termination", "termination")
    says(text, "终止办理通知书", "没有补交下列材料：从业人员健康证明", "行政复议", "行政诉讼")


async def test_an_order_to_put_right_is_previewed_and_says_by_when(living: Living, promised: str):
    raw = {name: [value] for name, value in {**CHECK, "demand": "加装隔断"}.items()}
    async with living.house.db.connection() as conn:
        before = len(await documents(conn, promised))
        pdf = await preview(conn, living.house, promised, "order_rectification", raw)
        assert len(await documents(conn, promised)) == before
    assert pdf.startswith(b"%PDF")
    await settle(
        living,
        promised,
        ("later_check#1", "order_rectification", "reviewer", {**CHECK, "demand": "加装隔断"}),
    )
    text = await made(living, promised, "doc:rectification#1", "rectification")
    says(
        text,
        "限期整改通知书",
        "没有设置独立隔断",
        "加装隔断",
        "至2026年11月30日（含当日）",
        "依法撤销许可",
        "行政复议",
    )


async def test_a_revocation_states_facts_reasons_basis_the_bar_and_the_remedies(
    living: Living, promised: str
):
    await settle(
        living, promised,
        ("later_check#1", "find_broken", "reviewer", CHECK),
        ("revocation#1", "revoke_licence", "director", REVOKE),
    )  # fmt: skip
    text = await made(living, promised, "doc:later_check#1", "later_check")
    says(text, "事后核查结果告知书", "承诺不实或者逾期未改", "何核查 A001", "胡核查 A002")
    text = await made(living, promised, "doc:revocation#1", "promise_revocation")
    says(
        text, "撤销行政许可决定书", "JY2430199", "实测距离十八米", "不符合承诺的场所条件", "第六十九条",
        "三年内不得再次申请", "示例区人民政府", "示例区人民法院",
    )  # fmt: skip
