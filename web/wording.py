"""Plain words for stages, steps, events and documents, the same on every desk."""

from dataclasses import dataclass
from typing import Any

from forms import Item
from services.cases.histories import Told
from services.law.rules import RULES
from web import recounted

Words = dict[str, str]


def _w(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


STAGES = {
    "received": _w("已收件，等待受理", "Received, awaiting acceptance"),
    "correcting": _w("等您补正", "Waiting for your corrections"),
    "accepted": _w("已受理", "Accepted"),
    "in_review": _w("审查中", "In review"),
    "decided_grant": _w("准予", "Granted"),
    "decided_refuse": _w("不予许可", "Refused"),
    "decided": _w("已决定", "Decided"),
    "delivering": _w("已决定，等待送达", "Decided, awaiting service"),
    "concluded": _w("已办结", "Concluded"),
    "rejected_acceptance": _w("不予受理", "Not accepted"),
    "withdrawn": _w("已撤回", "Withdrawn"),
    "terminated": _w("已终止", "Terminated"),
    "archived": _w("已归档", "Archived"),
    "registered": _w("已登记，等待派单", "Registered, awaiting dispatch"),
    "dispatched": _w("已派单，等待签收", "Dispatched, awaiting sign-off"),
    "handling": _w("承办单位办理中", "Being handled"),
    "replied": _w("已答复，等待回访", "Replied, awaiting call-back"),
    "closed": _w("已办结", "Closed"),
}
STEPS = {
    "acceptance": _w("受理", "Acceptance"),
    "correction": _w("补正", "Correction"),
    "withdrawal": _w("撤回", "Withdrawal"),
    "delivery": _w("送达", "Service"),
    "rating": _w("评价", "Rating"),
    "card": _w("红黄牌", "Card"),
    "renewal": _w("许可届满前作出决定", "A decision before the licence ends"),
    "plea": _w("陈述、申辩", "The holder's statement"),
    "direction": _w("负责人指令", "Orders of the head"),
}
_EVENTS = {
    "submitted": _w("提交申请", "Application filed"),
    "registered": _w("登记工单", "Work order registered"),
    "accepted": _w("受理", "Accepted"),
    "deemed_accepted": _w("逾期未告知，视为受理", "Deemed accepted by silence"),
    "correction_requested": _w("一次性告知补正", "Corrections asked for"),
    "resubmitted": _w("补正后重新提交", "Corrected and resubmitted"),
    "lapsed": _w("逾期未补正", "Corrections not supplied in time"),
    "declined": _w("不予受理", "Not accepted"),
    "withdrawn": _w("撤回申请", "Withdrawn"),
    "terminated": _w("终止办理", "Terminated"),
    "site_checked": _w("现场核查", "Site check"),
    "reviewed": _w("审查意见", "Review opinion"),
    "sent_back": _w("退回重审", "Sent back for review"),
    "granted": _w("准予", "Granted"),
    "refused": _w("不予", "Refused"),
    "licence_issued": _w("制证", "Licence issued"),
    "licence_renewed": _w("证照延续", "Licence renewed"),
    "licence_amended": _w("证照变更", "Licence changed"),
    "licence_reissued": _w("证照补发", "Licence issued again"),
    "licence_expired": _w("证照届满", "Licence ended with its term"),
    "licence_cancelled": _w("证照注销", "Licence struck off"),
    "licence_revoked": _w("证照撤销", "Licence revoked"),
    "licence_replaced": _w("证照换发", "Licence replaced by a new one"),
    "licence_unchanged": _w("证照状态已变，不再处理", "The licence had changed meanwhile: left as it is"),
    "deemed_renewed": _w("届满前未决定，视为准予延续", "Deemed renewed by silence"),
    "opened": _w("依职权启动", "Opened by the department"),
    "holder_informed": _w("告知持证人拟作出的处理", "The holder was told what is considered"),
    "pleaded": _w("持证人陈述、申辩", "The holder's statement"),
    "plea_waived": _w("没有陈述、申辩", "No statement was made"),
    "revoked": _w("决定撤销", "Revocation decided"),
    "struck_off": _w("决定注销", "Striking off decided"),
    "left": _w("决定不作处理", "No measure was taken"),
    "delivery_opened": _w("等待送达", "Ready to be served"),
    "served": _w("送达", "Served"),
    "concluded": _w("办结", "Concluded"),
    "rated": _w("评价", "Rated"),
    "rating_lapsed": _w("评价期满", "Rating window closed"),
    "archived": _w("归档", "Archived"),
    "archive_made": _w("生成电子归档包", "Archive package made"),
    "document_made": _w("出具文书", "Document issued"),
    "claimed": _w("认领", "Claimed"),
    "released": _w("放回", "Released"),
    "revealed": _w("查看证件号码和电话", "Looked at the numbers of identity paper and telephone"),
    "warned": _w("预警", "Warning"),
    "card_raised": _w("亮牌", "Card raised"),
    "card_closed": _w("销牌", "Card closed"),
    "dispatched": _w("派单", "Dispatched"),
    "order_returned": _w("退单", "Returned"),
    "signed_for": _w("签收", "Signed for"),
    "replied": _w("答复", "Replied"),
    "called_back": _w("回访", "Called back"),
    "reworked": _w("退回重办", "Sent back to be handled again"),
    "order_declined": _w("不予受理（告知渠道）", "Out of scope"),
    "order_closed": _w("工单办结", "Work order closed"),
    "order_linked": _w("收到与本办件有关的 12345 工单", "A 12345 work order about this case"),
    "order_answered": _w("有关的 12345 工单已办结", "The 12345 work order was closed"),
    "linked_told": _w("已告知相关办件", "The linked case was told"),
    "recounted": _w("假期安排公布，期限重新计算", "Days off were announced: dates counted again"),
    "task_opened": _w("等待", "Waiting for"),
}
DOCUMENTS = {
    "receipt": _w("收件凭证", "Receipt"),
    "acceptance": _w("受理通知书", "Notice of acceptance"),
    "correction": _w("补正告知书", "Correction notice"),
    "non_acceptance": _w("不予受理决定书", "Decision not to accept"),
    "grant": _w("准予决定书", "Decision to grant"),
    "refusal": _w("不予决定书", "Decision to refuse"),
    "termination": _w("终止办理通知书", "Notice of termination"),
    "licence": _w("证照", "Licence"),
    "renewal_grant": _w("准予延续决定书", "Decision to renew"),
    "change_grant": _w("准予变更决定书", "Decision to change"),
    "replacement_grant": _w("补发决定书", "Decision to issue again"),
    "striking_off": _w("注销决定书", "Decision to strike off"),
    "revocation": _w("撤销决定书", "Decision to revoke"),
    "plea_notice": _w("拟撤销告知书", "Notice of intended revocation"),
    "no_measure": _w("不作处理告知书", "Notice that no measure is taken"),
    "order_reply": _w("12345 答复", "12345 reply"),
}
CHANNELS = {
    "window": _w("窗口提交", "At the counter"),
    "web": _w("网上提交", "Online"),
    "phone": _w("电话", "By phone"),
    "official": _w("依职权启动", "Opened by the department"),
}
OUTCOMES = {
    "solved": _w("已解决", "Solved"),
    "unsolved": _w("未解决", "Not solved"),
    "not_reached": _w("未接通", "Not reached"),
    "out_of_scope": _w("不属于受理范围", "Out of scope"),
}
# What a citizen is shown of the log: what concerns them, not who claimed what.
CITIZEN_EVENTS = frozenset(_EVENTS) - {
    "task_opened", "claimed", "released", "warned", "card_raised", "card_closed", "linked_told", "document_made",
    "rating_lapsed", "archive_made", "reviewed", "sent_back", "order_linked",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a history. `tone` is done, flag (a warning or yellow card) or red."""

    title: Words
    detail: Words
    tone: str


def stage(code: str) -> Words:
    return STAGES.get(code, _w(code, code))


def step(item: Item, code: str) -> Words:
    """A step's name as the item gives it, else ours."""
    for s in item.procedure.steps:
        if s.code == code:
            return _w(s.name.zh, s.name.en)
    return STEPS.get(code, _w(code, code))


def line(told: Told, item: Item) -> Line:
    """An event in words. Personal values are not in the log and so are not here."""
    event = told.event
    title = _EVENTS.get(event.kind, _w(event.kind, event.kind))
    return Line(title, _detail(event.kind, event.data, item), _tone(event.kind, event.data))


def _tone(kind: str, data: dict[str, Any]) -> str:
    if kind == "card_raised":
        return "red" if data["severity"] == "red" else "flag"
    return "flag" if kind in ("warned", "deemed_accepted", "deemed_renewed", "lapsed") else "done"


def _detail(kind: str, data: dict[str, Any], item: Item) -> Words:
    if kind in ("warned", "card_raised"):
        rule = RULES[data["rule"]]
        return _w(f"规则 {rule.code}：{rule.zh}", f"Rule {rule.code}: {rule.en}")
    if kind == "task_opened":
        return step(item, data["step"])
    if kind == "document_made":
        words = DOCUMENTS.get(data.get("kind", ""), _w("", ""))
        return _w(f"{words['zh']} {data.get('number', '')}", f"{words['en']} {data.get('number', '')}")
    if kind == "recounted":
        return recounted.sentence(data, lambda code: step(item, code))
    if kind.startswith("licence_"):
        return _w(data["number"], data["number"])
    if kind in ("order_linked", "order_answered"):
        return _w(data["order"], data["order"])
    if kind == "order_closed":
        return OUTCOMES.get(data.get("outcome", ""), _w("", ""))
    if kind == "opened":
        return _w("", "")  # its title says it
    if kind in ("submitted", "registered"):
        return CHANNELS.get(data.get("channel", ""), _w("", ""))
    for name in ("reason", "opinion", "findings", "channel", "note"):
        if isinstance(data.get(name), str):
            return _w(data[name], data[name])
    return _w("", "")
