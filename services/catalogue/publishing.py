"""Publishing freezes: what a version said is never said otherwise, and everybody running hears of a new one."""

from collections.abc import Iterable
from datetime import date, datetime

import asyncpg

from forms import Item
from services.law.roles import SYSTEM

CHANNEL = "items"


class Frozen(RuntimeError):
    """A published version's content was changed without a new version number."""


async def publish(
    conn: asyncpg.Connection, items: Iterable[Item], now: datetime, *, by: str = SYSTEM.id
) -> list[Item]:
    """Freeze what is new; refuse a changed item under an old number. Returns what was new.

    A version is in force from its `effective` day (计划生效日期) on, which may lie ahead.
    """
    new = []
    for item in items:
        body = item.model_dump_json(by_alias=True)
        added = await conn.fetchval(
            "INSERT INTO item_version (code, version, hash, body, published_at) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (code, version) DO NOTHING RETURNING 1",
            item.code, item.version, item.hash, body, now,
        )  # fmt: skip
        if added:
            new.append(item)
            await note_turn(conn, item.code, "published", item.effective, "", now, by, version=item.version)
        stored = await conn.fetchval(
            "SELECT hash FROM item_version WHERE code = $1 AND version = $2", item.code, item.version
        )
        if stored != item.hash:
            raise Frozen(
                f"{item.code}: version {item.version} was published with other content; raise `version` in its file"
            )
    if new:
        await announce(conn)
    return new


async def note_turn(
    conn: asyncpg.Connection, code: str, turn: str, on_day: date, reason: str, now: datetime, by: str,
    *, version: int | None = None,
) -> None:  # fmt: skip
    await conn.execute(
        'INSERT INTO item_turn (code, turn, version, on_day, reason, at, "by") VALUES ($1, $2, $3, $4, $5, $6, $7)',
        code, turn, version, on_day, reason, now, by,
    )  # fmt: skip


async def announce(conn: asyncpg.Connection) -> None:
    """With the commit of the transaction that this is called in."""
    await conn.execute("SELECT pg_notify($1, '')", CHANNEL)
