"""What a citizen's cases wait for, of the citizen."""

from collections.abc import Collection, Sequence
from typing import Any

import asyncpg
import orjson

from services.law.mandates import Mandate, as_rows


def of_citizen(
    account_id: str, subjects: Collection[str], mandates: Sequence[Mandate] = (), *, tasks: bool = False
) -> tuple[str, list[Any]]:
    """The policy's `owns` as SQL over cases c, its parameters $1 and $2, and $3 where there are mandates.

    With `tasks` over task t too: of those only what a mandate lets the agent do. A case number leads to an applicant,
    so both halves find their rows by an index, and a mandate only narrows what was found.
    """
    anonymous = "c.applicant_id IS NULL AND c.filer_id = $2"
    if not mandates:
        return f"(c.applicant_id = ANY($1) OR {anonymous})", [list(subjects), account_id]
    rows = as_rows(mandates)
    theirs = list({*subjects, *(m.principal for m in mandates)})
    may = "t.commands && m.commands" if tasks else "m.sees OR m.applies AND c.filer_id = $2"
    within = (
        "EXISTS (SELECT FROM jsonb_to_recordset($3::text::jsonb -> 'mandates') AS m(principal text, items text[], "
        "department text, sees boolean, applies boolean, commands text[]) WHERE m.principal = c.applicant_id "
        "AND (c.item_code = ANY(m.items) OR m.department <> '' AND m.department = c.department AND c.kind <> 'order') "
        f"AND ({may}))"
    )
    own = "$3::text::jsonb -> 'own' ? c.applicant_id"
    given = orjson.dumps({"own": sorted(subjects), "mandates": rows}).decode()
    return f"(c.applicant_id = ANY($1) AND ({own} OR {within}) OR {anonymous})", [theirs, account_id, given]


async def tasks_of_citizen(
    conn: asyncpg.Connection,
    account_id: str,
    subjects: Collection[str],
    mandates: Sequence[Mandate] = (),
    *,
    limit: int = 50,
    offset: int = 0,
) -> list[asyncpg.Record]:
    """Open tasks of the applicant, the one that ends first on top."""
    theirs, args = of_citizen(account_id, subjects, mandates, tasks=True)
    n = len(args)
    return await conn.fetch(
        "SELECT t.*, c.title, c.item_code, c.item_version, c.stage, c.kind AS case_kind "  # noqa: S608
        f"FROM cases c JOIN task t ON t.case_no = c.no WHERE {theirs} AND t.state = 'open' AND t.role = 'applicant' "
        f"ORDER BY t.due_at NULLS LAST, t.id LIMIT ${n + 1} OFFSET ${n + 2}",
        *args, limit, offset,
    )  # fmt: skip


async def case_of_task(conn: asyncpg.Connection, task_id: int) -> str | None:
    return await conn.fetchval("SELECT case_no FROM task WHERE id = $1", task_id)


async def count_cases_of_citizen(
    conn: asyncpg.Connection, account_id: str, subjects: Collection[str], mandates: Sequence[Mandate] = ()
) -> int:
    theirs, args = of_citizen(account_id, subjects, mandates)
    return await conn.fetchval(f"SELECT count(*) FROM cases c WHERE {theirs}", *args)  # noqa: S608
