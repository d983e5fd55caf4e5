"""12345 work orders (工单)."""

from services.law.commands.definition import command, field, options, personal
from services.law.stages import Stage

COMMANDS = (
    command(
        "answer", "直接答复", "Answer at once", "replied", frozenset({Stage.REGISTERED}),
        field("reply", "long_text", "答复内容", "Reply", **personal("答复来电人", "to answer the caller")),
        key="a", document="order_reply",
    ),
    command(
        "dispatch", "派单", "Dispatch", "dispatched", frozenset({Stage.REGISTERED}),
        field("department", "choice", "承办单位", "Responding unit", options=options(
            ("11430199MB99001A33", "区市场监督管理局", "Market Regulation Bureau"),
            ("11430199MB99005A9C", "公安分局", "Public Security Sub-bureau"),
            ("11430199MB99010AX5", "行政审批服务局", "Administrative Approval Bureau"),
            ("11430199MB99002AX9", "区卫生健康局", "Health Bureau"),
            ("11430199MB99003A6P", "区交通运输局", "Transport Bureau"),
            ("11430199MB99004A21", "区人力资源和社会保障局", "Human Resources and Social Security Bureau"),
            ("11430199MB99006A5M", "区民政局", "Civil Affairs Bureau"),
            ("11430199MB99007A1Y", "区住房和城乡建设局", "Housing and Construction Bureau"),
            ("11430199MB99008A8A", "区自然资源分局", "Natural Resources Sub-bureau"),
            ("11430199MB99011A6K", "示范街道办事处", "Shifan Subdistrict Office"),
        )),
        field("note", "long_text", "派单说明", "Note for the unit", required=False),
        style="primary", key="d", facts=frozenset({"department"}),
    ),
    command(
        "out_of_scope", "不予受理（告知渠道）", "Out of scope (tell the channel)", "order_declined",
        frozenset({Stage.REGISTERED}), field("channel", "long_text", "应当走的渠道", "The proper channel"), style="warn",
    ),
    command("sign_for", "签收", "Sign for", "signed_for", frozenset({Stage.DISPATCHED}), style="primary", key="s"),
    command(
        "return_order", "退单", "Return", "order_returned", frozenset({Stage.DISPATCHED}),
        field("reason", "long_text", "退单理由和依据", "Reason and basis"),
        field("suggested_unit", "text", "建议的承办单位", "Suggested unit"), style="warn",
    ),
    command(
        "reply", "答复", "Reply", "replied", frozenset({Stage.HANDLING}),
        field("facts_found", "long_text", "查明的事实", "Facts found", **personal("答复来电人", "to answer the caller")),
        field("measures", "long_text", "处理措施和结果", "Measures and result",
           **personal("答复来电人", "to answer the caller")),
        field("basis", "text", "依据", "Basis"),
        # A complaint about a case that is found true is a card on that case (rule S02).
        field("upheld", "choice", "投诉是否成立", "Is the complaint upheld", required=False, options=options(
            ("yes", "成立", "Upheld"), ("partly", "部分成立", "Upheld in part"), ("no", "不成立", "Unfounded"),
        )),
        style="primary", key="a", document="order_reply",
    ),
    command(
        "record_callback", "登记回访", "Record the call-back", "called_back", frozenset({Stage.REPLIED}),
        field("reached", "yes_no", "是否接通", "Reached"),
        field("solved", "choice", "问题是否解决", "Solved", options=options(
            ("yes", "已解决", "Yes"), ("no", "未解决", "No"), ("unknown", "未接通，不清楚", "Not reached")
        )),
        field("satisfied", "choice", "是否满意", "Satisfied", options=options(
            ("yes", "满意", "Yes"), ("fair", "基本满意", "Fairly"), ("no", "不满意", "No"),
            ("unknown", "未接通，不清楚", "Not reached"),
        )),
        field("note", "long_text", "回访记录", "Note", required=False, **personal("回访记录", "call-back record")),
        style="primary", key="c", facts=frozenset({"reached", "solved", "satisfied"}),
    ),
)  # fmt: skip
