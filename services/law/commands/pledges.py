"""What was promised (告知承诺, 容缺受理): papers that follow, the later check, and what a broken promise costs."""

from services.law.commands.definition import command, field
from services.law.stages import REVIEWING, Stage

_AFTER = frozenset({Stage.CONCLUDED})
# Licence Law art. 34 para 3: two officers or more.
_CHECKED = (
    field("checked_on", "date", "核查日期", "Date of the check"),
    field("officer_1", "text", "核查人员一（姓名、证号）", "First officer (name, card number)"),
    field("officer_2", "text", "核查人员二（姓名、证号）", "Second officer (name, card number)"),
    field("findings", "long_text", "核查情况", "Findings"),
)

COMMANDS = (
    command(
        # `left`: how many papers are still to come.
        "supply_late", "补交材料", "Supply the missing papers", "late_supplied", REVIEWING,
        style="primary", facts=frozenset({"left"}),
    ),
    command(
        "confirm_kept", "承诺属实", "The promise is kept", "later_checked", _AFTER, *_CHECKED,
        style="primary", key="g", document="later_check",
    ),
    command(
        "order_rectification", "责令限期整改", "Order to put right", "later_checked", _AFTER, *_CHECKED,
        field("demand", "long_text", "需要整改的内容", "What must be put right"),
        document="rectification",
    ),
    command(
        "find_broken", "虚假承诺或者逾期未改（提请撤销）", "False or not put right (propose revocation)", "later_checked",
        _AFTER, *_CHECKED, style="warn", document="later_check",
    ),
    command(
        "report_rectified", "报告已经整改", "Report what was put right", "rectified", _AFTER,
        field("done", "long_text", "整改情况（有不同意见的，也可以写明）", "What was done (or why you disagree)"),
        style="primary",
    ),
    command(
        # Arts 69, 78, 79 name what a licence obtained improperly costs.
        "revoke_licence", "撤销许可", "Revoke the licence", "promise_revoked", _AFTER,
        field("facts_found", "long_text", "事实", "Facts"),
        field("reason", "long_text", "理由", "Reasons"),
        field("basis", "text", "法律依据（条款）", "Legal basis (article)"),
        field("safety", "yes_no", "许可是否直接关系公共安全、人身健康、生命财产安全（第七十九条）",
              "Does it directly concern public safety, health, life or property (art. 79)"),
        style="warn", document="promise_revocation",
    ),
    command(
        "return_check", "退回重新核查", "Return for another check", "check_returned", _AFTER,
        field("reason", "long_text", "退回理由", "Why it goes back"),
    ),
)  # fmt: skip
