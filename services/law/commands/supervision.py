"""E-supervision (电子监察)."""

from services.law.commands.definition import command, field, options
from services.law.stages import Stage

_ANY = frozenset(Stage)

COMMANDS = (
    command("close_card", "销牌", "Close the card", "card_closed", _ANY,
             field("ground", "choice", "销牌依据", "Ground", options=options(
                 ("rectified", "已整改", "Rectified"),
                 ("explained", "说明成立", "Explanation accepted"),
                 ("system_fault", "系统故障", "System fault"),
                 ("applicant", "申请人原因", "Caused by the applicant"),
             )),
             field("reason", "long_text", "理由", "Reason"), style="primary"),
)  # fmt: skip
