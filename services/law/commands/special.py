"""Procedures beside the review (特别程序): art. 45's closed list, the hearing of arts 46-48, the public notice."""

from services.law.clock_words import STOP_NAMES
from services.law.commands.definition import command, field, options
from services.law.stages import REVIEWING

# A hearing has a course of its own.
_KINDS = options(*((kind, words.zh, words.en) for kind, words in STOP_NAMES.items() if kind != "hearing"))
_BASIS = field("basis", "text", "法律依据（条款）", "Legal basis (article)")

COMMANDS = (
    command(
        "start_special", "启动特别程序", "Start a special procedure", "special_started", REVIEWING,
        field("kind", "choice", "程序种类（第四十五条所列）", "Kind (listed in art. 45)", options=_KINDS),
        _BASIS,
        field("body", "text", "承担机构", "Body that carries it out"),
        # Art. 45: the applicant must be told in writing how long it takes.
        field("days", "integer", "所需时间（工作日）", "Time needed (working days)", at_least=1, at_most=250),
        key="t", document="special_notice", facts=frozenset({"kind", "days"}),
    ),
    command(
        "end_special", "登记特别程序结果", "Record the result", "special_ended", REVIEWING,
        field("result", "long_text", "结果", "Result"), style="primary", key="e",
    ),
    command(
        "inform_hearing", "告知听证权利（或公告听证）", "Tell of the right to a hearing", "hearing_informed", REVIEWING,
        field("ground", "choice", "听证情形", "Ground", options=options(
            ("interests", "直接涉及申请人与他人之间重大利益关系（第四十七条）", "Major interests of others (art. 47)"),
            ("public", "法律规定或者涉及公共利益，主动听证（第四十六条）", "Public interest (art. 46)"),
        )),
        field("interests", "long_text", "涉及的重大利益和利害关系人", "Interests concerned, and whose"),
        _BASIS,
        document="hearing_right", facts=frozenset({"ground"}),
    ),
    command(
        "request_hearing", "要求听证", "Ask for a hearing", "hearing_requested", REVIEWING,
        field("reason", "long_text", "要求听证的理由", "Why", required=False), style="primary",
    ),
    command("waive_hearing", "不要求听证", "No hearing is wanted", "hearing_waived", REVIEWING),
    command(
        "notify_hearing", "通知听证时间地点", "Give notice of the hearing", "hearing_notified", REVIEWING,
        # Art. 48(1): seven days before.
        field("held_on", "date", "听证日期", "Date of the hearing"),
        field("held_at", "text", "时间", "Time"),
        field("place", "text", "地点", "Place"),
        field("chair", "text", "听证主持人（不得是本案审查人员）", "Chair (none of the reviewers)"),
        style="primary", document="hearing_notice",
    ),
    command(
        "record_hearing", "登记听证笔录", "Record the hearing", "hearing_recorded", REVIEWING,
        field("held_on", "date", "听证日期", "Date of the hearing"),
        field("participants", "long_text", "参加人", "Participants", personal=True,
              purpose={"zh": "记入听证笔录", "en": "recorded in the minutes"}),
        field("opinions", "long_text", "各方意见和证据", "Opinions and evidence"),
        field("conclusion", "long_text", "听证意见", "Findings of the hearing"),
        style="primary", document="hearing_record",
    ),
    command(
        "publish_notice", "公示", "Give public notice", "notice_published", REVIEWING,
        field("text", "long_text", "公示内容", "Text of the notice"),
        _BASIS,
        field("days", "integer", "公示天数（日）", "Days of notice (calendar days)", at_least=1, at_most=60),
        document="public_notice", facts=frozenset({"days"}),
    ),
    command(
        "record_objection", "登记异议", "Record an objection", "objection_recorded", REVIEWING,
        field("objector", "text", "异议人", "Who objects", personal=True,
              purpose={"zh": "核实异议并答复", "en": "to look into it and reply"}),
        field("content", "long_text", "异议内容", "What is objected"),
    ),
    command(
        "end_notice", "公示结束", "End the public notice", "notice_ended", REVIEWING,
        field("result", "choice", "公示结果", "Result", options=options(
            ("none", "无异议", "No objection"),
            ("dismissed", "有异议，经核实不成立", "Objections looked into and unfounded"),
            ("upheld", "有异议，经核实成立", "Objections upheld"),
        )),
        field("finding", "long_text", "核实情况", "Findings", required=False),
        style="primary", facts=frozenset({"result"}),
    ),
)  # fmt: skip
