"""The clock that runs on a case now, as a ribbon: acceptance, correction, handling, service or a work order's step."""

from services.cases.clocks import case_clocks
from services.house import House
from services.law.clock import due
from services.law.ribbon import Ribbon, case_ribbon
from services.law.stages import Stage
from web.window.bench import Bench
from web.window.rows import time_left, unit_of

_PER_ROW = 28
_DECIDED = (Stage.DECIDED_GRANT, Stage.DECIDED_REFUSE, Stage.DELIVERING)


def ribbon_of(bench: Bench, house: House, lang: str) -> Ribbon | None:
    house = house.at_home(bench.case.district)
    state, item, today = bench.case.state, bench.item, house.now()

    def draw(kind, start, promised, statutory=None) -> Ribbon:
        return case_ribbon(
            start, promised, statutory, (), today, house.calendar, kind, lang, per_row=_PER_ROW
        )

    if bench.case.kind == "order":
        return _order(bench, house, draw)
    if state.stage is Stage.RECEIVED and state.received_on:
        # Licence Law art. 32(4): from the day the papers were received.
        return draw("acceptance", state.received_on, due(item.acceptance, state.received_on, house.calendar))
    if state.stage is Stage.CORRECTING:
        opened = next((t["opened_at"] for t in bench.reader.page.tasks if t["step"] == "correction"), None)
        return opened and draw("correction", opened, due(item.correction, opened.date(), house.calendar))
    if state.stage in _DECIDED and state.decided_on:
        # Licence Law art. 44: within ten days of the decision.
        return draw("delivery", state.decided_on, due(item.delivery, state.decided_on, house.calendar))
    clocks = case_clocks(bench.case, house)
    if clocks is None or state.stopped_at:
        return None
    return draw("handling", state.accepted_on, clocks.promised, clocks.statutory)


def _order(bench: Bench, house: House, draw) -> Ribbon | None:
    """Limits in days only: an hour is too short for a ribbon of days."""
    for task in bench.reader.page.tasks:
        step = next((s for s in bench.item.procedure.steps if s.code == task["step"]), None)
        if step and step.limit.unit != "working_hours":
            return draw("order", task["opened_at"], due(step.limit, task["opened_at"], house.calendar))
    return None


def light_of(bench: Bench, house: House, lang: str) -> tuple[str, str]:
    """The light of the header: of this actor's turn, else of whatever the case waits for with a limit."""
    tasks = [turn.row for turn in bench.turns] or [t for t in bench.reader.page.tasks if t["due_at"]]
    if not tasks:
        return "", ""
    task = min(tasks, key=lambda t: (t["due_at"] is None, t["due_at"]))
    house = house.at_home(bench.case.district)
    return time_left(house, task["due_at"], task["due_on"], unit_of(bench.item, task["step"]), lang)
