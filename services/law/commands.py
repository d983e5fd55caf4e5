"""What a person can do to a case: a closed set. A command says who asks which fields for what, and which event it is.

The procedure decides when a command is expected; `policy` decides who may give it; this file says what it is.
"""

from dataclasses import dataclass
from typing import Any

from forms import Text, parse_fields
from services.law.stages import OPEN_APPLICATION, Stage


@dataclass(frozen=True, slots=True)
class Command:
    code: str
    name: Text
    event: str  # the kind of event it appends
    stages: frozenset[Stage]
    fields: tuple = ()
    style: str = "plain"  # primary, plain or warn (irreversible or adverse)
    key: str = ""  # the clerk's key on the workbench
    document: str = ""  # the document it leads to, previewed before sending
    facts: frozenset[str] = frozenset()  # values the engine may read; never personal data


def _f(name: str, kind: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": {"zh": zh, "en": en}, **more}


def _options(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"value": v, "label": {"zh": zh, "en": en}} for v, zh, en in rows]


def _personal(zh: str, en: str) -> dict[str, Any]:
    return {"personal": True, "purpose": {"zh": zh, "en": en}}


_SERVICE_PURPOSE = _personal("记入送达回证", "recorded on the proof of service")
_REVIEWING = frozenset({Stage.ACCEPTED, Stage.IN_REVIEW})
_ANY = frozenset(Stage)
_OPINION = _f("opinion", "long_text", "审查意见", "Opinion", required=False)
_REASONS = (
    _f("facts_found", "long_text", "事实", "Facts"),
    _f("reason", "long_text", "理由", "Reasons"),
    _f("basis", "text", "法律依据（条款）", "Legal basis (article)"),
)  # Licence Law art. 38: a refusal states facts, reasons and basis


def _command(
    code: str, zh: str, en: str, event: str, stages: frozenset[Stage], *fields: dict, **more: Any
) -> Command:
    return Command(code, Text(zh=zh, en=en), event, stages, parse_fields(list(fields)), **more)


_ALL = (
    # the counter (窗口). Licence Law art. 32
    _command(
        "accept", "受理", "Accept", "accepted", frozenset({Stage.RECEIVED}),
        style="primary", key="a", document="acceptance",
    ),
    _command(
        "request_correction", "一次性告知补正", "Ask once for corrections", "correction_requested",
        frozenset({Stage.RECEIVED}),
        _f("note", "long_text", "补充说明", "Further explanation", required=False),
        key="r", document="correction",
    ),
    _command(
        "decline", "不予受理", "Decline to accept", "declined", frozenset({Stage.RECEIVED}),
        _f("category", "choice", "不予受理的情形", "Ground", options=_options(
            ("not_needed", "依法不需要取得许可（第三十二条第一款第一项）", "No licence is needed (art. 32(1))"),
            ("not_ours", "不属于本机关职权范围（第三十二条第一款第二项）", "Not within our powers (art. 32(2))"),
            ("false_papers", "隐瞒情况或者提供虚假材料（第七十八条）", "Concealment or false papers (art. 78)"),
        )),
        _f("reason", "long_text", "理由", "Reasons"),
        _f("competent_body", "text", "应当向哪个机关申请", "Competent body", required=False),
        style="warn", document="non_acceptance", facts=frozenset({"category"}),
    ),
    _command(
        "deliver", "送达", "Serve", "served", frozenset({Stage.DELIVERING}),
        _f("mode", "choice", "送达方式", "Mode of service", options=_options(
            ("direct", "直接送达（窗口领取）", "In person, at the counter"),
            ("post", "邮寄送达", "By post"),
            ("electronic", "电子送达", "Electronically"),
        )),
        _f("recipient", "text", "签收人", "Recipient", **_SERVICE_PURPOSE),
        _f("relation", "text", "与申请人的关系", "Relation to the applicant", required=False),
        style="primary", key="d", facts=frozenset({"mode"}),
    ),
    # review and decision. Licence Law arts 34, 37, 38
    _command(
        "record_site_check", "登记现场核查结果", "Record the site check", "site_checked", _REVIEWING,
        _f("checked_on", "date", "核查日期", "Date of the check"),
        _f("officer_1", "text", "核查人员一（姓名、证号）", "First officer (name, card number)"),
        _f("officer_2", "text", "核查人员二（姓名、证号）", "Second officer (name, card number)"),
        _f("result", "choice", "核查结论", "Conclusion", options=_options(
            ("pass", "合格", "Passed"), ("fail", "不合格", "Failed"),
        )),
        _f("findings", "long_text", "核查情况", "Findings"),
        style="primary", key="s", facts=frozenset({"result"}),
    ),
    _command("recommend_grant", "建议准予", "Recommend granting", "reviewed", _REVIEWING, _OPINION,
             style="primary", key="g"),
    _command("recommend_refuse", "建议不予", "Recommend refusing", "reviewed", _REVIEWING,
             _f("opinion", "long_text", "审查意见", "Opinion"), style="warn"),
    _command("grant", "准予", "Grant", "granted", _REVIEWING, _OPINION,
             style="primary", key="g", document="grant"),
    _command("refuse", "不予", "Refuse", "refused", _REVIEWING, *_REASONS, style="warn", document="refusal"),
    _command("send_back", "退回重审", "Send back for review", "sent_back", frozenset({Stage.IN_REVIEW}),
             _f("opinion", "long_text", "退回理由", "Why it goes back")),
    # the applicant (申请人)
    _command("resubmit", "补正并重新提交", "Correct and resubmit", "resubmitted", frozenset({Stage.CORRECTING}),
             style="primary"),
    _command("withdraw", "撤回申请", "Withdraw", "withdrawn", OPEN_APPLICATION,
             _f("reason", "long_text", "撤回原因", "Reason", required=False), style="warn"),
    _command(
        "rate", "评价", "Rate", "rated",
        frozenset({Stage.CONCLUDED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.TERMINATED, Stage.CLOSED}),
        _f("score", "choice", "您对这次办事满意吗", "How satisfied are you", options=_options(
            ("5", "非常满意", "Very satisfied"), ("4", "满意", "Satisfied"), ("3", "基本满意", "Fairly satisfied"),
            ("2", "不满意", "Dissatisfied"), ("1", "非常不满意", "Very dissatisfied"),
        )),
        _f("comment", "long_text", "想说的话", "Anything to add", required=False,
           **_personal("改进服务", "to better the service")),
        style="primary", facts=frozenset({"score"}),
    ),
    # e-supervision (电子监察)
    _command("close_card", "销牌", "Close the card", "card_closed", _ANY,
             _f("ground", "choice", "销牌依据", "Ground", options=_options(
                 ("rectified", "已整改", "Rectified"),
                 ("explained", "说明成立", "Explanation accepted"),
                 ("system_fault", "系统故障", "System fault"),
                 ("applicant", "申请人原因", "Caused by the applicant"),
             )),
             _f("reason", "long_text", "理由", "Reason"), style="primary"),
    # 12345 work orders (工单)
    _command(
        "answer", "直接答复", "Answer at once", "replied", frozenset({Stage.REGISTERED}),
        _f("reply", "long_text", "答复内容", "Reply", **_personal("答复来电人", "to answer the caller")),
        key="a", document="order_reply",
    ),
    _command(
        "dispatch", "派单", "Dispatch", "dispatched", frozenset({Stage.REGISTERED}),
        _f("department", "choice", "承办单位", "Responding unit", options=_options(
            ("11430199MB99001A33", "区市场监督管理局", "Market Regulation Bureau"),
            ("11430199MB99005A9C", "公安分局", "Public Security Sub-bureau"),
            ("11430199MB99010AX5", "行政审批服务局", "Administrative Approval Bureau"),
        )),
        _f("note", "long_text", "派单说明", "Note for the unit", required=False),
        style="primary", key="d", facts=frozenset({"department"}),
    ),
    _command(
        "out_of_scope", "不予受理（告知渠道）", "Out of scope (tell the channel)", "order_declined",
        frozenset({Stage.REGISTERED}), _f("channel", "long_text", "应当走的渠道", "The proper channel"), style="warn",
    ),
    _command("sign_for", "签收", "Sign for", "signed_for", frozenset({Stage.DISPATCHED}), style="primary", key="s"),
    _command(
        "return_order", "退单", "Return", "order_returned", frozenset({Stage.DISPATCHED}),
        _f("reason", "long_text", "退单理由和依据", "Reason and basis"),
        _f("suggested_unit", "text", "建议的承办单位", "Suggested unit"), style="warn",
    ),
    _command(
        "reply", "答复", "Reply", "replied", frozenset({Stage.HANDLING}),
        _f("facts_found", "long_text", "查明的事实", "Facts found", **_personal("答复来电人", "to answer the caller")),
        _f("measures", "long_text", "处理措施和结果", "Measures and result",
           **_personal("答复来电人", "to answer the caller")),
        _f("basis", "text", "依据", "Basis"),
        style="primary", key="a", document="order_reply",
    ),
    _command(
        "record_callback", "登记回访", "Record the call-back", "called_back", frozenset({Stage.REPLIED}),
        _f("reached", "yes_no", "是否接通", "Reached"),
        _f("solved", "choice", "问题是否解决", "Solved", options=_options(
            ("yes", "已解决", "Yes"), ("no", "未解决", "No"), ("unknown", "未接通，不清楚", "Not reached")
        )),
        _f("satisfied", "choice", "是否满意", "Satisfied", options=_options(
            ("yes", "满意", "Yes"), ("fair", "基本满意", "Fairly"), ("no", "不满意", "No"),
            ("unknown", "未接通，不清楚", "Not reached"),
        )),
        _f("note", "long_text", "回访记录", "Note", required=False, **_personal("回访记录", "call-back record")),
        style="primary", key="c", facts=frozenset({"reached", "solved", "satisfied"}),
    ),
)  # fmt: skip

COMMANDS = {c.code: c for c in _ALL}
