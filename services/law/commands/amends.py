"""差评整改: what the unit does about a bad rating (1 or 2 of 5). 国办发〔2019〕51号, 未核对."""

from services.law.commands.definition import command, field, options, personal
from services.law.stages import RATED

_TO_RATER = personal("答复评价人", "to answer whoever rated")

COMMANDS = (
    command(
        "contact_rater", "登记回访", "Record the call", "rater_contacted", RATED,
        field("reached", "yes_no", "是否联系上", "Reached"),
        field("complex", "yes_no", "情况复杂，不能当即整改", "Complex, cannot be mended at once"),
        field("note", "long_text", "回访记录", "Note", required=False, **_TO_RATER),
        style="primary", key="c", facts=frozenset({"complex"}),
    ),
    command(
        "answer_rating", "整改答复", "Answer the rating", "rating_answered", RATED,
        field("finding", "choice", "核实结果", "Finding", options=options(
            ("rectified", "情况属实，已经整改", "True, and mended"),
            ("explained", "没有法律政策依据，已经解释说明", "Without legal ground, and explained"),
            ("mistaken", "误评，评价人已经确认", "A mistake, as the rater confirms"),
        )),
        field("measures", "long_text", "整改措施和答复", "Measures and answer", **_TO_RATER),
        style="primary", key="a", facts=frozenset({"finding"}),
    ),
)  # fmt: skip
