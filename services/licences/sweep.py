"""巡查: what time does to licences, looked after once a day and not by anything that sleeps for five years.

Each licence is a transaction of its own and everything done in it is marked as done, so a sweep may be stopped, run
again or run beside itself; after a week without one, the next does what was missed, in the order of its days.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import asyncpg
import structlog

from services.cases.filing import submit
from services.cases.log import Pen, load
from services.cases.outbox import wake_relay
from services.errors import Refusal
from services.house import House
from services.law.clock import SHANGHAI, legal_date
from services.law.licences import State, Turn, reminder_days, turned
from services.law.roles import SYSTEM
from services.licences.queries import RENEWING
from services.licences.register import Licence, enter, read_licence
from services.licences.telling import facts_of, remind, tell_expired

log = structlog.get_logger()
AT_ONCE = 200
# A few minutes after midnight: a licence is valid through 24:00 of its last day.
HOUR = time(0, 5)

_NEAR = f"""
SELECT l.* FROM licence l WHERE l.state = 'valid' AND l.valid_until <= $1
AND (l.valid_until, l.number) > ($2, $3) AND NOT {RENEWING} ORDER BY l.valid_until, l.number LIMIT {AT_ONCE}
"""  # noqa: S608 - constants only


@dataclass
class Swept:
    looked: int = 0
    reminded: int = 0
    expired: int = 0


async def sweep_licences(house: House) -> Swept:
    """Remind and expire whatever is due by now."""
    done, today = Swept(), legal_date(house.now())
    async for licence in _near(house, today):
        done.looked += 1
        done.reminded += await _remind(house, licence, today)
        done.expired += await _expire(house, licence.number, today)
    async with house.db.connection() as conn:
        await wake_relay(conn)
    return done


async def next_sweep(house: House, after: date) -> datetime | None:
    """The moment of the next sweep that would find something to do: for a clock that jumps."""
    days = []
    async for licence in _near(house, date.max):
        until = licence.standing.until
        assert until
        due = [*_reminders(house, licence).values(), until + timedelta(days=1)]
        days += [day for day in due if day > after]
    return datetime.combine(min(days), HOUR, SHANGHAI) if days else None


async def _near(house: House, today: date) -> AsyncIterator[Licence]:
    """Licences with a day to look at, those that end first on top; page by page."""
    most = max((max(i.reminders, default=0) for i in house.items.latest()), default=0)
    horizon = today if today == date.max else today + timedelta(days=most)
    last = (date.min, "")
    while True:
        async with house.db.connection() as conn:
            rows = await conn.fetch(_NEAR, horizon, *last)
        for row in rows:
            yield Licence.of(row)
        if len(rows) < AT_ONCE:
            return
        last = (rows[-1]["valid_until"], rows[-1]["number"])


def _reminders(house: House, licence: Licence) -> dict[int, date]:
    assert licence.standing.until
    return reminder_days(
        licence.standing.until, licence.issued_on, house.items.get(licence.item_code).reminders
    )


async def _remind(house: House, licence: Licence, today: date) -> int:
    due = [n for n, day in _reminders(house, licence).items() if day <= today]
    if not due or licence.standing.on(today) is not State.VALID:
        return 0
    async with house.db.transaction() as tx:
        return sum([await remind(tx, house, licence, n) for n in due])


async def _expire(house: House, number: str, today: date) -> int:
    """过期: in the log of the case that the licence stood by last, and a case for the department to strike it off."""
    async with house.db.transaction() as tx:
        last = await tx.fetchval(
            "SELECT case_no FROM licence_event WHERE number = $1 ORDER BY n DESC LIMIT 1", number
        )
        case = await load(tx, last, lock=True) if last else None
        licence = await read_licence(tx, number, lock=True)
        assert licence
        standing, until = licence.standing, licence.standing.until
        if case is None or standing.state is not State.VALID or standing.on(today) is not State.EXPIRED:
            return 0
        pen = Pen(case, house.now())
        assert until
        key = f"licence_expired:{number}:{until}"
        await enter(
            tx, pen, licence, Turn.EXPIRED, turned(standing, Turn.EXPIRED), key, until + timedelta(days=1)
        )
        await pen.commit(tx)
        await tell_expired(tx, house, licence)
        await _open_striking_off(tx, house, licence)
    return 1


async def _open_striking_off(conn: asyncpg.Connection, house: House, licence: Licence) -> None:
    """Licence Law art. 70(1): whatever expired is struck off, by the department. Where an item says how."""
    item = next(
        (i for i in house.items.latest() if i.kind == "official" and i.acts_on and i.family == licence.item_code
         and i.acts_on.as_ == "cancellation"), None,
    )  # fmt: skip
    if item is None:
        return
    facts = facts_of(house, licence)
    said = f"{facts['name']}（{licence.number}）有效期至{facts['until']}，届满未延续。"
    try:
        async with conn.transaction():
            await submit(
                conn, house, SYSTEM, item, raw={"licence": [licence.number], "facts": [said]}, papers=(),
                applicant_id=licence.holder_id, channel="official",
                token=f"expired:{licence.number}:{facts['until']}",
            )  # fmt: skip
    except Refusal as why:  # the department is at it already; what expired has expired all the same
        log.info("no case to strike off", licence=licence.number, why=str(why))
