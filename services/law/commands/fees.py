"""What only the head may do about a fee (收费): remit it, or give it back. Paying is no command: the platform says it."""

from services.law.commands.definition import command, field
from services.law.stages import REVIEWING, Stage

_REASON = field("reason", "long_text", "理由", "Reasons")
_BASIS = field("basis", "text", "依据（条款）", "Basis (article)")
_DECIDED = frozenset({Stage.DECIDED_GRANT, Stage.DECIDED_REFUSE, Stage.DELIVERING, Stage.CONCLUDED})

COMMANDS = (
    command(
        "waive_fee", "减免收费", "Remit the fee", "fee_waived", REVIEWING | {Stage.DECIDED_GRANT}, _BASIS, _REASON,
        style="warn",
    ),
    command(
        "refund_fee", "退还已缴费用", "Give the fee back", "refund_directed", REVIEWING | _DECIDED, _BASIS, _REASON,
        style="warn",
    ),
)  # fmt: skip
