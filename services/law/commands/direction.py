"""What only the head of the agency (本机关负责人) may do to a running case: extend, suspend, terminate, void."""

from services.law.commands.definition import command, field, options
from services.law.stages import OPEN_APPLICATION, REVIEWING

_REASON = field("reason", "long_text", "理由", "Reasons")
_BASIS = field("basis", "text", "依据（条款）", "Basis (article)")

COMMANDS = (
    command(
        # Art. 42: once, before the limit ends, by the head, and the applicant is told why.
        "extend", "延长审批期限", "Extend the limit", "extended", REVIEWING, _REASON,
        document="extension", facts=frozenset({"days"}),
    ),
    command(
        "suspend", "挂起", "Suspend", "suspended", REVIEWING,
        field("kind", "choice", "挂起情形", "Ground", options=options(
            ("proceedings", "等待诉讼、复议或者其他案件结果", "Waits for a lawsuit, reconsideration or another case"),
            ("force_majeure", "不可抗力", "Force majeure"),
            ("sector_rule", "行业法规规定的中止情形", "A stay that the sector's law provides"),
        )),
        _BASIS, _REASON,
        field("expected_end", "date", "预计恢复日期", "Expected end"),
        style="warn", document="suspension", facts=frozenset({"kind"}),
    ),
    command("resume", "恢复办理", "Resume", "resumed", REVIEWING,
            field("reason", "long_text", "恢复原因", "Why it goes on"), style="primary"),
    command(
        "terminate", "终止办理", "Terminate", "terminated", OPEN_APPLICATION,
        field("kind", "choice", "终止情形", "Ground", options=options(
            ("gone", "申请人死亡或者终止", "The applicant died or ceased to exist"),
            ("item_gone", "事项取消", "The item was abolished"),
            ("impossible", "申请事项已无法实现", "What was applied for has become impossible"),
        )),
        _BASIS, _REASON, style="warn", document="termination", facts=frozenset({"kind"}),
    ),
    command(
        "void", "作废（录入错误）", "Void (entered in error)", "voided", OPEN_APPLICATION,
        field("kind", "choice", "错误种类", "What went wrong", options=options(
            ("duplicate", "重复录入", "Entered twice"),
            ("wrong_item", "事项选错", "Wrong item"),
            ("wrong_applicant", "申请人录错", "Wrong applicant"),
            ("system", "系统故障", "System fault"),
        )),
        _REASON, style="warn", document="termination", facts=frozenset({"kind"}),
    ),
)  # fmt: skip
