"""What archivists call things: steps of the process by their events."""

from services.law.commands import COMMANDS

_BY_CLOCK_OR_PROCEDURE = {
    "submitted": "收件",
    "registered": "登记",
    "deemed_accepted": "视为受理",
    "task_opened": "进入环节",
    "document_made": "出具文书",
    "opened": "依职权启动",
    "deemed_renewed": "视为准予延续",
    "plea_waived": "未陈述申辩",
    "licence_issued": "制发证照",
    "licence_renewed": "证照延续",
    "licence_amended": "证照变更",
    "licence_reissued": "证照补发",
    "licence_expired": "证照届满",
    "licence_cancelled": "证照注销",
    "licence_revoked": "证照撤销",
    "licence_replaced": "证照换发",
    "licence_unchanged": "证照未变动",
    "delivery_opened": "待送达",
    "terminated": "终止办理",
    "concluded": "办结",
    "lapsed": "逾期未补正",
    "rating_lapsed": "逾期未评价",
    "card_raised": "亮牌",
    "appeal_lapsed": "逾期未申诉",
    "warned": "预警",
    "claimed": "认领",
    "released": "退回待办",
    "revealed": "查看证件和电话",
    "fee_due": "核定收费",
    "fee_ordered": "开具缴款单",
    "fee_free": "核定不收费",
    "paid": "缴费到账",
    "refund_ordered": "退费",
    "refund_failed": "退费未成功",
    "refunded": "退费到账",
    "recounted": "期限重新计算",
    "promise_signed": "签署告知承诺书",
    "gaps_signed": "签署容缺受理承诺书",
    "late_lapsed": "逾期未补交",
    "rectification_lapsed": "整改期限届满",
    "upper_filed": "上级机关收到转报",
    "order_linked": "关联工单",
    "order_answered": "关联工单已答复",
    "order_closed": "工单办结",
    "reworked": "重办",
    "archived": "归档",
    "archive_made": "生成归档包",
}
_BY_PEOPLE = {c.event: c.name.zh for c in COMMANDS.values()}
ROLES = {
    "applicant": "申请人",
    "clerk": "窗口人员",
    "reviewer": "审核人员",
    "director": "批准人",
    "supervisor": "效能监督员",
    "agent": "话务员",
    "admin": "系统管理员",
    "system": "系统",
}


def step_name(kind: str, command: str = "") -> str:
    if command in COMMANDS:
        return COMMANDS[command].name.zh
    return _BY_CLOCK_OR_PROCEDURE.get(kind) or _BY_PEOPLE.get(kind) or kind
