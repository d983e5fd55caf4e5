"""The words of fees: how one stands, and why money goes back."""

from collections.abc import Mapping

from services.law.calendar import Words

STANDS: Mapping[str, Words] = {
    "due": Words("正在开具缴款单", "The order is being made out"),
    "ordered": Words("未缴", "Not paid"),
    "free": Words("不需要缴费", "Nothing to pay"),
    "paid": Words("已缴清", "Paid"),
    "waived": Words("已减免", "Remitted"),
    "lapsed": Words("不用再缴", "No longer owed"),
    "returning": Words("正在退还", "Being returned"),
    "returned": Words("已退还", "Returned"),
}
REASONS: Mapping[str, Words] = {
    "withdrawn": Words("申请已撤回", "The application was withdrawn"),
    "terminated": Words("办件已终止", "The case was terminated"),
    "voided": Words("办件已作废", "The case was voided"),
    "refused": Words("决定不予，没有制发证件", "Refused, so no licence is made"),
    "directed": Words("本机关负责人决定退还", "The head of the agency ordered it"),
    "twice": Words("同一缴款单重复缴费", "The order was paid twice"),
    "late": Words("缴款单已经失效", "The order was no longer open"),
    "amount": Words("金额与缴款单不符", "The sum is not that of the order"),
}
MOMENTS: Mapping[str, Words] = {
    "acceptance": Words("受理后、决定前缴纳", "To pay after acceptance, before the decision"),
    "grant": Words("准予后、制证前缴纳", "To pay after a grant, before the licence is made"),
}
