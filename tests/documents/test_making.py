"""Documents made from living cases: what they say, how they are numbered, and that they are made once."""

import asyncio
from uuid import uuid4

import pytest

from services.cases.histories import documents, verify_chain
from services.cases.resubmitting import resubmit
from services.cases.rounds import Paper
from services.documents.make import make_document, preview
from services.errors import Invalid
from tests.documents.reading import text_of
from tests.living import FOOD, FOOD_PAPERS, GAPS, SITE_CHECK, Living
from tests.paying import ordered, payment, told

FIRM = "湖南示例餐饮有限公司"
DEFECTS = [
    {"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"},
    {"code": "area", "defect": "与图纸不符", "fix": ""},
]
REVIEWED = (
    ("acceptance#1", "accept", "clerk", {}),
    ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
    ("review#1", "recommend_grant", "reviewer", {}),
)
BUSINESS = {
    "business_name": ["示例区小满饮品店"], "scope": ["餐饮服务"], "operation": ["individual"],
    "premises_address": ["示例区示例路8号"], "premises_proof": ["declaration"], "premises_declaration": ["yes"],
    "contact_phone": ["19900000001"], "truth": ["yes"],
}  # fmt: skip
CALL = {
    "category": ["complaint"], "title": ["许可证办得慢"], "content": ["已经等了两周，请催办。"],
    "contact_phone": ["19900000001"],
}  # fmt: skip


async def file_food(living: Living) -> str:
    receipt = await living.file(
        "food-licence", "chen", FOOD, FOOD_PAPERS, applicant_id=living.world.subjects[FIRM]
    )
    await living.engine(receipt.case_no)
    return receipt.case_no


async def settle(living: Living, no: str, *acts: tuple) -> None:
    for task, command, who, values in acts:
        await living.act(no, task, command, who, **values)
        await living.engine(no)


async def made(living: Living, no: str, key: str, kind: str) -> str:
    """The document's text, without white space."""
    await make_document(living.house, no, key, kind)
    async with living.house.db.connection() as conn:
        file = await conn.fetchval("SELECT file FROM document WHERE case_no = $1 AND key = $2", no, key)
    return text_of(await living.house.files.get(file))


def says(text: str, *words: str) -> None:
    assert [w for w in words if "".join(w.split()) not in text] == []


async def test_the_receipt_lists_the_papers_and_what_may_follow(living: Living):
    filed = await living.file(
        "food-licence", "chen", FOOD | GAPS, FOOD_PAPERS[:2], applicant_id=living.world.subjects[FIRM]
    )
    text = await made(living, filed.case_no, "doc:receipt", "receipt")
    says(
        text, "收件凭证", "（示区市监）许收〔2026〕第", FIRM, "2026年11月16日09:30", "主要设备设施布局和操作流程",
        "营业执照", "部门共享", "从业人员健康证明（可后补）", "本凭证不代表受理",
    )  # fmt: skip


async def test_an_acceptance_says_both_limits_and_their_days(living: Living):
    no = await file_food(living)
    await settle(living, no, REVIEWED[0])
    text = await made(living, no, "doc:acceptance", "acceptance")
    says(
        text,
        "受理通知书",
        "予以受理",
        "10个工作日",
        "5个工作日",
        "2026年11月30日",
        "2026年11月23日",
        "张受理",
    )


async def test_acceptance_by_silence_says_so_and_counts_from_the_day_of_receipt(living: Living):
    no = await file_food(living)
    living.clock.forward(days=8)
    await living.engine(no)
    text = await made(living, no, "doc:acceptance", "acceptance")
    says(text, "视为受理", "第三十二条第一款第四项", "受理日期2026年11月16日")


async def test_a_correction_notice_names_each_defect_its_basis_the_remedy_and_the_last_day(living: Living):
    no = await file_food(living)
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=DEFECTS, note="可到窗口咨询")
    await living.engine(no)
    text = await made(living, no, "doc:correction#1", "correction")
    says(
        text, "补正告知书", "没有标注比例", "按1:100重新绘制", "《食品安全法》第三十五条", "申请表“经营面积”", "与图纸不符",
        "2026年12月7日", "可到窗口咨询",
    )  # fmt: skip
    async with living.house.db.connection() as conn:
        told = await conn.fetchval("SELECT due_on FROM task WHERE case_no = $1 AND step = 'correction'", no)
    assert told.isoformat() == "2026-12-07"


async def test_each_round_of_corrections_has_its_own_notice(living: Living):
    no = await file_food(living)
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=DEFECTS[:1])
    await living.engine(no)
    async with living.house.db.transaction() as tx:
        task = await tx.fetchval("SELECT id FROM task WHERE case_no = $1 AND key = 'correction#1'", no)
        papers = [*FOOD_PAPERS, Paper("safety-rules")]
        await resubmit(
            tx, living.house, living.world.actors["chen"], task_id=task, case_no=no, raw=FOOD, papers=papers,
            token=uuid4().hex,
        )  # fmt: skip
    await living.engine(no)
    await living.act(no, "acceptance#2", "request_correction", "clerk", defects=DEFECTS[1:])
    await living.engine(no)
    first = await made(living, no, "doc:correction#1", "correction")
    second = await made(living, no, "doc:correction#2", "correction")
    assert "没有标注比例" in first
    assert "没有标注比例" not in second
    says(second, "与图纸不符")


async def test_a_refusal_to_accept_names_the_ground_the_competent_body_and_the_remedies(living: Living):
    no = await file_food(living)
    values = {
        "category": "not_ours",
        "reason": "经营场所在另一示例县",
        "competent_body": "另一示例县市场监督管理局",
    }
    await settle(living, no, ("acceptance#1", "decline", "clerk", values))
    text = await made(living, no, "doc:non_acceptance", "non_acceptance")
    says(
        text, "不予受理决定书", "不属于本机关职权范围", "第三十二条第一款第二项", "另一示例县市场监督管理局", "示例区人民政府",
        "示例区人民法院", "六十日", "六个月",
    )  # fmt: skip


async def test_a_grant_and_its_licence_say_who_what_and_until_when(living: Living):
    no = await file_food(living)
    await settle(living, no, *REVIEWED, ("decision#1", "grant", "director", {}))
    text = await made(living, no, "doc:grant", "grant")
    says(
        text,
        "准予行政许可决定书",
        "食品经营许可证",
        "5年，自2026年11月16日起",
        "《中华人民共和国食品安全法》第三十五条",
    )
    number = await licence_number(living, no)
    says(text, number)
    text = await made(living, no, "doc:licence_document", "licence")
    says(
        text, FIRM, "91430199MA99001B89", "法定代表人陈示例", "示例区示例路1号", "热食类食品制售", "2031年11月15日", number,
        "1.2.156.3005.2.11430199MB99001A33001",
    )  # fmt: skip


async def licence_number(living: Living, no: str) -> str:
    async with living.house.db.connection() as conn:
        return await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no)


async def test_a_refusal_states_facts_reasons_basis_and_remedies(living: Living):
    no = await file_food(living)
    reasons = {
        "facts_found": "距垃圾站不足二十五米",
        "reason": "不符合距离条件",
        "basis": "《食品安全法》第三十三条",
    }
    await settle(living, no, *REVIEWED, ("decision#1", "refuse", "director", reasons))
    text = await made(living, no, "doc:refusal", "refusal")
    says(text, "不予行政许可决定书", *reasons.values(), "示例区人民政府", "示例区人民法院", "王局长")


async def test_a_withdrawal_is_answered_with_a_notice_that_offers_no_remedy(living: Living):
    no = await file_food(living)
    await settle(living, no, ("withdrawal", "withdraw", "chen", {"reason": "换了门面"}))
    text = await made(living, no, "doc:termination", "termination")
    says(text, "终止办理通知书", "换了门面")
    assert "行政复议" not in text


async def test_a_correction_that_never_came_ends_with_the_day_it_was_due(living: Living):
    no = await file_food(living)
    await living.act(no, "acceptance#1", "request_correction", "clerk", defects=DEFECTS)
    await living.engine(no)
    living.clock.forward(days=25)
    await living.engine(no)
    text = await made(living, no, "doc:termination", "termination")
    says(text, "至2026年12月7日", "未补正", "示例区人民法院")


async def test_a_registration_is_no_licence_and_its_words_say_so(living: Living):
    receipt = await living.file(
        "individual-business", "chen", BUSINESS, [], applicant_id=living.world.subjects["陈示例"]
    )
    no = receipt.case_no
    await living.engine(no)
    await settle(living, no, ("acceptance#1", "accept", "clerk", {}), ("decision#1", "grant", "reviewer", {}))
    text = await made(living, no, "doc:grant", "grant")
    says(text, "准予登记通知书", "（示区市监）登准", "《市场主体登记管理条例》", "430199********6616")
    assert "行政许可" not in text
    text = await made(living, no, "doc:licence_document", "licence")
    says(
        text,
        "营业执照",
        "统一社会信用代码",
        "示例区小满饮品店",
        "经营者陈示例",
        await licence_number(living, no),
    )


async def test_a_reply_to_a_caller_says_what_was_found_and_masks_the_caller(living: Living):
    order = await living.file("hotline-order", "chen", CALL, [], applicant_id=living.world.subjects["陈示例"])
    no = order.case_no
    await living.engine(no)
    found = {
        "facts_found": "十一月十六日受理",
        "measures": "已安排现场核查",
        "basis": "《行政许可法》第四十二条",
    }
    await settle(
        living, no,
        ("triage#1", "dispatch", "agent", {"department": "11430199MB99001A33"}),
        ("sign#1", "sign_for", "liaison", {}),
        ("handle#1", "reply", "liaison", found),
    )  # fmt: skip
    text = await made(living, no, "doc:reply#1", "order_reply")
    says(text, "示例区市场监督管理局", "（示区市监）热答", "许可证办得慢", "请催办", "陈*例", *found.values())
    assert "陈示例" not in text


async def test_a_document_made_again_and_again_at_once_is_made_once(living: Living):
    no = await file_food(living)
    await asyncio.gather(*(make_document(living.house, no, "doc:receipt", "receipt") for _ in range(4)))
    await make_document(living.house, no, "doc:receipt", "receipt")
    async with living.house.db.connection() as conn:
        assert len(await documents(conn, no)) == 1
        assert (await verify_chain(conn, no)).broken is None
    assert (await living.kinds(no)).count("document_made") == 1


async def test_a_failed_try_keeps_its_number_for_the_next_and_leaves_no_gap(living: Living, monkeypatch):
    no, other = await file_food(living), await file_food(living)

    async def full(content: bytes) -> str:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(living.house.files, "put", full)
        with pytest.raises(OSError, match="disk full"):
            await make_document(living.house, no, "doc:receipt", "receipt")
    await made(living, other, "doc:receipt", "receipt")
    await made(living, no, "doc:receipt", "receipt")
    async with living.house.db.connection() as conn:
        numbers = await conn.fetch("SELECT number FROM document WHERE number LIKE '%许收%' ORDER BY number")
        count = await conn.fetchval("SELECT n FROM counter WHERE scope LIKE 'document:%许收:2026'")
    serials = [int(r["number"][-7:-1]) for r in numbers]
    assert serials == list(range(1, count + 1))


async def test_a_document_carries_the_day_of_its_act_even_if_made_later(living: Living):
    no = await file_food(living)
    living.clock.forward(days=30)
    text = await made(living, no, "doc:receipt", "receipt")
    says(text, "2026年11月16日")
    assert "2026年12月16日" not in text


async def test_a_preview_shows_the_document_and_reserves_nothing(living: Living):
    no = await file_food(living)
    async with living.house.db.connection() as conn:
        before = await _rows(conn)
        for command, raw, defects, words in (
            ("accept", {}, [], "受理通知书"),
            ("request_correction", {}, DEFECTS, "与图纸不符"),
            ("decline", {"category": ["not_needed"], "reason": ["无需许可"]}, [], "无需许可"),
        ):
            text = text_of(await preview(conn, living.house, no, command, raw, defects))
            says(text, words, "预览")
        assert await _rows(conn) == before


async def test_a_preview_of_an_incomplete_act_says_what_is_missing(living: Living):
    no = await file_food(living)
    async with living.house.db.connection() as conn:
        with pytest.raises(Invalid) as refused:
            await preview(conn, living.house, no, "decline", {}, [])
    assert set(refused.value.problems) == {"category", "reason"}


async def _rows(conn) -> tuple:
    return await conn.fetchrow(
        "SELECT (SELECT count(*) FROM document), (SELECT sum(n) FROM counter), (SELECT count(*) FROM case_event)"
    )


async def test_the_papers_of_a_fee_say_how_much_why_until_when_and_what_comes_back(living: Living):
    no = await ordered(living, low_income=["yes"])
    await told(living, await payment(living, no))
    await living.engine(no)
    says(
        await made(living, no, "doc:acceptance", "acceptance"), "工本费（丢失补领）20.00元", "最低生活保障对象减半",
        "受理后、决定前缴纳", "未核对",
    )  # fmt: skip
    says(
        await made(living, no, "doc:fee_notice#acceptance", "fee_notice"), "缴款通知书", "（示区公安）登缴〔2026〕",
        "20.00元（标准40.00元", "人民币贰拾元整", "2026年11月23日（含当日）", "不因等待缴费而停止计算", "未核对",
    )  # fmt: skip
    says(
        await made(living, no, "doc:fee_receipt#acceptance", "fee_receipt"), "缴费收据", "李样本", "20.00元",
        "不是财政票据",
    )  # fmt: skip
    await settle(living, no, ("withdrawal", "withdraw", "li", {}))
    says(
        await made(living, no, "doc:refund_notice#acceptance", "refund_notice"), "退费通知书", "申请已撤回",
        "20.00元", "原路退回",
    )  # fmt: skip


async def test_whoever_does_not_pay_is_told_why_the_case_ended_and_where_to_fight_it(living: Living):
    no = await ordered(living, low_income=["yes"])
    living.clock.forward(days=10)
    await living.engine(no)
    says(
        await made(living, no, "doc:termination", "termination"), "至2026年11月23日", "未缴纳20.00元", "示例区人民法院"
    )  # fmt: skip
