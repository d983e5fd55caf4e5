"""分办: the head says who handles an accepted case. Internal; the clock runs."""

from services.law.commands.definition import command, field
from services.law.stages import REVIEWING

_HANDLER = field("handler", "text", "承办人", "Handler")

COMMANDS = (
    command("assign", "分办", "Assign", "assigned", REVIEWING, _HANDLER, key="f"),
    command(
        "reassign", "改派", "Assign to somebody else", "assigned", REVIEWING, _HANDLER,
        field("reason", "long_text", "改派理由", "Why"), key="f",
    ),
)  # fmt: skip
