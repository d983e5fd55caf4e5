"""Cases of 陈示例 and 李样本 in every situation that a progress page can show."""

from tests.living import FOOD, FOOD_PAPERS, SITE_CHECK, Living

ACCEPTED = (("acceptance#1", "accept", "clerk", {}),)
CHECKED = (*ACCEPTED, ("site_check#1", "record_site_check", "reviewer", SITE_CHECK))
REVIEWED = (*CHECKED, ("review#1", "recommend_grant", "reviewer", {}))
GRANTED = (*REVIEWED, ("decision#1", "grant", "director", {}))
SERVED = (*GRANTED, ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}))
RATED = (*SERVED, ("rating", "rate", "chen", {"score": "5"}))
GROUNDS = {"facts_found": "现场不符", "reason": "布局与图纸不符", "basis": "第三十三条"}
REFUSED = (*REVIEWED, ("decision#1", "refuse", "director", GROUNDS))
DEFECTS = [
    {"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"},
    {"code": "staff", "defect": "与制度中的人数不一致", "fix": "核对后改正"},
]
CORRECTING = (("acceptance#1", "request_correction", "clerk", {"defects": DEFECTS}),)
NOT_OURS = {"category": "not_ours", "reason": "应当向市局申请", "competent_body": "市市场监督管理局"}
DECLINED = (("acceptance#1", "decline", "clerk", NOT_OURS),)
WITHDRAWN = (("withdrawal", "withdraw", "chen", {}),)
EXPERTS = {"kind": "expert_review", "basis": "《食品安全法》第三十五条", "body": "省专家库", "days": 14}
EXAMINED = (*ACCEPTED, ("special#1", "start_special", "reviewer", EXPERTS))
HEARING = {"ground": "interests", "interests": "相邻商户的排烟", "basis": "《行政许可法》第四十七条"}
INFORMED = (*ACCEPTED, ("special#1", "inform_hearing", "reviewer", HEARING))
ASKED = (*INFORMED, ("hearing_request#1", "request_hearing", "chen", {}))
EXTENDED = (*ACCEPTED, ("direction#1", "extend", "director", {"reason": "需要向外地核实既往记录"}))
WAITING = {
    "kind": "proceedings", "basis": "《示例条例》第九条", "reason": "等待复议结果", "expected_end": "2026-12-01",
}  # fmt: skip
SUSPENDED = (*ACCEPTED, ("direction#1", "suspend", "director", WAITING))
VOIDED = (("direction#1", "void", "director", {"kind": "duplicate", "reason": "重复录入"}),)
GONE = {"kind": "gone", "basis": "《行政许可法》第七十条", "reason": "企业已经注销"}
ENDED = (*ACCEPTED, ("direction#1", "terminate", "director", GONE))

SITUATIONS = {
    "received": (),
    "correcting": CORRECTING,
    "accepted": ACCEPTED,
    "in_review": CHECKED,
    "delivering": GRANTED,
    "concluded": SERVED,
    "archived": RATED,
    "refused": REFUSED,
    "declined": DECLINED,
    "withdrawn": WITHDRAWN,
    "examined": EXAMINED,
    "informed": INFORMED,
    "asked": ASKED,
    "extended": EXTENDED,
    "suspended": SUSPENDED,
    "voided": VOIDED,
    "ended": ENDED,
}

MARKET = "11430199MB99001A33"
COMPLAINT = {
    "category": ["complaint"],
    "title": ["餐馆油烟扰民"],
    "content": ["楼下餐馆每天夜里排放油烟，请处理"],
    "contact_phone": ["19900000002"],
}
DISPATCHED = (("triage#1", "dispatch", "agent", {"department": MARKET}),)
SIGNED = (*DISPATCHED, ("sign#1", "sign_for", "liaison", {}))
REPLY = {"facts_found": "油烟净化器损坏", "measures": "已责令停业整改", "basis": "大气污染防治法第八十一条"}
REPLIED = (*SIGNED, ("handle#1", "reply", "liaison", REPLY))
SOLVED = {"reached": True, "solved": "yes", "satisfied": "yes"}
ORDERS = {
    "registered": (),
    "dispatched": DISPATCHED,
    "handling": SIGNED,
    "replied": REPLIED,
    "closed": (*REPLIED, ("callback#1", "record_callback", "agent", SOLVED)),
}


async def food(living: Living, *acts: tuple, who: str = "chen", firm: str = "湖南示例餐饮有限公司") -> str:
    receipt = await living.file(
        "food-licence", who, FOOD, FOOD_PAPERS, applicant_id=living.world.subjects[firm]
    )
    await living.engine(receipt.case_no)
    await go(living, receipt.case_no, *acts)
    return receipt.case_no


async def order(living: Living, *acts: tuple, who: str = "li", **more: object) -> str:
    receipt = await living.file("hotline-order", who, COMPLAINT, [], applicant_id=None, **more)
    await living.engine(receipt.case_no)
    await go(living, receipt.case_no, *acts)
    return receipt.case_no


async def go(living: Living, no: str, *acts: tuple) -> None:
    for task, command, who, values in acts:
        await living.act(no, task, command, who, **values)
        await living.engine(no)


async def put_document(living: Living, no: str, kind: str, content: bytes = b"%PDF-1.4 paper") -> str:
    """As the press would: a stored file and its row."""
    file = await living.house.files.put(content)
    code = f"V{kind[:3].upper()}{no[-7:]}"
    async with living.house.db.connection() as conn:
        licence = await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", no)
        number = licence if kind == "licence" else f"示市监〔2026〕{no[-7:-1]}号"
        await conn.execute(
            "INSERT INTO document (id, case_no, key, kind, number, file, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            code, no, f"doc:{kind}", kind, number, file, living.house.now(),
        )  # fmt: skip
    return code
