"""委托代理: what an agent may do for a principal. Civil Code arts 161-174.

Art. 165 asks of a mandate: who, for what, with which powers, from when until when. So each of them is a value here,
and whatever a mandate does not name, it does not give.
"""

from collections.abc import Collection
from dataclasses import dataclass

ACTIONS = ("apply", "correct", "withdraw", "collect", "see")  # 申请、补正、撤回、领取、查看

# The applicant's commands that an action covers. To plead, to be heard or to waive it, and to rate are not handed over
# by a tick: who is to do that acts as guardian or legal representative, or comes with a mandate on paper.
_COMMANDS = {
    "correct": ("resubmit", "supply_late", "report_rectified"),
    "withdraw": ("withdraw",),
}
_ACTION = {command: action for action, commands in _COMMANDS.items() for command in commands}
# Nobody corrects or withdraws what they may not read.
_READING = frozenset({"see", "correct", "withdraw"})


@dataclass(frozen=True, slots=True)
class Mandate:
    """One authorisation (授权委托) in force today. Either some items by code, or every item of a department."""

    id: str
    principal: str  # a subject
    items: frozenset[str]
    department: str
    actions: frozenset[str]

    def reaches(self, item: str, department: str) -> bool:
        return item in self.items or (self.department != "" and self.department == department)

    def gives(self, action: str, *, own: bool) -> bool:
        """`own`: the agent filed this case, and so may follow it. Nothing else gives sight of other cases."""
        return action in self.actions or (
            action == "see" and (self.sees or (own and "apply" in self.actions))
        )

    @property
    def sees(self) -> bool:
        return not self.actions.isdisjoint(_READING)

    @property
    def commands(self) -> list[str]:
        return sorted(command for action in self.actions for command in _COMMANDS.get(action, ()))


def action_for(command: str) -> str | None:
    """The action that a mandate must give for one of the applicant's commands; None if none does."""
    return _ACTION.get(command)


def as_rows(mandates: Collection[Mandate]) -> list[dict[str, object]]:
    """For a list's SQL: the same rules as `reaches` and `gives`, as columns."""
    return [
        {
            "principal": m.principal,
            "items": sorted(m.items),
            "department": m.department,
            "sees": m.sees,
            "applies": "apply" in m.actions,
            "commands": m.commands,
        }
        for m in mandates
    ]
