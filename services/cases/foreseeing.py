"""What a notice would move, before anybody confirms it. Writes nothing."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace

import asyncpg

from services.calendars.current import Filed
from services.cases.counted import Moved, compare
from services.cases.log import CASE_COLUMNS, Case
from services.house import House

MOST = 2_000  # cases that are counted through; the page that asks is waiting
_BREATH = 50  # cases between two looks at whoever else wants the event loop

_OPEN = """
FROM cases c WHERE ($1 = '' OR c.district = $1) AND c.calendar IS NOT NULL AND (NOT c.finished OR EXISTS (
    SELECT FROM task t WHERE t.case_no = c.no AND t.state = 'open' AND t.role <> 'supervisor'))
"""


@dataclass
class Foresight:
    """`open`: cases that would be counted again; `looked`: how many of them were, the most urgent first."""

    open: int
    looked: int
    moved: list[tuple[Case, list[Moved]]] = field(default_factory=list)


async def foresee(conn: asyncpg.Connection, house: House, filed: Filed) -> Foresight:
    after = replace(house, calendars=house.calendars.supposing(filed))
    district = filed.notice.district
    count = await conn.fetchval(f"SELECT count(*) {_OPEN}", district)
    rows = await conn.fetch(
        f"SELECT {CASE_COLUMNS} {_OPEN} ORDER BY c.due_at NULLS LAST, c.no LIMIT {MOST}",
        district,
    )
    tasks = defaultdict(list)
    for task in await conn.fetch(
        "SELECT * FROM task WHERE state = 'open' AND case_no = ANY($1)", [r["no"] for r in rows]
    ):
        tasks[task["case_no"]].append(task)
    found = Foresight(count, len(rows))
    for n, row in enumerate(rows):
        case = Case.of(row)
        old, new = house.calendars.of(case.district), after.calendars.of(case.district)
        moves, _ = compare(case, tasks[case.no], house, old, new)
        if moves:
            found.moved.append((case, moves))
        if n % _BREATH == _BREATH - 1:
            await asyncio.sleep(0)
    return found
