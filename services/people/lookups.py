"""谁查了我的数据: every look at somebody's data or licences is noted, and its subject can read the list.

Personal Information Protection Law arts 44, 45 (to know, and to see one's data) and 51 (who may handle what, on record).
`what` is a word of `WHATS`, with what exactly after a colon where there is more to say: `registry:population.identity`,
`licence:JY…`. Nothing personal goes into it or into the purpose.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import asyncpg

WHATS: dict[str, dict[str, str]] = {
    "registry": {"zh": "向基础库查询", "en": "Asked a base registry"},
    "revealed": {"zh": "查看证件号码和电话", "en": "Looked at number and telephone"},
    "licence": {"zh": "查看证照", "en": "Looked at a licence"},
    "visit": {"zh": "在窗口按证件查找", "en": "Looked up by the paper shown at the counter"},
    "answers": {"zh": "查看申请内容", "en": "Looked at the answers of an application"},
    "earlier": {"zh": "取用以前申请中填过的内容", "en": "Took answers from earlier applications"},
}

# Role and office are kept as they were at the moment. Of several grants the first counts, as in the case's log.
_NOTE = """
INSERT INTO look_up (subject_id, what, by, role, department, case_no, purpose, at)
SELECT $1::text, $2, $3::text, coalesce(g.role, CASE WHEN a.kind = 'citizen' THEN
    CASE WHEN a.subject_id = $1::text THEN 'oneself' ELSE 'representative' END ELSE 'system' END),
    coalesce(g.department, ''), $4, $5, $6
FROM (SELECT 1) one LEFT JOIN account a ON a.id = $3::text
LEFT JOIN LATERAL (SELECT role, department FROM staff_grant WHERE account_id = a.id ORDER BY role LIMIT 1) g ON true
"""


async def note_look(
    conn: asyncpg.Connection,
    *,
    subject_id: str,
    what: str,
    by: str,
    case_no: str | None,
    purpose: str,
    at: datetime,
) -> None:
    """Once for each look, in the transaction that shows or takes over what was seen. `by`: an account's id, or "system"."""
    await conn.execute(_NOTE, subject_id, what, by, case_no, purpose, at)


@dataclass(frozen=True, slots=True)
class Look:
    """`number` stands for the person: 工号 instead of a name. It says who it was to whoever may ask the office for it."""

    id: int
    subject_id: str
    what: str
    detail: str
    role: str
    department: str
    by: str
    number: str
    case_no: str | None
    purpose: str
    at: datetime


async def looks_at(
    conn: asyncpg.Connection, subjects: Collection[str], *, before: int | None = None, most: int = 50
) -> list[Look]:
    """The looks at these people's and organisations' data, newest first; `before` is the id where the last page ended."""
    rows = await conn.fetch(
        "SELECT * FROM look_up WHERE subject_id = ANY($1) AND ($2::bigint IS NULL OR id < $2) "
        "ORDER BY id DESC LIMIT $3",
        list(subjects), before, most,
    )  # fmt: skip
    return [_look(r) for r in rows]


def _look(r: asyncpg.Record) -> Look:
    what, _, detail = r["what"].partition(":")
    return Look(
        r["id"], r["subject_id"], what, detail, r["role"], r["department"], r["by"], staff_number(r["by"]), r["case_no"],
        r["purpose"], r["at"],
    )  # fmt: skip


def staff_number(account_id: str) -> str:
    """工号: the same for all of somebody's looks, and nothing that one could sign in with."""
    return account_id[:8].upper()
