"""Lists of cases: a citizen's own, and the supervisor's with filters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

from services.cases.mine import of_citizen
from services.law.mandates import Mandate

_ROW = """
c.no, c.title, c.item_code, c.item_version, c.kind, c.department, c.stage, c.finished, c.filed_at, c.due_at, c.due_on,
c.channel, c.cards, c.state, c.linked_no, c.district, s.name AS applicant, s.kind AS applicant_kind
"""


async def cases_of_citizen(
    conn: asyncpg.Connection,
    account_id: str,
    subjects: Collection[str],
    mandates: Sequence[Mandate] = (),
    *,
    limit: int = 50,
    offset: int = 0,
) -> list[asyncpg.Record]:
    """Newest first: what the citizen filed, and what was filed in the name of those they act for."""
    theirs, args = of_citizen(account_id, subjects, mandates)
    n = len(args)
    return await conn.fetch(
        f"SELECT {_ROW} FROM cases c LEFT JOIN subject s ON s.id = c.applicant_id WHERE {theirs} "  # noqa: S608
        f"ORDER BY c.filed_at DESC LIMIT ${n + 1} OFFSET ${n + 2}",
        *args, limit, offset,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """What the supervisor asked for; empty means any. `light` is over, near, ok, open (any of these), done or amends."""

    district: str = ""
    department: str = ""
    item: str = ""
    stage: str = ""
    kind: str = ""
    light: str = ""
    carded: bool = False
    number: str = ""
    filed_from: date | None = None
    filed_to: date | None = None


AMENDS = "amends"  # 差评整改中: a bad rating is not answered yet
_LIGHTS = {
    "over": "NOT c.finished AND c.due_at < {now}",
    "near": "NOT c.finished AND c.due_at >= {now} AND c.due_at < {now} + interval '48 hours'",
    "ok": "NOT c.finished AND (c.due_at IS NULL OR c.due_at >= {now} + interval '48 hours')",
    "open": "NOT c.finished",
    "done": "c.finished",
}


def _where(f: Filter, now: datetime) -> tuple[str, list[Any]]:
    args: list[Any] = [now]
    parts = ["$1::timestamptz IS NOT NULL"]

    def add(sql: str, value: Any) -> None:
        args.append(value)
        parts.append(sql.format(f"${len(args)}"))

    for column in ("district", "stage", "kind"):
        if value := getattr(f, column):
            add(f"c.{column} = {{}}", value)
    if f.department:
        add("c.department = {}", f.department)
    if f.item:
        add("c.item_code = {}", f.item)
    if f.number:
        add("starts_with(c.no, {})", f.number)
    if f.filed_from:
        add("(c.filed_at AT TIME ZONE 'Asia/Shanghai')::date >= {}", f.filed_from)
    if f.filed_to:
        add("(c.filed_at AT TIME ZONE 'Asia/Shanghai')::date <= {}", f.filed_to)
    if f.carded:
        parts.append("c.cards > 0")
    if f.light == AMENDS:
        parts.append(
            "c.no IN (SELECT case_no FROM task WHERE state = 'open' AND step IN ('amends_contact', 'amends'))"
        )
    if f.light in _LIGHTS:
        parts.append("(" + _LIGHTS[f.light].format(now="$1") + ")")
    return " AND ".join(parts), args


async def find_cases(
    conn: asyncpg.Connection, f: Filter, now: datetime, *, limit: int = 50, offset: int = 0
) -> list[asyncpg.Record]:
    """Open cases by due date, then finished ones, newest first."""
    where, args = _where(f, now)
    return await conn.fetch(
        f"SELECT {_ROW} FROM cases c LEFT JOIN subject s ON s.id = c.applicant_id WHERE {where} "  # noqa: S608
        f"ORDER BY c.finished, c.due_at NULLS LAST, c.filed_at DESC LIMIT ${len(args) + 1} OFFSET ${len(args) + 2}",
        *args, limit, offset,
    )  # fmt: skip


async def count_cases(conn: asyncpg.Connection, f: Filter, now: datetime) -> int:
    where, args = _where(f, now)
    return await conn.fetchval(f"SELECT count(*) FROM cases c WHERE {where}", *args)  # noqa: S608


async def lights(conn: asyncpg.Connection, f: Filter, now: datetime) -> dict[str, int]:
    """Counts by light, for the tiles; each tile links to the list it counts."""
    where, args = _where(f, now)
    sums = ", ".join(
        f"count(*) FILTER (WHERE {sql.format(now='$1')}) AS {name}" for name, sql in _LIGHTS.items()
    )
    row = await conn.fetchrow(f"SELECT {sums}, count(*) AS all FROM cases c WHERE {where}", *args)  # noqa: S608
    return dict(row)
