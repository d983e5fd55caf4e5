"""呼叫帮助: whoever does not get on at a terminal presses one button, and the windows of the district see where."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg

from services.law.policy import Reach
from services.law.roles import Actor

FORGOTTEN = timedelta(hours=2)  # nobody waits that long
# Whether any terminal calls at all, as SQL with $2 for now: there is seldom one, so lists ask this by the way.
ANY_CALL = (
    f"EXISTS (SELECT FROM kiosk_call WHERE taken_at IS NULL AND at > $2 - interval '{FORGOTTEN}') AS calls"
)


async def call_for_help(conn: asyncpg.Connection, kiosk_id: str, now: datetime) -> None:
    """Pressed again while it is open it is the same call."""
    await conn.execute(
        "INSERT INTO kiosk_call (kiosk_id, at) VALUES ($1, $2) ON CONFLICT (kiosk_id) WHERE taken_at IS NULL "
        "DO UPDATE SET at = CASE WHEN kiosk_call.at < $2 - $3::interval THEN $2 ELSE kiosk_call.at END",
        kiosk_id, now, FORGOTTEN,
    )  # fmt: skip


async def open_calls(conn: asyncpg.Connection, reach: Sequence[Reach], now: datetime) -> list[asyncpg.Record]:
    """Of the districts in reach, the longest waiting first."""
    districts = [r.district for r in reach]
    return await conn.fetch(
        "SELECT c.id, c.at, k.name FROM kiosk_call c JOIN kiosk k ON k.id = c.kiosk_id "
        "WHERE c.taken_at IS NULL AND c.at > $2 AND k.retired_at IS NULL AND ('' = ANY($1) OR k.district = ANY($1)) "
        "ORDER BY c.at LIMIT 20",
        districts, now - FORGOTTEN,
    )  # fmt: skip


async def take_call(
    conn: asyncpg.Connection, actor: Actor, reach: Sequence[Reach], id_: int, now: datetime
) -> None:
    """Somebody of the districts in reach goes there. If two press, the first one goes."""
    await conn.execute(
        "UPDATE kiosk_call c SET taken_at = $3, taken_by = $2 FROM kiosk k WHERE c.id = $1 AND c.taken_at IS NULL "
        "AND k.id = c.kiosk_id AND ('' = ANY($4) OR k.district = ANY($4))",
        id_, actor.id, now, [r.district for r in reach],
    )  # fmt: skip
