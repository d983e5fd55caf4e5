"""What a person can do to a case: a closed set, by the desk that does it.

The procedure decides when a command is expected; `policy` decides who may give it; here it says what it is.
"""

from services.law.commands import (
    amends,
    applicant,
    assignment,
    counter,
    direction,
    fees,
    hotline,
    official,
    pledges,
    review,
    special,
    supervision,
)
from services.law.commands.definition import Command

COMMANDS = {
    c.code: c
    for part in (
        counter,
        review,
        special,
        direction,
        fees,
        official,
        assignment,
        pledges,
        applicant,
        amends,
        supervision,
        hotline,
    )
    for c in part.COMMANDS
}

__all__ = ["COMMANDS", "Command"]
