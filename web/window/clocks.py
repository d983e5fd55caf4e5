"""The clock that runs on a case now, as a ribbon; of a work order, that of the step it stands at."""

from services.house import House
from services.law.clock import due
from services.law.clock_story import clocks_of, running
from services.law.ribbon import WRAPPED_ROW, Ribbon, case_ribbon
from web.window.bench import Bench
from web.window.time_left import Light, TimeLeft, unit_of


def ribbon_of(bench: Bench, house: House, lang: str) -> Ribbon | None:
    house = house.at_home(bench.case.district)
    if bench.case.kind == "order":
        return _order(bench, house, lang)
    clock = running(clocks_of(bench.item, (t.event for t in bench.told), house.calendar))
    return clock and clock.ribbon(house.now(), lang, WRAPPED_ROW)


def _order(bench: Bench, house: House, lang: str) -> Ribbon | None:
    """Limits in days only: an hour is too short for a ribbon of days."""
    for task in bench.reader.page.tasks:
        step = next((s for s in bench.item.procedure.steps if s.code == task["step"]), None)
        if step and step.limit.unit != "working_hours":
            opened, calendar = task["opened_at"], house.calendar
            limit = due(step.limit, opened, calendar)
            return case_ribbon(
                opened, limit, None, (), house.now(), calendar, "order", lang, per_row=WRAPPED_ROW
            )
    return None


def light_of(bench: Bench, house: House, lang: str) -> Light:
    """The light of the header: of this actor's turn, else of whatever the case waits for with a limit."""
    tasks = [turn.row for turn in bench.turns] or [t for t in bench.reader.page.tasks if t["due_at"]]
    if not tasks:
        return "", ""
    task = min(tasks, key=lambda t: (t["due_at"] is None, t["due_at"]))
    house = house.at_home(bench.case.district)
    return TimeLeft(house, lang)(task["due_at"], task["due_on"], unit_of(bench.item, task["step"]))
