"""One lived-in set of facts for each kind of document."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

CASE = {
    "agency": "示例区市场监督管理局",
    "date": date(2026, 11, 24),
    "verify_url": "https://onewindow.example/verify/8F3K-2M7Q-XT41",
    "case_number": "4301992026112410001237",
    "applicant": "湖南示例餐饮有限公司",
    "id_type": "统一社会信用代码",
    "id_number": "914301********1B89",
    "item": "食品经营许可（餐饮服务，新办）",
    "item_code": "11430199MB99001A334430131001001",
    "contact": "周受理",
    "phone": "0731-00001234",
    "complaint_phone": "12345",
}
APPEAL = {"reconsideration_body": "示例区人民政府", "court": "示例区人民法院"}
FOOD_LAW = "《中华人民共和国食品安全法》第三十五条、《食品经营许可和备案管理办法》第二十二条"

_MATERIALS = [
    {"name": "食品经营许可申请书", "form": "网上表单", "original": "原件", "source": "申请人填报"},
    {"name": "营业执照", "form": "电子证照", "original": "电子原件", "source": "部门共享"},
    {
        "name": "主要设备设施布局、操作流程",
        "form": "电子文件",
        "copies": 2,
        "original": "复印件",
        "source": "申请人上传",
    },
]
_DEFECT = {
    "material": "主要设备设施布局、操作流程",
    "problem": "未标明粗加工区与熟食间的分隔，\n缺少洗手消毒设施位置。",
    "basis": "《食品经营许可审查通则》第十五条",
    "remedy": "在布局图上补充分隔与洗手消毒设施，加盖公章后重新上传。",
}

_OWN: dict[str, dict[str, Any]] = {
    "receipt": {
        "number": "（示市监）许收〔2026〕第000123号",
        "query_code": "234765",
        "received_at": datetime(2026, 11, 24, 9, 5, tzinfo=timezone(timedelta(hours=8))),
        "channel": "网上一窗",
        "materials": _MATERIALS,
        "missing": ["食品安全管理人员健康证明"],
        "clerk": "周受理",
    },
    "acceptance": {
        "number": "（示市监）许受〔2026〕第000123号",
        "query_code": "234765",
        "applied_on": date(2026, 11, 23),
        "accepted_on": date(2026, 11, 24),
        "legal_limit": "10个工作日",
        "legal_due": date(2026, 12, 8),
        "promised_limit": "5个工作日",
        "promised_due": date(2026, 12, 1),
        "excluded": ["检验", "检测", "专家评审"],
        "delivery": "电子证照，纸质证照邮寄",
        "query": "登录政务服务网，凭办件编号和查询密码查询办理进度；也可以拨打12345。",
    },
    "correction": {
        "number": "（示市监）许补〔2026〕第000045号",
        "query_code": "234765",
        "received_on": date(2026, 11, 23),
        "defects": [_DEFECT, _DEFECT | {"material": "授权委托书", "problem": "委托期限已届满。"}],
        "due": date(2026, 12, 8),
        "where": "登录政务服务网“我的办件”在线补正，或者到示例区政务服务中心3号综合窗口（示例路1号）提交。",
    },
    "non_acceptance": APPEAL
    | {
        "number": "（示市监）许不受〔2026〕第000007号",
        "applied_on": date(2026, 11, 23),
        "category": "不属于本机关职权范围",
        "reasons": "申请的经营场所位于另一示例县，不在本机关管辖区域内。",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第二项",
        "competent_body": "另一示例县市场监督管理局",
    },
    "grant": {
        "number": "（示市监）许准〔2026〕第000118号",
        "licence": True,
        "applied_on": date(2026, 11, 23),
        "accepted_on": date(2026, 11, 24),
        "basis": FOOD_LAW,
        "decision": "准予湖南示例餐饮有限公司从事餐饮服务经营活动",
        "certificate": "食品经营许可证",
        "certificate_number": "JY24301990000012",
        "scope": "热食类食品制售；冷食类食品制售（含凉菜）；自制饮品制售",
        "validity": "5年，自2026年11月24日至2031年11月23日",
        "conditions": ["在经营场所显著位置悬挂许可证正本。", "食品安全管理人员应当在岗。"],
        "objections": "公示期间未收到利害关系人意见。",
    },
    "refusal": APPEAL
    | {
        "number": "（示市监）许不准〔2026〕第000009号",
        "licence": True,
        "applied_on": date(2026, 11, 23),
        "accepted_on": date(2026, 11, 24),
        "findings": "2026年11月26日，两名核查人员现场核查，发现经营场所距开放式垃圾站不足二十五米，且熟食间未独立设置。",
        "reasons": "经营场所不符合与污染源保持规定距离的条件，整改期满复查仍不合格。",
        "basis": FOOD_LAW,
    },
    "termination": APPEAL
    | {
        "number": "（示市监）许终〔2026〕第000003号",
        "applied_on": date(2026, 11, 23),
        "reason": "你单位在补正告知书载明的期限内未补正，且未说明正当理由。",
        "basis": "《食品经营许可和备案管理办法》第十九条",
        "returned": ["主要设备设施布局图一份", "授权委托书一份"],
    },
}

_LICENCE = {
    "agency": CASE["agency"],
    "date": CASE["date"],
    "verify_url": CASE["verify_url"],
    "number": "JY24301990000012",
    "title": "食品经营许可证",
    "rows": [
        {"label": "经营者名称", "value": "湖南示例餐饮有限公司"},
        {"label": "统一社会信用代码", "value": "91430199MA99001B89"},
        {"label": "法定代表人", "value": "陈示例"},
        {"label": "住所", "value": "湖南省示例区示例路1号"},
        {"label": "经营场所", "value": "湖南省示例区示例路1号一层"},
        {"label": "主体业态", "value": "餐饮服务经营者（中型餐馆）"},
        {"label": "经营项目", "value": "热食类食品制售；冷食类食品制售（含凉菜）；自制饮品制售"},
        {"label": "有效期至", "value": "2031年11月23日"},
    ],
    "side_rows": [
        {"label": "日常监管机构", "value": "示范街道市场监督管理所"},
        {"label": "签发人", "value": "郑批准"},
    ],
    "identifier": "1.2.156.3005.2.11430199MB99001A33001.11430199MB99001A33.2026000001.001.K",
    "complaint_phone": "12345",
}
_REPLY = {
    "agency": CASE["agency"],
    "date": CASE["date"],
    "verify_url": CASE["verify_url"],
    "number": "（示市监）热答〔2026〕第000031号",
    "order_number": "DH20261120000031",
    "query_code": "558102",
    "case_number": CASE["case_number"],
    "caller": "陈*例",
    "topic": "食品经营许可办理进度慢",
    "demand": "我公司11月中旬申请食品经营许可，一直没有现场核查，请催办。",
    "received_on": date(2026, 11, 20),
    "findings": "经查，该申请于2026年11月24日受理，现场核查已安排，未超过法定时限。",
    "reply": "我局已于11月26日完成现场核查，预计12月1日前作出决定。\n因前期联系不及时给你带来不便，我局致歉。",
    "basis": "《食品经营许可和备案管理办法》第二十二条",
    "contact": "吴承办",
    "phone": "0731-00004321",
    "complaint_phone": "12345",
}


_NOTICE = {
    "number": "（示区公安）登缴〔2026〕第000007号",
    "query_code": "234765",
    "opening": "你（单位）“居民身份证丢失补领”的申请，依法应当缴纳下列费用。",
    "rows": [
        {"label": "居民身份证工本费", "value": "40.00元"},
        {"label": "合计", "value": "40.00元（人民币肆拾元整）"},
    ],
    "passages": [{"heading": "收费依据", "text": "居民身份证工本费收费标准（未核对）"}],
}


def sample(kind: str) -> dict[str, Any]:
    if kind == "licence":
        return dict(_LICENCE)
    if kind == "order_reply":
        return dict(_REPLY)
    return CASE | _OWN.get(kind, _NOTICE)
