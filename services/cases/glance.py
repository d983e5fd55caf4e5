"""A case at one glance, for whoever follows it from outside: where it stands, what is due, what hangs over it."""

from dataclasses import dataclass
from datetime import date

import asyncpg

from services.cases.log import Case


@dataclass(frozen=True, slots=True)
class Glance:
    """`due_on` is what the lists sort by. `rules`: of every card ever raised; `open_cards`: of those not closed."""

    case: Case
    due_on: date | None
    rules: tuple[str, ...]
    open_cards: tuple[str, ...]


async def glance(conn: asyncpg.Connection, case_no: str) -> Glance | None:
    row = await conn.fetchrow("SELECT * FROM cases WHERE no = $1", case_no)
    if row is None:
        return None
    cards = await conn.fetch(
        "SELECT rule, state FROM card WHERE case_no = $1 ORDER BY raised_at, rule", case_no
    )
    still = (c["rule"] for c in cards if c["state"] == "open")
    return Glance(Case.of(row), row["due_on"], tuple(c["rule"] for c in cards), tuple(still))


async def last_task_for(
    conn: asyncpg.Connection, case_no: str, command: str, rule: str = ""
) -> asyncpg.Record | None:
    """The case's last task that admitted the command, open or not; without one, its last task at all.

    `rule`: only of tasks about a card by this rule.
    """
    return await conn.fetchrow(
        "SELECT * FROM task WHERE case_no = $1 AND ($3 = '' OR split_part(key, ':', 2) = $3) "
        "ORDER BY $2 = ANY(commands) DESC, id DESC LIMIT 1",
        case_no, command, rule,
    )  # fmt: skip
