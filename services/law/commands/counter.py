"""The counter (窗口): acceptance and service. Licence Law arts 32, 44."""

from services.law.commands.definition import command, field, options, personal
from services.law.stages import Stage

_SERVICE_PURPOSE = personal("记入送达回证", "recorded on the proof of service")

COMMANDS = (
    command(
        "accept", "受理", "Accept", "accepted", frozenset({Stage.RECEIVED}),
        style="primary", key="a", document="acceptance",
    ),
    # 预审 is a look before acceptance and tells the applicant nothing: whatever is to be corrected is told once, in the
    # one notice of art. 32(4), and a remark sent out before it would be a first notice under another name.
    command(
        "pass_precheck", "预审通过", "Passed the pre-check", "prechecked", frozenset({Stage.RECEIVED}),
        style="primary", key="g",
    ),
    command(
        "remark_precheck", "记录预审意见（内部）", "Record remarks (internal)", "prechecked", frozenset({Stage.RECEIVED}),
        field("note", "long_text", "预审意见，供受理人员参考，不发给申请人", "Remarks for whoever accepts; not sent out"),
    ),
    command(
        "request_correction", "一次性告知补正", "Ask once for corrections", "correction_requested",
        frozenset({Stage.RECEIVED}),
        field("note", "long_text", "补充说明", "Further explanation", required=False),
        key="r", document="correction",
    ),
    command(
        "decline", "不予受理", "Decline to accept", "declined", frozenset({Stage.RECEIVED}),
        field("category", "choice", "不予受理的情形", "Ground", options=options(
            ("not_needed", "依法不需要取得许可（第三十二条第一款第一项）", "No licence is needed (art. 32(1))"),
            ("not_ours", "不属于本机关职权范围（第三十二条第一款第二项）", "Not within our powers (art. 32(2))"),
            ("false_papers", "隐瞒情况或者提供虚假材料（第七十八条）", "Concealment or false papers (art. 78)"),
            ("barred", "在不得再次申请的期限内（第七十八条、第七十九条）", "Within a bar to apply again (arts 78, 79)"),
            ("too_late", "延续申请超过规定的时间（第五十条）", "A renewal asked for too late (art. 50)"),
        )),
        field("reason", "long_text", "理由", "Reasons"),
        field("competent_body", "text", "应当向哪个机关申请", "Competent body", required=False),
        style="warn", document="non_acceptance", facts=frozenset({"category"}),
    ),
    command(
        "deliver", "送达", "Serve", "served", frozenset({Stage.DELIVERING}),
        field("mode", "choice", "送达方式", "Mode of service", options=options(
            ("direct", "直接送达（窗口领取）", "In person, at the counter"),
            ("post", "邮寄送达", "By post"),
            ("electronic", "电子送达", "Electronically"),
        )),
        field("recipient", "text", "签收人", "Recipient", **_SERVICE_PURPOSE),
        field("relation", "text", "与申请人的关系", "Relation to the applicant", required=False),
        field("mandate_until", "date", "授权委托书有效期至（凭委托书代领的填写）",
              "Last day of the written mandate (of an agent who brings one)", required=False),
        style="primary", key="d", facts=frozenset({"mode"}),
    ),
)  # fmt: skip
