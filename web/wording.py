"""Plain words for stages, steps, events and documents, the same on every desk."""

from forms import Item
from forms.documents import KINDS

Words = dict[str, str]


def w(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


STAGES = {
    "received": w("已收件，等待受理", "Received, awaiting acceptance"),
    "correcting": w("待补正", "Waiting for corrections"),
    "accepted": w("已受理", "Accepted"),
    "in_review": w("审查中", "In review"),
    "decided_grant": w("准予", "Granted"),
    "decided_refuse": w("不予许可", "Refused"),
    "forwarded": w("已转报上级机关", "Forwarded to the upper level"),
    "decided": w("已决定", "Decided"),
    "delivering": w("已决定，等待送达", "Decided, awaiting service"),
    "concluded": w("已办结", "Concluded"),
    "rejected_acceptance": w("不予受理", "Not accepted"),
    "withdrawn": w("已撤回", "Withdrawn"),
    "terminated": w("已终止", "Terminated"),
    "voided": w("已作废（录入错误）", "Void (entered in error)"),
    "archived": w("已归档", "Archived"),
    "registered": w("已登记，等待派单", "Registered, awaiting dispatch"),
    "dispatched": w("已派单，等待签收", "Dispatched, awaiting sign-off"),
    "handling": w("承办单位办理中", "Being handled"),
    "replied": w("已答复，等待回访", "Replied, awaiting call-back"),
    "closed": w("已办结", "Closed"),
}
STEPS = {
    "acceptance": w("受理", "Acceptance"),
    "correction": w("补正", "Correction"),
    "withdrawal": w("撤回", "Withdrawal"),
    "delivery": w("送达", "Service"),
    "rating": w("评价", "Rating"),
    "special": w("特别程序、听证和公示", "Special procedures, hearings and notices"),
    "special_end": w("特别程序", "Special procedure"),
    "hearing_request": w("是否要求听证", "Whether a hearing is wanted"),
    "hearing_notice": w("通知听证", "Notice of the hearing"),
    "hearing": w("听证", "Hearing"),
    "notice": w("公示", "Public notice"),
    "direction": w("负责人批准的事项", "Orders of the head"),
    "resume": w("恢复办理", "Resuming"),
    "card": w("红黄牌", "Card"),
    "fee": w("收费", "Fee"),
    "payment": w("缴费", "Payment"),
    "waiver": w("减免收费", "Remission of the fee"),
    "refund": w("退费", "Refund"),
    "precheck": w("预审", "Pre-check"),
    "assignment": w("分办", "Assignment"),
    "supply_late": w("补交材料", "Supplying papers"),
    "later_check": w("事后核查", "Later check"),
    "rectification": w("限期整改", "Putting right"),
    "revocation": w("撤销决定", "Decision to revoke"),
    "appeal": w("申诉", "Appeal"),
    "card_review": w("复核申诉", "Review of the appeal"),
    "amends_contact": w("差评回访", "Call about a bad rating"),
    "amends": w("差评整改答复", "Answer to a bad rating"),
    "renewal": w("许可届满前作出决定", "A decision before the licence ends"),
    "plea": w("陈述、申辩", "The holder's statement"),
}
_EVENTS = {
    "submitted": w("提交申请", "Application filed"),
    "registered": w("登记工单", "Work order registered"),
    "accepted": w("受理", "Accepted"),
    "deemed_accepted": w("逾期未告知，视为受理", "Deemed accepted by silence"),
    "correction_requested": w("一次性告知补正", "Corrections asked for"),
    "resubmitted": w("补正后重新提交", "Corrected and resubmitted"),
    "lapsed": w("逾期未补正", "Corrections not supplied in time"),
    "declined": w("不予受理", "Not accepted"),
    "withdrawn": w("撤回申请", "Withdrawn"),
    "terminated": w("终止办理", "Terminated"),
    "site_checked": w("现场核查", "Site check"),
    "reviewed": w("审查意见", "Review opinion"),
    "sent_back": w("退回重审", "Sent back for review"),
    "special_started": w("启动特别程序，时限暂停", "Special procedure begun: the clock stops"),
    "special_ended": w("特别程序结束，时限继续", "Special procedure ended: the clock runs on"),
    "hearing_informed": w("告知听证权利", "Told of the right to a hearing"),
    "hearing_requested": w("要求听证，时限暂停", "Hearing asked for: the clock stops"),
    "hearing_waived": w("不要求听证", "No hearing is wanted"),
    "hearing_notified": w("通知听证时间地点", "Notice of the hearing given"),
    "hearing_recorded": w("听证结束，时限继续", "Hearing held: the clock runs on"),
    "notice_published": w("公示", "Public notice given"),
    "objection_recorded": w("收到异议", "Objection received"),
    "notice_ended": w("公示结束", "Public notice ended"),
    "extended": w("延长审批期限", "Limit extended"),
    "suspended": w("挂起，时限暂停", "Suspended: the clock stops"),
    "resumed": w("恢复办理，时限继续", "Resumed: the clock runs on"),
    "voided": w("作废（录入错误）", "Void (entered in error)"),
    "granted": w("准予", "Granted"),
    "refused": w("不予", "Refused"),
    "forwarded": w("初审完成，转报上级机关", "Reviewed here and forwarded to the upper level"),
    "upper_filed": w("上级机关收到转报", "The upper level has received it"),
    "licence_issued": w("制证", "Licence issued"),
    "licence_renewed": w("证照延续", "Licence renewed"),
    "licence_amended": w("证照变更", "Licence changed"),
    "licence_reissued": w("证照补发", "Licence issued again"),
    "licence_expired": w("证照届满", "Licence ended with its term"),
    "licence_cancelled": w("证照注销", "Licence struck off"),
    "licence_revoked": w("证照撤销", "Licence revoked"),
    "licence_replaced": w("证照换发", "Licence replaced by a new one"),
    "licence_unchanged": w("证照状态已变，不再处理", "The licence had changed meanwhile: left as it is"),
    "deemed_renewed": w("届满前未决定，视为准予延续", "Deemed renewed by silence"),
    "opened": w("依职权启动", "Opened by the department"),
    "holder_informed": w("告知持证人拟作出的处理", "The holder was told what is considered"),
    "pleaded": w("持证人陈述、申辩", "The holder's statement"),
    "plea_waived": w("没有陈述、申辩", "No statement was made"),
    "revoked": w("决定撤销", "Revocation decided"),
    "struck_off": w("决定注销", "Striking off decided"),
    "left": w("决定不作处理", "No measure was taken"),
    "delivery_opened": w("等待送达", "Ready to be served"),
    "served": w("送达", "Served"),
    "concluded": w("办结", "Concluded"),
    "rated": w("评价", "Rated"),
    "rater_contacted": w("就评价回访", "Called back about the rating"),
    "rating_answered": w("整改答复", "Answer to the rating"),
    "rating_lapsed": w("评价期满", "Rating window closed"),
    "archived": w("归档", "Archived"),
    "archive_made": w("生成电子归档包", "Archive package made"),
    "document_made": w("出具文书", "Document issued"),
    "claimed": w("认领", "Claimed"),
    "released": w("放回", "Released"),
    "revealed": w("查看证件号码和电话", "Looked at the numbers of identity paper and telephone"),
    "warned": w("预警", "Warning"),
    "card_raised": w("亮牌", "Card raised"),
    "card_closed": w("销牌", "Card closed"),
    "card_appealed": w("对牌提出申诉", "Card appealed against"),
    "appeal_lapsed": w("申诉期满，没有申诉", "No appeal within its limit"),
    "card_upheld": w("复核：维持", "Reviewed: card upheld"),
    "card_revoked": w("复核：撤销", "Reviewed: card revoked"),
    "dispatched": w("派单", "Dispatched"),
    "order_returned": w("退单", "Returned"),
    "signed_for": w("签收", "Signed for"),
    "replied": w("答复", "Replied"),
    "called_back": w("回访", "Called back"),
    "reworked": w("退回重办", "Sent back to be handled again"),
    "order_declined": w("不予受理（告知渠道）", "Out of scope"),
    "order_closed": w("工单办结", "Work order closed"),
    "order_linked": w("收到与本办件有关的 12345 工单", "A 12345 work order about this case"),
    "order_answered": w("有关的 12345 工单已办结", "The 12345 work order was closed"),
    "linked_told": w("已告知相关办件", "The linked case was told"),
    "fee_due": w("核定收费", "The fee is worked out"),
    "fee_ordered": w("开具缴款单，请缴费", "Payment due"),
    "fee_free": w("不需要缴费", "Nothing to pay"),
    "paid": w("缴费到账", "Paid"),
    "fee_waived": w("减免收费", "The fee was remitted"),
    "refund_directed": w("决定退还费用", "The fee is to be given back"),
    "refund_ordered": w("退费，原路退回", "Money goes back"),
    "refund_failed": w("退费未成功，继续重试", "The refund failed; tried again"),
    "refunded": w("退费已到账", "Money is back"),
    "promise_signed": w("签署告知承诺书", "Promise signed"),
    "gaps_signed": w("签署容缺受理承诺书", "Promise to supply papers signed"),
    "late_supplied": w("补交材料", "Papers supplied"),
    "late_lapsed": w("逾期没有补交材料", "Papers not supplied in time"),
    "prechecked": w("预审", "Pre-checked"),
    "assigned": w("分办", "Assigned"),
    "later_checked": w("事后核查", "Checked later"),
    "rectified": w("报告已经整改", "Reported as put right"),
    "rectification_lapsed": w("整改期限届满", "The limit to put right has passed"),
    "check_returned": w("退回重新核查", "Returned for another check"),
    "promise_revoked": w("决定撤销许可", "Revocation decided"),
    "recounted": w("假期安排公布，期限重新计算", "Days off were announced: dates counted again"),
    "task_opened": w("等待", "Waiting for"),
}
DOCUMENTS = {kind.code: w(kind.title.zh, kind.title.en) for kind in KINDS.values()} | {
    "receipt": w("收件凭证", "Receipt"),
    # Of whatever item: only a licence's are called by the Licence Law's words.
    "grant": w("准予决定书", "Decision to grant"),
    "refusal": w("不予决定书", "Decision to refuse"),
    "licence": w("证照", "Licence"),
    "fee_receipt": w("缴费收据", "Receipt of payment"),
    "order_reply": w("12345 答复", "12345 reply"),
}
CHANNELS = {
    "window": w("窗口提交", "At the counter"),
    "web": w("网上提交", "Online"),
    "kiosk": w("自助终端提交", "At a self-service terminal"),
    "helper": w("帮办提交", "With a helper"),
    "phone": w("电话", "By phone"),
    "sent_up": w("下级机关转报", "Sent up by the lower level"),
    "discovered": w("工作人员主动发现", "Found by staff"),
    "official": w("依职权启动", "Opened by the department"),
}
# By what right somebody at the counter acts for the applicant.
STANDINGS = {
    "self": w("申请人本人", "The applicant"),
    "legal_representative": w("法定代表人", "Legal representative"),
    "guardian": w("监护人", "Guardian"),
    "mandate": w("登记的代理人", "Agent on file"),
    "papers": w("凭本案委托书或者关系证明", "By the letter or papers of this case"),
}
OUTCOMES = {
    "solved": w("已解决", "Solved"),
    "unsolved": w("未解决", "Not solved"),
    "not_reached": w("未接通", "Not reached"),
    "out_of_scope": w("不属于受理范围", "Out of scope"),
}
# What a citizen is shown of the log: what concerns them, not who claimed what.
CITIZEN_EVENTS = frozenset(_EVENTS) - {
    "task_opened", "claimed", "released", "warned", "card_raised", "card_closed", "card_appealed", "appeal_lapsed",
    "card_upheld", "card_revoked", "linked_told", "document_made", "rating_lapsed", "archive_made", "reviewed",
    "sent_back", "order_linked", "objection_recorded", "fee_due", "refund_failed", "prechecked", "assigned",
    "check_returned",
}  # fmt: skip


def stage(code: str) -> Words:
    return STAGES.get(code, w(code, code))


def event(kind: str) -> Words:
    return _EVENTS.get(kind, w(kind, kind))


def step(item: Item, code: str) -> Words:
    """A step's name as the item gives it, else ours."""
    for s in item.procedure.steps:
        if s.code == code:
            return w(s.name.zh, s.name.en)
    return STEPS.get(code, w(code, code))
