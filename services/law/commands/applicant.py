"""What the applicant (申请人) does to a running case or an ended one."""

from services.law.commands.definition import command, field, options, personal
from services.law.stages import OPEN_APPLICATION, RATED, Stage

COMMANDS = (
    command("resubmit", "补正并重新提交", "Correct and resubmit", "resubmitted", frozenset({Stage.CORRECTING}),
             style="primary"),
    command("withdraw", "撤回申请", "Withdraw", "withdrawn", OPEN_APPLICATION,
             field("reason", "long_text", "撤回原因", "Reason", required=False), style="warn"),
    command(
        "rate", "评价", "Rate", "rated",
        RATED,
        field("score", "choice", "您对这次办事满意吗", "How satisfied are you", options=options(
            ("5", "非常满意", "Very satisfied"), ("4", "满意", "Satisfied"), ("3", "基本满意", "Fairly satisfied"),
            ("2", "不满意", "Dissatisfied"), ("1", "非常不满意", "Very dissatisfied"),
        )),
        field("comment", "long_text", "想说的话", "Anything to add", required=False,
           **personal("改进服务", "to better the service")),
        style="primary", facts=frozenset({"score"}),
    ),
)  # fmt: skip
