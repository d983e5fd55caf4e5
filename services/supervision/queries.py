"""The wall's numbers and the cards, for one district or (empty) all of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

PERIOD_DAYS = 30

# Grounds that say the card should never have been: it stays in the ledger and counts for nothing.
_REVOKED = "('system_fault', 'applicant')"
_CLOSING = """
case_event e ON e.case_no = k.case_no AND e.kind IN ('card_closed', 'card_revoked')
    AND e.body::jsonb->>'task' IN ('card:' || k.key, 'card_review:' || k.key)
"""
# `near` and `over` are those of services.cases.lists, so that a number and the list behind it agree.
_DEPARTMENTS = f"""
WITH work AS (
    SELECT department, count(*) AS open,
        count(*) FILTER (WHERE due_at >= $2 AND due_at < $2 + interval '48 hours') AS near,
        count(*) FILTER (WHERE due_at < $2) AS over
    FROM cases WHERE NOT finished AND ($1 = '' OR district = $1) GROUP BY department
), shown AS (
    SELECT department, count(*) FILTER (WHERE severity = 'yellow') AS yellow,
        count(*) FILTER (WHERE severity = 'red') AS red
    FROM card WHERE state = 'open' AND ($1 = '' OR district = $1) GROUP BY department
), decided AS (
    SELECT c.department, count(*) AS n, count(*) FILTER (WHERE NOT EXISTS (
        SELECT 1 FROM card k WHERE k.case_no = c.no AND k.rule = 'T06' AND k.state <> 'revoked' AND NOT EXISTS (
            SELECT 1 FROM {_CLOSING.replace(" ON ", " WHERE ", 1)} AND e.body::jsonb->'data'->>'ground' IN {_REVOKED}
        ))) AS on_time
    FROM cases c WHERE c.kind = 'application' AND c.state->>'decided_on' > ($3::date - {PERIOD_DAYS})::text
        AND ($1 = '' OR c.district = $1) GROUP BY c.department
)
SELECT department, coalesce(work.open, 0) AS open, coalesce(near, 0) AS near, coalesce(over, 0) AS over,
    coalesce(yellow, 0) AS yellow, coalesce(red, 0) AS red, coalesce(n, 0) AS n, coalesce(on_time, 0) AS on_time
FROM work FULL JOIN shown USING (department) FULL JOIN decided USING (department) ORDER BY department
"""  # noqa: S608 - constants only


async def departments(
    conn: asyncpg.Connection, district: str, now: datetime, today: date
) -> list[asyncpg.Record]:
    """按部门: open work, cards, and decisions of the last thirty days that were within the promised limit.

    A decision was late if the promised limit passed before it (rule T06), unless that card was revoked.
    """
    return await conn.fetch(_DEPARTMENTS, district, now, today)


async def rules_broken(conn: asyncpg.Connection, district: str) -> list[asyncpg.Record]:
    """Open cards by rule, red first."""
    return await conn.fetch(
        "SELECT rule, severity, count(*) AS n FROM card WHERE state = 'open' AND ($1 = '' OR district = $1) "
        "GROUP BY rule, severity ORDER BY severity, n DESC, rule",
        district,
    )


async def open_cards(conn: asyncpg.Connection, district: str) -> dict[str, int]:
    row = await conn.fetchrow(
        "SELECT count(*) FILTER (WHERE severity = 'red') AS red, count(*) FILTER (WHERE severity = 'yellow') AS yellow "
        "FROM card WHERE state = 'open' AND ($1 = '' OR district = $1)",
        district,
    )
    return dict(row)


@dataclass(frozen=True, slots=True)
class CardFilter:
    """What the supervisor asked for; empty means any."""

    district: str = ""
    state: str = "open"
    severity: str = ""
    rule: str = ""
    department: str = ""


def _where(f: CardFilter) -> tuple[str, list[Any]]:
    parts, args = ["k.state = $1"], [f.state]
    for column in ("district", "severity", "rule", "department"):
        if value := getattr(f, column):
            args.append(value)
            parts.append(f"k.{column} = ${len(args)}")
    return " AND ".join(parts), args


_CARD = """
SELECT k.*, c.title, c.item_code, c.item_version, c.kind, c.stage, e.actor_id AS closed_by,
    e.body::jsonb->'data' AS closing, a.display_name AS closed_name,
    EXISTS (SELECT 1 FROM task r WHERE r.case_no = k.case_no AND r.key = 'card_review:' || k.key AND r.state = 'open')
        AS appealed
FROM card k JOIN cases c ON c.no = k.case_no LEFT JOIN
"""
_CARD += _CLOSING + "LEFT JOIN account a ON a.id = e.actor_id "


async def find_cards(
    conn: asyncpg.Connection, f: CardFilter, *, limit: int = 50, offset: int = 0
) -> list[asyncpg.Record]:
    """Open cards: red before yellow, oldest first. Closed ones: the last to be closed first."""
    where, args = _where(f)
    order = "k.severity, k.raised_at" if f.state == "open" else "k.closed_at DESC"
    return await conn.fetch(
        f"{_CARD} WHERE {where} ORDER BY {order}, k.id LIMIT ${len(args) + 1} OFFSET ${len(args) + 2}",
        *args, limit, offset,
    )  # fmt: skip


async def count_cards(conn: asyncpg.Connection, f: CardFilter) -> int:
    where, args = _where(f)
    return await conn.fetchval(f"SELECT count(*) FROM card k WHERE {where}", *args)  # noqa: S608


async def read_card(conn: asyncpg.Connection, card_id: int) -> asyncpg.Record | None:
    return await conn.fetchrow(f"{_CARD} WHERE k.id = $1", card_id)


async def cards_of(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """Every card of a case with who closed it and why, in the order they were raised."""
    return await conn.fetch(f"{_CARD} WHERE k.case_no = $1 ORDER BY k.raised_at, k.id", case_no)


async def task_of_card(
    conn: asyncpg.Connection, case_no: str, key: str, step: str = "card"
) -> asyncpg.Record | None:
    """The open task that closes a card, or (card_review) decides about its appeal, as the policy wants it."""
    return await conn.fetchrow(
        "SELECT * FROM task WHERE case_no = $1 AND key = $3 || ':' || $2 AND state = 'open'",
        case_no,
        key,
        step,
    )


async def life_of_card(conn: asyncpg.Connection, case_no: str, key: str) -> list[asyncpg.Record]:
    """What became of a card after it was raised: appeal, review, closing."""
    return await conn.fetch(
        "SELECT e.kind, e.at, e.body::jsonb->'data' AS data, a.display_name AS actor_name FROM case_event e "
        "LEFT JOIN account a ON a.id = e.actor_id WHERE e.case_no = $1 AND e.kind IN "
        "('card_appealed', 'appeal_lapsed', 'card_upheld', 'card_revoked', 'card_closed') "
        "AND e.body::jsonb->>'task' IN ('card:' || $2, 'appeal:' || $2, 'card_review:' || $2) ORDER BY e.seq",
        case_no, key,
    )  # fmt: skip


async def task_concerned(conn: asyncpg.Connection, case_no: str, key: str) -> asyncpg.Record | None:
    """The task a card is about, with who held it."""
    return await conn.fetchrow(
        "SELECT t.*, a.display_name AS claimed_name FROM task t LEFT JOIN account a ON a.id = t.claimed_by "
        "WHERE t.case_no = $1 AND t.key = $2",
        case_no, key,
    )  # fmt: skip
