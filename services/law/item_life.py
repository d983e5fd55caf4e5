"""事项状态: an item is in use (在用), suspended (暂停) or withdrawn (取消), from a day on and for a stated reason.

The three states are those of `task_state` in the implementation list. Items are published with everything that
concerns them, and so are the reasons why one is not to be had (Licence Law arts 5, 30).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.law.calendar import Words


class Turn(StrEnum):
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    IN_USE = "in_use"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


STATE_WORDS = {
    State.IN_USE: Words(zh="在用", en="in use"),
    State.SUSPENDED: Words(zh="暂停办理", en="suspended"),
    State.WITHDRAWN: Words(zh="已取消", en="withdrawn"),
}
TURN_WORDS = {
    Turn.SUSPENDED: Words(zh="暂停", en="suspended"),
    Turn.RESUMED: Words(zh="恢复", en="resumed"),
    Turn.WITHDRAWN: Words(zh="取消", en="withdrawn"),
}
_LEADS_TO = {Turn.SUSPENDED: State.SUSPENDED, Turn.RESUMED: State.IN_USE, Turn.WITHDRAWN: State.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Change:
    """One turn of an item's life, in the order in which they were entered. `on_day` is the first day of it."""

    turn: Turn
    on_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands on a day: since when and why, if it is not simply in use; and what is planned."""

    state: State = State.IN_USE
    since: date | None = None
    reason: str = ""
    planned: Change | None = None

    @property
    def open(self) -> bool:
        return self.state is State.IN_USE


def standing(changes: Iterable[Change], day: date) -> Standing:
    kept = _kept(changes)
    done = [c for c in kept if c.on_day <= day]
    planned = next((c for c in kept if c.on_day > day), None)
    if not done:
        return Standing(planned=planned)
    last = done[-1]
    return Standing(_LEADS_TO[last.turn], last.on_day, last.reason, planned)


def hindrance(changes: Sequence[Change], turn: Turn, on_day: date, today: date) -> Words | None:
    """Why this turn may not be taken; None if it may.

    Withdrawing is for good: the code of a withdrawn item is never used again, so it does not come back either.
    """
    if on_day < today:
        return Words(
            zh="生效日期不能早于今天：已经受理的申请按当时的状态办理。",
            en="The day cannot lie in the past: what was applied for then was handled as things stood.",
        )
    then, now = standing(changes, on_day), standing(changes, today)
    if now.state is State.WITHDRAWN:
        return Words(
            zh="这个事项已经取消，不能再改变状态。", en="This item was withdrawn; that cannot be changed."
        )
    if turn is Turn.RESUMED:
        if then.open and then.planned is None:
            return Words(zh="这个事项正在办理，不用恢复。", en="This item is in use: nothing to resume.")
    elif turn is Turn.SUSPENDED and then.state is not State.IN_USE:
        return Words(zh="这个事项那天已经不在办理。", en="On that day this item is not in use anyway.")
    elif turn is Turn.WITHDRAWN and then.state is State.WITHDRAWN:
        return Words(zh="这个事项那天已经取消。", en="By that day this item is withdrawn.")
    return None


def _kept(changes: Iterable[Change]) -> list[Change]:
    """In the order of days. Resuming and withdrawing call off whatever was planned for their day or after it."""
    kept: list[Change] = []
    for change in changes:
        if change.turn is Turn.SUSPENDED:  # a withdrawal that was planned for later stays planned
            kept = [c for c in kept if c.on_day != change.on_day]
        else:
            kept = [c for c in kept if c.on_day < change.on_day]
        kept.append(change)
        kept.sort(key=lambda c: c.on_day)
    return kept
