"""What a citizen's cases wait for, of the citizen."""

from collections.abc import Collection

import asyncpg


async def tasks_of_citizen(
    conn: asyncpg.Connection, account_id: str, subjects: Collection[str], *, limit: int = 50, offset: int = 0
) -> list[asyncpg.Record]:
    """Open tasks of the applicant, the one that ends first on top."""
    return await conn.fetch(
        "SELECT t.*, c.title, c.item_code, c.item_version, c.stage, c.kind AS case_kind "
        "FROM cases c JOIN task t ON t.case_no = c.no "
        "WHERE (c.applicant_id = ANY($1) OR c.applicant_id IS NULL AND c.filer_id = $2) AND t.state = 'open' AND t.role = 'applicant' "
        "ORDER BY t.due_at NULLS LAST, t.id LIMIT $3 OFFSET $4",
        list(subjects), account_id, limit, offset,
    )  # fmt: skip


async def case_of_task(conn: asyncpg.Connection, task_id: int) -> str | None:
    return await conn.fetchval("SELECT case_no FROM task WHERE id = $1", task_id)


async def count_cases_of_citizen(conn: asyncpg.Connection, account_id: str, subjects: Collection[str]) -> int:
    return await conn.fetchval(
        "SELECT count(*) FROM cases WHERE applicant_id = ANY($1) OR applicant_id IS NULL AND filer_id = $2",
        list(subjects),
        account_id,
    )
