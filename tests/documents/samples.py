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
        "received_at": datetime(2026, 11, 24, 9, 5, tzinfo=timezone(timedelta(hours=8))),
        "channel": "网上一窗",
        "materials": _MATERIALS,
        "missing": ["食品安全管理人员健康证明"],
        "clerk": "周受理",
    },
    "acceptance": {
        "number": "（示市监）许受〔2026〕第000123号",
        "applied_on": date(2026, 11, 23),
        "accepted_on": date(2026, 11, 24),
        "legal_limit": "10个工作日",
        "legal_due": date(2026, 12, 8),
        "promised_limit": "5个工作日",
        "promised_due": date(2026, 12, 1),
        "excluded": ["检验", "检测", "专家评审"],
        "delivery": "电子证照，纸质证照邮寄",
        "query": "登录政务服务网，凭办件编号和查询码查询办理进度；也可以拨打12345。",
    },
    "correction": {
        "number": "（示市监）许补〔2026〕第000045号",
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

# Told or recorded on the way to a decision: an opening, particulars, passages.
_SUM = {"label": "合计", "value": "40.00元（人民币肆拾元整）"}
_LICENCE_ROWS = [
    {"label": "证件名称", "value": "食品经营许可证"},
    {"label": "证件编号", "value": "JY24301990000012"},
    {"label": "有效期至", "value": "2031年3月5日"},
]
_NOTICES: dict[str, dict[str, Any]] = {
    "fee_notice": {
        "number": "（示区公安）登缴〔2026〕第000007号",
        "opening": "你（单位）“居民身份证丢失补领”的申请，依法应当缴纳下列费用。",
        "rows": [{"label": "居民身份证工本费", "value": "40.00元"}, _SUM],
        "passages": [{"heading": "收费依据", "text": "居民身份证工本费收费标准（未核对）"}],
    },
    "fee_receipt": {
        "number": "（示区公安）登票〔2026〕第000006号",
        "opening": "下列费用已经缴清：",
        "rows": [{"label": "交款人", "value": "李样本"}, _SUM],
        "passages": [{"heading": "说明", "text": "本收据由演示系统出具，不是财政票据。"}],
    },
    "refund_notice": {
        "number": "（示区公安）登退〔2026〕第000001号",
        "opening": "下列已经缴纳的费用退还给你（单位），由公共支付平台原路退回到付款账户。",
        "rows": [{"label": "退费原因", "value": "申请已撤回"}, _SUM],
    },
    "special_notice": {
        "number": "（示市监）许特〔2026〕第000004号",
        "opening": "你单位申请的事项依法需要专家评审，所需时间不计算在审批期限内，现予告知。",
        "rows": [
            {"label": "程序种类", "value": "专家评审"},
            {"label": "法律依据", "value": "《中华人民共和国行政许可法》第四十五条"},
            {"label": "承担机构", "value": "示例区食品安全专家组"},
            {"label": "所需时间", "value": "13个工作日"},
        ],
        "passages": [{"heading": "对办理期限的影响", "text": "评审期间期限停止计算，结束次日继续。"}],
    },
    "hearing_right": {
        "number": "（示市监）许听告〔2026〕第000002号",
        "opening": "该行政许可直接涉及你与他人之间重大利益关系，你有要求听证的权利。",
        "rows": [{"label": "申请期限", "value": "2026年12月1日"}],
        "passages": [{"heading": "费用", "text": "你不承担行政机关组织听证的费用。"}],
    },
    "hearing_notice": {
        "number": "（示市监）许听通〔2026〕第000002号",
        "opening": "本机关定于下述时间、地点举行听证。",
        "rows": [
            {"label": "时间", "value": "2026年12月15日9时"},
            {"label": "地点", "value": "示例区政务服务中心二楼会议室"},
            {"label": "主持人", "value": "林主持"},
        ],
    },
    "hearing_record": {
        "number": "（示市监）许听录〔2026〕第000002号",
        "opening": "听证依法公开举行，记录如下。",
        "rows": [{"label": "参加人", "value": "申请人、利害关系人、审查人员"}],
        "passages": [
            {"heading": "各方意见", "text": "利害关系人认为油烟排放影响居住；申请人承诺加装净化设施。"}
        ],
        "signed_by": ["主持人", "记录人", "申请人"],
    },
    "public_notice": {
        "number": "（示市监）许示〔2026〕第000006号",
        "opening": "现将下列申请予以公示，公示期间可以提出意见。",
        "rows": [{"label": "公示期", "value": "2026年11月25日至2026年12月1日"}],
    },
    "extension": {
        "number": "（示市监）许延〔2026〕第000001号",
        "opening": "你单位的申请在法定期限内不能作出决定，经本机关负责人批准，延长十个工作日。",
        "rows": [
            {"label": "原定期限", "value": "2026年12月8日"},
            {"label": "延长后期限", "value": "2026年12月22日"},
        ],
        "passages": [{"heading": "理由", "text": "需要向外地监管部门核实同一经营者的既往记录。"}],
    },
    "renewal_grant": {
        "number": "（示市监）许准延〔2031〕第000001号",
        "opening": "你单位在有效期届满前提出延续申请，本机关未在届满前作出决定，视为准予延续。",
        "rows": _LICENCE_ROWS,
    },
    "change_grant": {
        "number": "（示市监）许准变〔2027〕第000001号",
        "opening": "你单位的变更申请符合条件，决定准予变更，换发新证。",
        "rows": _LICENCE_ROWS,
        "passages": [{"heading": "变更内容", "text": "增加冷食类食品制售。"}],
    },
    "replacement_grant": {
        "number": "（示市监）许补证〔2028〕第000001号",
        "opening": "你单位的补办申请属实，决定补发。",
        "rows": _LICENCE_ROWS,
    },
    "striking_off": APPEAL
    | {
        "number": "（示市监）许注〔2031〕第000001号",
        "opening": "依照《中华人民共和国行政许可法》第七十条的规定，本机关决定注销下列许可：",
        "rows": [*_LICENCE_ROWS, {"label": "注销情形", "value": "有效期届满未延续"}],
        "passages": [{"heading": "理由", "text": "有效期届满，没有申请延续。"}],
    },
    "revocation": APPEAL
    | {
        "number": "（示市监）许撤〔2026〕第000001号",
        "opening": "依照《中华人民共和国行政许可法》第六十九条的规定，本机关决定撤销下列许可：",
        "rows": [*_LICENCE_ROWS, {"label": "撤销情形", "value": "以欺骗手段取得"}],
        "passages": [
            {"heading": "事实", "text": "布局图系伪造。"},
            {"heading": "陈述和申辩", "text": "没有陈述、申辩。"},
        ],
    },
    "plea_notice": {
        "number": "（示市监）许拟告〔2026〕第000001号",
        "opening": "本机关拟撤销下列许可，现将你单位的权利告知如下：",
        "rows": _LICENCE_ROWS,
        "passages": [{"heading": "你单位的权利", "text": "你单位有权陈述、申辩。"}],
    },
    "no_measure": {
        "number": "（示市监）许不处〔2026〕第000001号",
        "opening": "本机关对下列许可进行了审查，决定不作处理。",
        "rows": _LICENCE_ROWS,
        "passages": [{"heading": "理由", "text": "不影响许可的实质条件。"}],
    },
    "suspension": APPEAL
    | {
        "number": "（示市监）许中〔2026〕第000001号",
        "opening": "因下述原因，本机关中止办理你单位的申请。",
        "rows": [
            {"label": "依据", "value": "《示例规定》第九条"},
            {"label": "预计恢复", "value": "2027年1月4日"},
        ],
    },
    "site_check_record": {
        "number": "（示市监）许核〔2026〕第000044号",
        "opening": "两名核查人员依法对经营场所进行了现场核查。",
        "rows": [
            {"label": "核查人员", "value": "何核查 A001、胡核查 A002"},
            {"label": "结论", "value": "合格"},
        ],
        "passages": [{"heading": "核查情况", "text": "布局与图纸一致。"}],
        "signed_by": ["核查人员", "核查人员", "被核查单位"],
    },
    "promise_pledge": {
        "number": "（示市监）许承〔2026〕第000009号",
        "opening": "本机关就食品经营许可实行告知承诺，是否选择由申请人自愿决定。",
        "rows": [{"label": "签署人", "value": "陈示例"}, {"label": "签署时间", "value": "2026-11-24 09:05"}],
        "passages": [
            {"heading": "申请条件", "text": "1．已取得营业执照。\n2．经营场所与经营的品种、数量相适应。"},
            {"heading": "承诺", "text": "本单位承诺已经符合上列条件，并接受核查。"},
        ],
        "signed_by": ["承诺人"],
    },
    "gaps_pledge": {
        "number": "（示市监）许容承〔2026〕第000003号",
        "opening": "你单位的申请缺少下列次要材料，经书面承诺补交，可以先予受理。",
        "rows": [{"label": "签署人", "value": "陈示例"}],
        "passages": [
            {"heading": "尚缺的材料", "text": "从业人员健康证明"},
            {"heading": "补交的期限", "text": "自受理之日起3个工作日内。"},
        ],
        "signed_by": ["承诺人"],
    },
    "later_check": {
        "number": "（示市监）许查〔2026〕第000002号",
        "opening": "本机关指派两名以上工作人员进行了事后核查，结果如下。",
        "rows": [{"label": "核查结论", "value": "承诺属实"}],
        "passages": [{"heading": "核查情况", "text": "布局、制度与承诺一致。"}],
        "signed_by": ["核查人员", "核查人员", "被核查方"],
    },
    "rectification": APPEAL
    | {
        "number": "（示市监）许改〔2026〕第000001号",
        "opening": "经事后核查，与承诺不符，责令限期整改。",
        "rows": [{"label": "整改期限", "value": "至2026年12月8日（含当日）"}],
        "passages": [{"heading": "需要整改的内容", "text": "加装隔断。"}],
    },
    "promise_revocation": APPEAL
    | {
        "number": "（示市监）许撤〔2026〕第000001号",
        "opening": "经事后核查，没有履行承诺，本机关决定撤销许可。",
        "rows": [{"label": "证照编号", "value": "JY24301990000012"}],
        "passages": [{"heading": "法律依据", "text": "《中华人民共和国行政许可法》第六十九条"}],
    },
    "transfer": {
        "number": "（示区街）给转〔2026〕第000003号",
        "opening": "本申请依法应当先经本机关审查，现将初步审查意见和全部申请材料直接报送上级机关。",
        "rows": [
            {"label": "转报机关", "value": "示例街道办事处"},
            {"label": "上级机关", "value": "示例区民政局"},
            {"label": "初审结论", "value": "建议准予"},
        ],
        "passages": [{"heading": "报送的材料", "text": "1. 申请表\n2. 家庭经济状况声明"}],
    },
    "service_return": {
        "number": "（示市监）许送〔2026〕第000118号",
        "opening": "下列文书已经送达。",
        "rows": [
            {"label": "送达文书", "value": "准予行政许可决定书、食品经营许可证"},
            {"label": "送达方式", "value": "直接送达"},
            {"label": "受送达人", "value": "陈示例"},
        ],
        "signed_by": ["受送达人", "送达人"],
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


def sample(kind: str) -> dict[str, Any]:
    if kind == "licence":
        return dict(_LICENCE)
    if kind == "order_reply":
        return dict(_REPLY)
    return CASE | {"query_code": "234765"} | (_NOTICES.get(kind) or _OWN[kind])
