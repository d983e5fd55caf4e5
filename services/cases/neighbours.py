"""What stands beside a case on a desk: the task's own case, the next one in a queue."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from services.cases.worklists import Queue, within
from services.law.policy import Reach


async def task_row(conn: asyncpg.Connection, task_id: int) -> asyncpg.Record | None:
    """A task, open or not, with the name of whoever claimed it."""
    return await conn.fetchrow(
        "SELECT t.*, a.display_name AS claimed_name FROM task t LEFT JOIN account a ON a.id = t.claimed_by "
        "WHERE t.id = $1",
        task_id,
    )


async def next_in(
    conn: asyncpg.Connection, queue: Queue, reach: Sequence[Reach], reader: str, now: datetime
) -> str | None:
    """The case of the most urgent task of a queue that nobody else has claimed."""
    scope, args = within(reach, 3)
    return await conn.fetchval(
        "SELECT t.case_no FROM task t JOIN cases c ON c.no = t.case_no WHERE t.state = 'open' "  # noqa: S608
        f"AND t.role <> 'applicant' AND NOT ($1 = ANY (t.not_by)) AND {scope} AND {queue.sql} "
        "AND (t.claimed_by IS NULL OR t.claimed_by = $1) AND $2::timestamptz IS NOT NULL "
        "ORDER BY t.due_at NULLS LAST, t.id LIMIT 1",
        reader, now, *args,
    )  # fmt: skip


async def claims(conn: asyncpg.Connection, task_ids: Sequence[int]) -> list[asyncpg.Record]:
    """Where the tasks of a drawn list stand now."""
    return await conn.fetch(
        "SELECT t.id, t.state, t.claimed_by, a.display_name AS claimed_name FROM task t "
        "LEFT JOIN account a ON a.id = t.claimed_by WHERE t.id = ANY ($1)",
        list(task_ids),
    )
