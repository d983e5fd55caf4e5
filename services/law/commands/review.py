"""Review and decision (审查与决定). Licence Law arts 34, 37, 38."""

from services.law.commands.definition import command, field, options
from services.law.stages import REVIEWING, Stage

_OPINION = field("opinion", "long_text", "审查意见", "Opinion", required=False)
_REASONS = (
    field("facts_found", "long_text", "事实", "Facts"),
    field("reason", "long_text", "理由", "Reasons"),
    field("basis", "text", "法律依据（条款）", "Legal basis (article)"),
)  # Licence Law art. 38: a refusal states facts, reasons and basis

COMMANDS = (
    command(
        "record_site_check", "登记现场核查结果", "Record the site check", "site_checked", REVIEWING,
        field("checked_on", "date", "核查日期", "Date of the check"),
        field("officer_1", "text", "核查人员一（姓名、证号）", "First officer (name, card number)"),
        field("officer_2", "text", "核查人员二（姓名、证号）", "Second officer (name, card number)"),
        field("result", "choice", "核查结论", "Conclusion", options=options(
            ("pass", "合格", "Passed"), ("fail", "不合格", "Failed"),
        )),
        field("findings", "long_text", "核查情况", "Findings"),
        style="primary", key="s", facts=frozenset({"result"}),
    ),
    command("recommend_grant", "建议准予", "Recommend granting", "reviewed", REVIEWING, _OPINION,
             style="primary", key="g"),
    command("recommend_refuse", "建议不予", "Recommend refusing", "reviewed", REVIEWING,
             field("opinion", "long_text", "审查意见", "Opinion"), style="warn"),
    command("grant", "准予", "Grant", "granted", REVIEWING, _OPINION,
             style="primary", key="g", document="grant"),
    command(
        # Arts 35, 43: the lower level's initial opinion and all papers go straight to the upper one.
        "forward", "转报上级机关", "Forward to the upper level", "forwarded", REVIEWING,
        field("conclusion", "choice", "初审结论", "Initial conclusion", options=options(
            ("grant", "建议准予", "Recommends granting"), ("refuse", "建议不予", "Recommends refusing"),
        )),
        field("opinion", "long_text", "初审意见", "Initial opinion"),
        style="primary", key="u", document="transfer", facts=frozenset({"conclusion"}),
    ),
    command("refuse", "不予", "Refuse", "refused", REVIEWING, *_REASONS,
             # Licence Law art. 78: where safety is concerned, it bars the applicant for a year.
             field("false_papers", "yes_no", "是否隐瞒情况或者提供虚假材料", "Concealment or false papers", required=False),
             style="warn", document="refusal"),
    command("send_back", "退回重审", "Send back for review", "sent_back", frozenset({Stage.IN_REVIEW}),
             field("opinion", "long_text", "退回理由", "Why it goes back")),
)  # fmt: skip
