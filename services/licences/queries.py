"""证照 on file."""

from collections.abc import Collection

import asyncpg

# Of licence l: a renewal that was asked for in time waits for the agency when the licence ends, so silence renews it, and
# the case's own clock will say so; or it was granted, and is on its way into the register.
# As services.law.case.CaseState.deemed_at.
RENEWING = """
EXISTS (SELECT FROM cases r WHERE r.licence_no = l.number AND r.state -> 'licence' ->> 'as' = 'renewal'
    AND r.state -> 'licence' ->> 'until' = l.valid_until::text AND (r.state -> 'licence' ->> 'in_time')::boolean
    AND NOT r.state -> 'licence' ? 'lapsed' AND (r.stage IN ('received', 'accepted', 'in_review')
        OR r.state ->> 'outcome' = 'granted' AND NOT EXISTS (
            SELECT FROM case_event e WHERE e.case_no = r.no AND e.key = 'licence')))
"""
# With the newest paper of it, once that is made.
REGISTER = """
FROM licence l JOIN cases c ON c.no = l.case_no JOIN subject s ON s.id = l.holder_id
LEFT JOIN LATERAL (
    SELECT id FROM document WHERE number = l.number AND kind = 'licence' AND file IS NOT NULL
    ORDER BY made_at DESC LIMIT 1
) d ON true
"""
_LICENCE = f"""
SELECT l.*, c.title, c.item_version, c.department, c.district, s.name AS holder, s.kind AS holder_kind,
    d.id AS document_id, {RENEWING} AS renewing {REGISTER}
"""


async def licences_of(conn: asyncpg.Connection, subjects: Collection[str]) -> list[asyncpg.Record]:
    """What these people and organisations hold, newest first; what has ended last."""
    if not subjects:
        return []
    return await conn.fetch(f"{_LICENCE} WHERE {held_by(len(subjects))}", *subjects)


def held_by(n: int) -> str:
    """Of licence l: what $1 to $n hold, newest first; what has ended last."""
    return f"l.holder_id IN ({any_of(n)}) ORDER BY l.state <> 'valid', l.issued_on DESC, l.number LIMIT 200"


def any_of(n: int) -> str:
    """$1 to $n, each by itself: for a list of a length that it does not know PostgreSQL makes a new plan every time."""
    return ", ".join(f"${i}" for i in range(1, n + 1))


async def licence_named(conn: asyncpg.Connection, number: str) -> asyncpg.Record | None:
    return await conn.fetchrow(f"{_LICENCE} WHERE l.number = $1", number) if number.isprintable() else None


async def licence_history(conn: asyncpg.Connection, number: str) -> list[asyncpg.Record]:
    """Every turn of its life, oldest first, with the case that caused it."""
    return await conn.fetch(
        "SELECT e.*, c.title, c.item_code AS case_item, c.item_version AS case_item_version FROM licence_event e "
        "JOIN cases c ON c.no = e.case_no WHERE e.number = $1 ORDER BY e.n",
        number,
    )


async def cases_about(conn: asyncpg.Connection, number: str) -> list[asyncpg.Record]:
    """Open cases that act on it."""
    return await conn.fetch(
        "SELECT no, title, stage, filed_at, state -> 'licence' ->> 'as' AS acts FROM cases "
        "WHERE licence_no = $1 AND NOT finished ORDER BY filed_at",
        number,
    )


async def licences_of_case(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """Those that it issued, changed or acts on."""
    return await conn.fetch(
        f"{_LICENCE} WHERE l.number IN (SELECT number FROM licence_event WHERE case_no = $1 "  # noqa: S608
        "UNION SELECT licence_no FROM cases WHERE no = $1) ORDER BY l.issued_on DESC, l.number",
        case_no,
    )


async def newest_about(conn: asyncpg.Connection, cases: Collection[str]) -> asyncpg.Record | None:
    """The newest case about a licence of one of these cases that is none of them."""
    return await conn.fetchrow(
        "SELECT c.no, c.item_code FROM cases c JOIN licence_event e ON e.number = c.licence_no "
        "WHERE e.case_no = ANY($1) AND c.no <> ALL($1) ORDER BY c.filed_at DESC LIMIT 1",
        list(cases),
    )
