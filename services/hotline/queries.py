"""The hotline desk's queues, and what an order's page says beside its own log."""

from collections.abc import Collection, Sequence
from datetime import datetime

import asyncpg

from services.cases.worklists import Queue, within
from services.house import House
from services.law.clock import Due, due
from services.law.policy import Reach

TRIAGE = Queue(
    "triage", "待研判", "To triage", "t.step = 'triage'", "没有待研判的工单", "No orders to triage"
)
CALLBACK = Queue(
    "callback", "待回访", "To call back", "t.step = 'callback'", "没有待回访的工单", "Nobody to call back"
)
DESK = (TRIAGE, CALLBACK)


async def desk_counts(
    conn: asyncpg.Connection, reach: Sequence[Reach], reader: str, district: str
) -> dict[str, int]:
    """How many tasks each queue of the desk holds, and how many orders are open in all."""
    scope, args = within(reach, 2)
    sums = ", ".join(f'count(*) FILTER (WHERE {q.where}) AS "{q.slug}"' for q in DESK)
    row = await conn.fetchrow(
        f"SELECT {sums} FROM task t WHERE t.state = 'open' AND NOT ($1 = ANY (t.not_by)) AND {scope}",  # noqa: S608
        reader, *args,
    )  # fmt: skip
    open_ = await conn.fetchval(
        "SELECT count(*) FROM cases WHERE kind = 'order' AND NOT finished AND ($1 = '' OR district = $1)",
        district,
    )
    return {**dict(row), "all": open_}


async def staff_names(conn: asyncpg.Connection, ids: Collection[str]) -> list[str]:
    rows = await conn.fetch(
        "SELECT display_name FROM account WHERE id = ANY($1) AND kind = 'staff' ORDER BY display_name",
        list(ids),
    )
    return [r["display_name"] for r in rows]


def reply_due(house: House, item_code: str, item_version: int, filed_at: datetime) -> Due:
    """对群众的期限: counted from registration. A redispatch begins the unit's clock anew, never this one."""
    return due(house.items.get(item_code, item_version).promised, filed_at, house.calendar)
