"""Plain words for stages, steps, events and documents, the same on every desk."""

from dataclasses import dataclass
from typing import Any

from forms import Item, yuan
from forms.documents import KINDS
from services.cases.histories import Told
from services.law.chain import Event
from services.law.clock_words import stop_name
from services.law.commands import COMMANDS
from services.law.fee_words import REASONS
from services.law.rules import RULES
from web import recounted

Words = dict[str, str]


def _w(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


STAGES = {
    "received": _w("已收件，等待受理", "Received, awaiting acceptance"),
    "correcting": _w("待补正", "Waiting for corrections"),
    "accepted": _w("已受理", "Accepted"),
    "in_review": _w("审查中", "In review"),
    "decided_grant": _w("准予", "Granted"),
    "decided_refuse": _w("不予许可", "Refused"),
    "forwarded": _w("已转报上级机关", "Forwarded to the upper level"),
    "decided": _w("已决定", "Decided"),
    "delivering": _w("已决定，等待送达", "Decided, awaiting service"),
    "concluded": _w("已办结", "Concluded"),
    "rejected_acceptance": _w("不予受理", "Not accepted"),
    "withdrawn": _w("已撤回", "Withdrawn"),
    "terminated": _w("已终止", "Terminated"),
    "voided": _w("已作废（录入错误）", "Void (entered in error)"),
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
    "special": _w("特别程序、听证和公示", "Special procedures, hearings and notices"),
    "special_end": _w("特别程序", "Special procedure"),
    "hearing_request": _w("是否要求听证", "Whether a hearing is wanted"),
    "hearing_notice": _w("通知听证", "Notice of the hearing"),
    "hearing": _w("听证", "Hearing"),
    "notice": _w("公示", "Public notice"),
    "direction": _w("负责人批准的事项", "Orders of the head"),
    "resume": _w("恢复办理", "Resuming"),
    "card": _w("红黄牌", "Card"),
    "fee": _w("收费", "Fee"),
    "payment": _w("缴费", "Payment"),
    "waiver": _w("减免收费", "Remission of the fee"),
    "refund": _w("退费", "Refund"),
    "precheck": _w("预审", "Pre-check"),
    "assignment": _w("分办", "Assignment"),
    "supply_late": _w("补交材料", "Supplying papers"),
    "later_check": _w("事后核查", "Later check"),
    "rectification": _w("限期整改", "Putting right"),
    "revocation": _w("撤销决定", "Decision to revoke"),
    "appeal": _w("申诉", "Appeal"),
    "card_review": _w("复核申诉", "Review of the appeal"),
    "amends_contact": _w("差评回访", "Call about a bad rating"),
    "amends": _w("差评整改答复", "Answer to a bad rating"),
    "renewal": _w("许可届满前作出决定", "A decision before the licence ends"),
    "plea": _w("陈述、申辩", "The holder's statement"),
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
    "special_started": _w("启动特别程序，时限暂停", "Special procedure begun: the clock stops"),
    "special_ended": _w("特别程序结束，时限继续", "Special procedure ended: the clock runs on"),
    "hearing_informed": _w("告知听证权利", "Told of the right to a hearing"),
    "hearing_requested": _w("要求听证，时限暂停", "Hearing asked for: the clock stops"),
    "hearing_waived": _w("不要求听证", "No hearing is wanted"),
    "hearing_notified": _w("通知听证时间地点", "Notice of the hearing given"),
    "hearing_recorded": _w("听证结束，时限继续", "Hearing held: the clock runs on"),
    "notice_published": _w("公示", "Public notice given"),
    "objection_recorded": _w("收到异议", "Objection received"),
    "notice_ended": _w("公示结束", "Public notice ended"),
    "extended": _w("延长审批期限", "Limit extended"),
    "suspended": _w("挂起，时限暂停", "Suspended: the clock stops"),
    "resumed": _w("恢复办理，时限继续", "Resumed: the clock runs on"),
    "voided": _w("作废（录入错误）", "Void (entered in error)"),
    "granted": _w("准予", "Granted"),
    "refused": _w("不予", "Refused"),
    "forwarded": _w("初审完成，转报上级机关", "Reviewed here and forwarded to the upper level"),
    "upper_filed": _w("上级机关收到转报", "The upper level has received it"),
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
    "rater_contacted": _w("就评价回访", "Called back about the rating"),
    "rating_answered": _w("整改答复", "Answer to the rating"),
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
    "card_appealed": _w("对牌提出申诉", "Card appealed against"),
    "appeal_lapsed": _w("申诉期满，没有申诉", "No appeal within its limit"),
    "card_upheld": _w("复核：维持", "Reviewed: card upheld"),
    "card_revoked": _w("复核：撤销", "Reviewed: card revoked"),
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
    "fee_due": _w("核定收费", "The fee is worked out"),
    "fee_ordered": _w("开具缴款单，请缴费", "Payment due"),
    "fee_free": _w("不需要缴费", "Nothing to pay"),
    "paid": _w("缴费到账", "Paid"),
    "fee_waived": _w("减免收费", "The fee was remitted"),
    "refund_directed": _w("决定退还费用", "The fee is to be given back"),
    "refund_ordered": _w("退费，原路退回", "Money goes back"),
    "refund_failed": _w("退费未成功，继续重试", "The refund failed; tried again"),
    "refunded": _w("退费已到账", "Money is back"),
    "promise_signed": _w("签署告知承诺书", "Promise signed"),
    "gaps_signed": _w("签署容缺受理承诺书", "Promise to supply papers signed"),
    "late_supplied": _w("补交材料", "Papers supplied"),
    "late_lapsed": _w("逾期没有补交材料", "Papers not supplied in time"),
    "prechecked": _w("预审", "Pre-checked"),
    "assigned": _w("分办", "Assigned"),
    "later_checked": _w("事后核查", "Checked later"),
    "rectified": _w("报告已经整改", "Reported as put right"),
    "rectification_lapsed": _w("整改期限届满", "The limit to put right has passed"),
    "check_returned": _w("退回重新核查", "Returned for another check"),
    "promise_revoked": _w("决定撤销许可", "Revocation decided"),
    "recounted": _w("假期安排公布，期限重新计算", "Days off were announced: dates counted again"),
    "task_opened": _w("等待", "Waiting for"),
}
DOCUMENTS = {kind.code: _w(kind.title.zh, kind.title.en) for kind in KINDS.values()} | {
    "receipt": _w("收件凭证", "Receipt"),
    # Of whatever item: only a licence's are called by the Licence Law's words.
    "grant": _w("准予决定书", "Decision to grant"),
    "refusal": _w("不予决定书", "Decision to refuse"),
    "licence": _w("证照", "Licence"),
    "fee_receipt": _w("缴费收据", "Receipt of payment"),
    "order_reply": _w("12345 答复", "12345 reply"),
}
_MONEY = frozenset({"fee_ordered", "paid", "refund_ordered", "refund_failed", "refunded"})
CHANNELS = {
    "window": _w("窗口提交", "At the counter"),
    "web": _w("网上提交", "Online"),
    "kiosk": _w("自助终端提交", "At a self-service terminal"),
    "helper": _w("帮办提交", "With a helper"),
    "phone": _w("电话", "By phone"),
    "sent_up": _w("下级机关转报", "Sent up by the lower level"),
    "discovered": _w("工作人员主动发现", "Found by staff"),
    "official": _w("依职权启动", "Opened by the department"),
}
# By what right somebody at the counter acts for the applicant.
STANDINGS = {
    "self": _w("申请人本人", "The applicant"),
    "legal_representative": _w("法定代表人", "Legal representative"),
    "guardian": _w("监护人", "Guardian"),
    "mandate": _w("登记的代理人", "Agent on file"),
    "papers": _w("凭本案委托书或者关系证明", "By the letter or papers of this case"),
}
OUTCOMES = {
    "solved": _w("已解决", "Solved"),
    "unsolved": _w("未解决", "Not solved"),
    "not_reached": _w("未接通", "Not reached"),
    "out_of_scope": _w("不属于受理范围", "Out of scope"),
}
# What a citizen is shown of the log: what concerns them, not who claimed what.
CITIZEN_EVENTS = frozenset(_EVENTS) - {
    "task_opened", "claimed", "released", "warned", "card_raised", "card_closed", "card_appealed", "appeal_lapsed",
    "card_upheld", "card_revoked", "linked_told", "document_made", "rating_lapsed", "archive_made", "reviewed",
    "sent_back", "order_linked", "objection_recorded", "fee_due", "refund_failed", "prechecked", "assigned",
    "check_returned",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a history. `tone` is done, flag (a warning or yellow card), hold (the clock stops) or red."""

    title: Words
    detail: Words
    tone: str


def stage(code: str) -> Words:
    return STAGES.get(code, _w(code, code))


def event(kind: str) -> Words:
    return _EVENTS.get(kind, _w(kind, kind))


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
    detail, behalf = _detail(event.kind, event.data, item), _behalf(event)
    if behalf:
        detail = _w(*(f"{detail[lang]} · {behalf[lang]}".strip(" ·") for lang in ("zh", "en")))
    return Line(title, detail, _tone(event.kind, event.data))


def _behalf(event: Event) -> Words | None:
    """In what right somebody acted who is not the applicant; their name stands beside the event."""
    if "assistance" in event.data:
        return _w("帮办员帮助填写", "filled in by a helper")
    if "guardian" in event.data:
        return _w("监护人代为申请", "by the guardian")
    if "mandate" in event.data:
        return _w("代办人按授权办理", "by an agent, as authorised")
    return None


_FLAGS = frozenset(
    {
        "warned",
        "deemed_accepted",
        "lapsed",
        "late_lapsed",
        "rectification_lapsed",
        "promise_revoked",
        "deemed_renewed",
        "refund_failed",
    }
)


def _tone(kind: str, data: dict[str, Any]) -> str:
    if kind == "card_raised":
        return "red" if data["severity"] == "red" else "flag"
    if kind in ("special_started", "hearing_requested", "suspended"):
        return "hold"
    return "flag" if kind in _FLAGS else "done"


def _detail(kind: str, data: dict[str, Any], item: Item) -> Words:
    if kind in ("warned", "card_raised"):
        rule = RULES[data["rule"]]
        return _w(f"规则 {rule.code}：{rule.zh}", f"Rule {rule.code}: {rule.en}")
    if kind == "task_opened":
        return step(item, data["step"])
    if kind == "document_made":
        words = DOCUMENTS.get(data.get("kind", ""), _w("", ""))
        return _w(f"{words['zh']} {data.get('number', '')}", f"{words['en']} {data.get('number', '')}")
    if kind in ("prechecked", "later_checked", "reviewed"):
        name = COMMANDS[data["command"]].name
        said = data.get("note") or data.get("findings") or data.get("opinion") or ""
        return _w(*(f"{words}：{said}" if said else words for words in (name.zh, name.en)))
    if kind == "assigned":
        said = f"：{data['reason']}" if data.get("reason") else ""
        return _w(data["handler_name"] + said, data["handler_name"] + said)
    if kind == "gaps_signed":
        names = [item.material(code).name for code in data["materials"]]
        return _w("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    if kind == "late_supplied":
        names = [item.material(paper["code"]).name for paper in data["papers"]]
        return _and(_w("、".join(n.zh for n in names), ", ".join(n.en for n in names)), _stood_there(data))
    if kind == "recounted":
        return recounted.sentence(data, lambda code: step(item, code))
    if kind.startswith("licence_"):
        return _w(data["number"], data["number"])
    if kind in _MONEY:
        return _money(data)
    if kind in ("order_linked", "order_answered"):
        return _w(data["order"], data["order"])
    if kind == "upper_filed":
        return _w(data["case"], data["case"])
    if kind == "order_closed":
        return OUTCOMES.get(data.get("outcome", ""), _w("", ""))
    if kind in ("special_started", "suspended", "extended", "notice_published", "hearing_notified"):
        return _beside(kind, data)
    if kind == "opened":
        return _w("", "")  # its title says it
    if kind in ("submitted", "registered"):
        return _and(CHANNELS.get(data.get("channel", ""), _w("", "")), _stood_there(data))
    if kind == "revealed" and data.get("what") == "answers":
        return _w("申请人到窗口补正，查看填写的内容", "What was filled in, to correct it with the applicant")
    # Of an order the channel is a sentence: where the caller has to go instead.
    texts = ("channel", "note") if kind == "order_declined" else ("reason", "opinion", "findings", "note")
    said = next((data[name] for name in texts if isinstance(data.get(name), str)), "")
    return _and(_stood_there(data), _w(said, said))


def _stood_there(data: dict[str, Any]) -> Words:
    """By what right somebody acted at the counter; who it was is not in the log."""
    right = STANDINGS.get(data.get("standing", ""))
    return _w(f"到窗口办理：{right['zh']}", f"At the counter: {right['en']}") if right else _w("", "")


def _and(first: Words, second: Words) -> Words:
    parts = [words for words in (first, second) if words["zh"]]
    return _w("；".join(w["zh"] for w in parts), "; ".join(w["en"] for w in parts))


def _beside(kind: str, data: dict[str, Any]) -> Words:
    """What a procedure beside the review is, on what basis, and until when (Licence Law arts 42, 45, 48)."""
    match kind:
        case "special_started":
            name, days = stop_name(data["kind"]), data["days"]
            return _w(
                f"{name.zh}，{data['body']}，约 {days} 个工作日（{data['basis']}）",
                f"{name.en}, {data['body']}, about {days} working days ({data['basis']})",
            )
        case "suspended":
            until = data["expected_end"]
            return _w(
                f"{data['reason']}（{data['basis']}），预计 {until} 恢复",
                f"{data['reason']} ({data['basis']}), expected to resume on {until}",
            )
        case "extended":
            return _w(
                f"法定期限由 {data['due_before']} 延至 {data['due']}：{data['reason']}",
                f"Statutory limit moved from {data['due_before']} to {data['due']}: {data['reason']}",
            )
        case "notice_published":
            return _w(f"至 {data['until']}（{data['basis']}）", f"Until {data['until']} ({data['basis']})")
    return _w(
        f"{data['held_on']} {data['held_at']}，{data['place']}",
        f"{data['held_on']} {data['held_at']}, {data['place']}",
    )


def _money(data: dict[str, Any]) -> Words:
    """How much, and why it goes back if it does."""
    amount = f"{yuan(data['fen']):.2f}"
    why = REASONS.get(data.get("reason", ""))
    return _w(f"{amount} 元{f'：{why.zh}' if why else ''}", f"CNY {amount}{f': {why.en}' if why else ''}")


def not_in_time(event: Event) -> Words:
    """What the applicant left undone, where the clock terminated the case."""
    if (event.task or "").startswith("payment"):
        return _w("没有在期限内缴费", "Not paid in time")
    return _w("没有在期限内补正", "Corrections were not supplied in time")
