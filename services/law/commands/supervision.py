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
    command(
        "appeal_card", "申诉", "Appeal", "card_appealed", _ANY,
        field("reason", "long_text", "申诉理由和事实", "Reasons and facts"),
        field("evidence", "long_text", "证据", "Evidence", required=False),
    ),
    command("uphold_card", "维持", "Uphold", "card_upheld", _ANY,
            field("reason", "long_text", "理由", "Reason"), style="primary"),
    command(
        "revoke_card", "撤销", "Revoke", "card_revoked", _ANY,
        field("ground", "choice", "撤销依据", "Ground", options=options(
            ("system_fault", "系统故障", "System fault"),
            ("force_majeure", "不可抗力", "Force majeure"),
            ("calendar", "工作日历有误", "The calendar was wrong"),
            ("applicant", "申请人原因造成的延误被误计", "A delay caused by the applicant was counted"),
            ("registered_late", "依法进行的特别程序登记迟了", "A lawful special procedure was registered late"),
        )),
        field("reason", "long_text", "理由", "Reason"), style="warn",
    ),
)  # fmt: skip
