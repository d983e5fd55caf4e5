"""Where the engine is behind the log: what reconciliation looks for."""

from datetime import datetime, timedelta

import asyncpg

_PATIENCE = timedelta(seconds=30)  # a bell on its way is not a lag


async def lagging_cases(conn: asyncpg.Connection, now: datetime) -> list[str]:
    """Cases with events that the engine has not read, though they are older than a bell takes."""
    rows = await conn.fetch(
        "SELECT c.no FROM cases c JOIN case_event e ON e.case_no = c.no AND e.seq = c.seq "
        "WHERE c.engine_seq < c.seq AND NOT c.finished AND e.at < $1",
        now - _PATIENCE,
    )
    return [r["no"] for r in rows]


async def overdue_alarms(conn: asyncpg.Connection, now: datetime) -> list[str]:
    """Cases where a task's due moment has passed and the log says nothing of it."""
    rows = await conn.fetch(
        "SELECT DISTINCT t.case_no FROM task t WHERE t.state = 'open' AND (t.due_rule IS NOT NULL OR t.silence "
        "IS NOT NULL) AND t.due_at < $1 AND NOT EXISTS (SELECT 1 FROM case_event e "
        "WHERE e.case_no = t.case_no AND e.key IN ('alarm:' || t.key || ':due', 'silence:' || t.key))",
        now - _PATIENCE,
    )
    return [r["case_no"] for r in rows]


async def stale_bells(conn: asyncpg.Connection) -> int:
    return await conn.fetchval(
        "SELECT count(*) FROM outbox WHERE leased_until <> '-infinity' "
        "AND leased_until < clock_timestamp() - interval '2 minutes'"
    )


async def cases_open(conn: asyncpg.Connection) -> list[str]:
    """Cases whose procedure has not ended: anything still expected of anybody but the supervisor, or not finished."""
    rows = await conn.fetch(
        "SELECT no FROM cases c WHERE NOT c.finished OR EXISTS (SELECT 1 FROM task t WHERE t.case_no = c.no "
        "AND t.state = 'open' AND t.role <> 'supervisor') ORDER BY no"
    )
    return [r["no"] for r in rows]
