"""A case's own clocks, computed from its log's facts and the calendar, never counted down."""

from dataclasses import dataclass

from services.cases.log import Case
from services.house import House
from services.law.clock import Due, due
from services.law.stays import stops_of


@dataclass(frozen=True, slots=True)
class Clocks:
    """承诺时钟 and 法定时钟; an item may have no statutory limit."""

    promised: Due | None
    statutory: Due | None


def case_clocks(case: Case, house: House) -> Clocks | None:
    """None until the case is accepted: receipt is not acceptance (Licence Law art. 32, 42)."""
    house = house.at_home(case.district)
    start = case.state.accepted_on
    if case.kind != "application" or start is None:
        return None
    item, stops = house.items.get(case.item_code, case.item_version), stops_of(case.state.stays)
    return Clocks(
        # An extension moves the statutory limit; what was promised stays what was promised (art. 42).
        promised=due(item.promised_for(case.state.by_promise), start, house.calendar, stops=stops),
        statutory=due(item.statutory, start, house.calendar, stops=stops, extension=case.state.extension)
        if item.statutory
        else None,
    )
