"""Counting again (重新计算): when days off are announced, every open date follows, and the case's log says so.

A case row names the calendar that its dates were counted with, so the cases that are behind are simply those that
name another one than is in force: nobody keeps a list, a crash loses nothing, and doing it twice is doing it once.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import asyncpg
import orjson
import structlog

from services.calendars.current import COUNT
from services.cases.counted import CLOCKS, Moved, compare
from services.cases.log import Case, Pen, load
from services.cases.outbox import wake_relay
from services.cases.sync import STEP_WARNING, case_due
from services.house import House
from services.law.clock import Due, legal_date, warn_at
from services.law.roles import SYSTEM, Role
from services.notices.telling import tell

log = structlog.get_logger()
AT_ONCE = 200
EVENT = "recounted"

_BEHIND = "c.calendar <> coalesce($2::text::jsonb ->> c.district, $1)"
# Case by case what is not finished, and what is finished but still offers something, as a rating.
_FIND = f"""
SELECT c.no FROM cases c WHERE NOT c.finished AND c.no > $3 AND {_BEHIND}
UNION
SELECT c.no FROM task t JOIN cases c ON c.no = t.case_no
WHERE t.state = 'open' AND t.role <> 'supervisor' AND c.finished AND c.no > $3 AND {_BEHIND}
ORDER BY 1 LIMIT $4
"""  # noqa: S608 - constants only


@dataclass
class Recounted:
    """How many cases were looked at; the dates that moved, by case number."""

    looked: int = 0
    moved: dict[str, list[Moved]] = field(default_factory=dict)


async def recount_all(house: House) -> Recounted:
    """Every open case that was counted with another calendar than is in force. May be run anywhere, and beside itself."""
    done, last = Recounted(), ""
    async with house.db.connection() as conn:
        await house.calendars.refresh(conn)
    while numbers := await _behind(house, last, AT_ONCE):
        for case_no in numbers:
            try:
                if found := await recount(house, case_no):
                    done.moved[case_no] = found
            except (LookupError, ValueError, TypeError):
                # One case that cannot be counted holds nobody up; it stays behind, and is seen to.
                log.exception("not recounted", case=case_no)
        done.looked += len(numbers)
        last = numbers[-1]
        async with house.db.connection() as conn:
            await wake_relay(conn)
    return done


async def count_behind(house: House) -> int:
    """How many open cases still wait to be counted again."""
    return len(await _behind(house, "", 1_000_000))


async def _behind(house: House, after: str, most: int) -> list[str]:
    calendars = house.calendars
    local = orjson.dumps(calendars.local_versions()).decode()
    async with house.db.connection() as conn:
        rows = await conn.fetch(_FIND, calendars.of().version, local, after, most)
    return [r["no"] for r in rows]


async def recount(house: House, case_no: str) -> list[Moved]:
    """One case, in one transaction: its open dates, its lists' date, and if any moved its log and a bell."""
    async with house.db.transaction() as tx:
        case = await load(tx, case_no, lock=True)
        row = await tx.fetchrow(f"SELECT calendar, {COUNT} AS notices FROM cases WHERE no = $1", case_no)  # noqa: S608
        if case is None or row["calendar"] is None:  # the engine has not seen it yet: nothing was counted
            return []
        await house.calendars.catch_up(tx, row["notices"])
        counted, current = house.calendars.at(row["calendar"]), house.calendars.of(case.district)
        if counted.version == current.version:
            return []
        tasks = await tx.fetch("SELECT * FROM task WHERE case_no = $1 AND state = 'open'", case_no)
        found, ends = compare(case, tasks, house, counted, current)
        if found and not await _record(tx, house, case, counted.version, found):
            raise RuntimeError(f"{case_no} moved while its row was locked")
        await _set_tasks(tx, tasks, ends)
        await _set_case(tx, house.counting_by(current), case)
        await _tell_applicant(tx, house, case, current.version, found)
    return found


async def _tell_applicant(
    conn: asyncpg.Connection, house: House, case: Case, version: str, found: list[Moved]
) -> None:
    """When they will know, if that moved; a step among colleagues is nothing to be told of."""
    ends = [m for m in found if m.what in CLOCKS]
    if not ends or case.applicant_id is None:
        return
    item = house.items.get(case.item_code, case.item_version)
    last = timedelta(microseconds=1)  # a limit ends at 24:00, which is the next day's first instant
    facts = {
        "case": case.no, "name": item.name.zh, "name_en": item.name.en,
        "before": legal_date(ends[0].before - last).isoformat(), "after": legal_date(ends[0].after - last).isoformat(),
    }  # fmt: skip
    await tell(conn, house, case.applicant_id, "dates_moved", f"{EVENT}:{case.no}:{version}", facts)


async def _record(
    conn: asyncpg.Connection, house: House, case: Case, counted: str, found: list[Moved]
) -> bool:
    """With both dates of each, both calendars, and the notices that made the difference. Signed by who loaded the last."""
    news = house.calendars.news(counted, case.district)
    who = news[-1].loaded_by if news else SYSTEM.id
    current = house.calendars.version(case.district)
    pen = Pen(case, house.now())
    pen.write(
        EVENT,
        f"{EVENT}:{current}",
        actor=who,
        role=(Role.SYSTEM if who == SYSTEM.id else Role.ADMIN).value,
        data={
            "before": counted,
            "calendar": current,
            "notices": [f.notice.source for f in news],
            "dates": [m.told() for m in found],
        },
    )
    return await pen.commit(conn)


async def _set_tasks(conn: asyncpg.Connection, tasks: list[asyncpg.Record], ends: dict[str, Due]) -> None:
    rows = []
    for task in tasks:
        end = ends.get(task["key"])
        if end is None:
            continue
        warn = warn_at(end, end.terms.start, STEP_WARNING) if task["warn_rule"] else None
        if (end.at, warn) != (task["due_at"], task["warn_at"]):
            rows.append((task["id"], end.at, end.on, warn))
    if rows:
        await conn.executemany(
            "UPDATE task SET due_at = $2, due_on = $3, warn_at = $4 WHERE id = $1 AND state = 'open'", rows
        )


async def _set_case(conn: asyncpg.Connection, house: House, case: Case) -> None:
    tasks = await conn.fetch("SELECT * FROM task WHERE case_no = $1", case.no)
    await conn.execute(
        "UPDATE cases SET calendar = $2, due_at = $3, due_on = $4 WHERE no = $1",
        case.no, house.calendar.version, *case_due(case, house, tasks),
    )  # fmt: skip
