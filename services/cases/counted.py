"""Every date that a case waits for, counted anew from what it was counted from; and which of them two calendars move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forms import Item
from services.cases.clocks import case_clocks
from services.cases.log import Case
from services.house import House
from services.law.calendar import Calendar
from services.law.clock import Due, Limit, due
from services.law.wants import Span

CLOCKS = ("promised", "statutory")


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that the new calendar puts elsewhere. `what`: promised, statutory, or the key of a task."""

    what: str
    before: datetime
    after: datetime

    def told(self) -> dict[str, str]:
        return {"what": self.what, "from": self.before.isoformat(), "to": self.after.isoformat()}


def count_case(case: Case, tasks: Iterable[Mapping[str, Any]], house: House) -> dict[str, Due]:
    """By the calendar of `house`: the clocks that run, and every open task that has a limit."""
    clocks = case_clocks(case, house)
    found: dict[str, Due] = {}
    if clocks and not case.state.stopped_at:
        found |= {name: d for name in CLOCKS if (d := getattr(clocks, name)) is not None}
    still = clocks.promised.terms.stops if clocks and clocks.promised else ()
    item = house.items.get(case.item_code, case.item_version)
    for task in tasks:
        if limit := _limit(task, case, item):
            span, since = limit
            found[task["key"]] = due(span, since, house.calendar, stops=still if task["stops"] else ())
    return found


def moved(before: Mapping[str, Due], after: Mapping[str, Due]) -> list[Moved]:
    """A clock that stands still has no date, and so none that moves."""
    both = [(what, before[what].at, end.at) for what, end in after.items() if what in before]
    return [Moved(what, old, new) for what, old, new in both if old and new and old != new]


def compare(
    case: Case, tasks: list[Mapping[str, Any]], house: House, old: Calendar, new: Calendar
) -> tuple[list[Moved], dict[str, Due]]:
    """What moves between two calendars, and every date by the new one."""
    before, after = (count_case(case, tasks, house.counting_by(each)) for each in (old, new))
    return moved(before, after), after


def _limit(task: Mapping[str, Any], case: Case, item: Item) -> tuple[Limit, date | datetime] | None:
    """What the task was counted from. Rows of before 0002 do not say; the item version does, for most steps."""
    if task["limit_n"] is not None:
        hours = task["limit_unit"] == "working_hours"
        since = task["opened_at"] if hours else task["since_on"] or task["opened_at"]
        return Span(task["limit_n"], task["limit_unit"]), since
    if task["due_at"] is None:
        return None
    state, opened = case.state, task["opened_at"]
    if case.kind == "application":
        match task["step"]:
            case "acceptance":
                return item.acceptance, state.received_on or opened
            case "correction":
                return item.correction, opened
            case "delivery":
                return item.delivery, state.decided_on or opened
    step = next((s for s in item.procedure.steps if s.code == task["step"]), None)
    return (step.limit, opened) if step else None
