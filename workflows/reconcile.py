"""Reconciliation (对账): every open case has a running workflow that has read its whole log, or its bell is rung.

Case by case: nothing is repaired but by ringing, since a rung procedure finds its own place; and whatever was counted
by a calendar that is not in force any more is counted again. Money is balanced with the payment platform the same way.
"""

from dataclasses import dataclass, field

import structlog

from services.cases.lagging import cases_open, lagging_cases, overdue_alarms, stale_bells
from services.cases.outbox import put_bells, wake_relay
from services.cases.recounting import recount_all
from services.house import House
from services.payments.reconciling import balance
from workflows.gateway import Gateway

log = structlog.get_logger()


@dataclass
class Findings:
    """What was found, by case number. Everything in it has been rung."""

    lagging: list[str] = field(default_factory=list)  # the engine has not read the log to its end
    sleeping: list[str] = field(default_factory=list)  # no workflow runs for an open case
    overslept: list[str] = field(default_factory=list)  # a due moment has passed and nothing was recorded
    recounted: int = 0  # cases whose dates another calendar moved
    unheard: list[str] = field(default_factory=list)  # money on the platform that we had not heard of: taken
    to_return: int = 0  # refunds that the platform has not carried out, though asked again
    stale_bells: int = 0  # outbox rows that nobody carried for minutes: is the relay running?

    @property
    def all(self) -> list[str]:
        return sorted({*self.lagging, *self.sleeping, *self.overslept})


async def reconcile(house: House, gateway: Gateway, *, full: bool = False) -> Findings:
    """`full` asks the engine about every open case, not only about those that lag."""
    recounted = await recount_all(house)
    async with house.db.connection() as conn:
        found = Findings(
            recounted=len(recounted.moved),
            lagging=await lagging_cases(conn, house.now()),
            overslept=await overdue_alarms(conn, house.now()),
            stale_bells=await stale_bells(conn),
        )
        candidates = await cases_open(conn) if full else []
    for case_no in candidates:
        if not await gateway.runs(case_no):
            found.sleeping.append(case_no)
    if found.all:
        async with house.db.connection() as conn:
            await put_bells(conn, found.all)
            await wake_relay(conn)
    balanced = await balance(house, full=full)  # last: bells do not wait for another system
    found.unheard, found.to_return = balanced.found, balanced.owing
    log.info(
        "reconciled", lagging=len(found.lagging), sleeping=len(found.sleeping), overslept=len(found.overslept),
        recounted=found.recounted, unheard=len(found.unheard), to_return=found.to_return,
    )  # fmt: skip
    return found
