"""分办: whom a case can be assigned to, and what becomes of its tasks then."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from services.cases.log import Case
from services.errors import Invalid
from services.house import House
from services.law.chain import Event
from services.law.policy import Reach
from services.law.roles import Role

# Art. 48(1): who presides over the hearing is none of those who review. And nobody assigns a case away from themselves.
NOT_THE_HANDLERS = ("hearing", "assignment")
_NOBODY = {"handler": {"zh": "请选择本部门的审核人员", "en": "Choose a reviewer of this department"}}
_REVIEWERS = """
SELECT a.id, a.username, a.display_name, g.department FROM account a JOIN staff_grant g ON g.account_id = a.id
WHERE g.role = 'reviewer' AND NOT a.disabled AND ($1 = '' OR g.department IN ('', $1))
  AND ($2 = '' OR g.district IN ('', $2))
"""


async def handlers(conn: asyncpg.Connection, department: str, district: str) -> list[asyncpg.Record]:
    """Who may review here, by name. An empty department or district means any."""
    return await conn.fetch(f"{_REVIEWERS} ORDER BY a.display_name, a.id", department, district)


async def handlers_within(conn: asyncpg.Connection, reach: Sequence[Reach]) -> dict[str, str]:
    """Id and name of whoever can be given something out of these scopes."""
    found: dict[str, str] = {}
    for r in reach:
        found |= {row["id"]: row["display_name"] for row in await handlers(conn, r.department, r.district)}
    return found


async def chosen(conn: asyncpg.Connection, case: Case, department: str, wish: str) -> dict[str, Any]:
    """The handler by account id or user name, as the event keeps them. Raises Invalid."""
    for row in await handlers(conn, department, case.district):
        if wish in (row["id"], row["username"]):
            if row["id"] == case.state.handler:
                raise Invalid({"handler": {"zh": "已经由这个人承办", "en": "They handle it already"}})
            return {"handler": row["id"], "handler_name": row["display_name"], "department": department}
    raise Invalid(_NOBODY)


async def hand_over(conn: asyncpg.Connection, house: House, case: Case, event: Event) -> None:
    """The handler has claimed what the reviewers of the department may do now; what opens later is theirs from the start."""
    data: Mapping[str, Any] = event.data
    await conn.execute(
        "UPDATE task SET claimed_by = CASE WHEN $2 = ANY (not_by) THEN NULL ELSE $2 END, claimed_at = $3 "
        "WHERE case_no = $1 AND state = 'open' AND role = $4 AND department = $5 AND step <> ALL ($6)",
        event.case_no, data["handler"], event.at, Role.REVIEWER.value, data["department"], list(NOT_THE_HANDLERS),
    )  # fmt: skip
