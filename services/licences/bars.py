"""不得再次申请: whoever used false papers (Licence Law art. 78), or obtained a licence by fraud (art. 79).

Only where an item directly concerns public safety, health or life and property: `safety` in its file.
"""

from datetime import date

import asyncpg

from services.cases.log import Case
from services.house import House
from services.law.chain import Event
from services.law.licences import FALSE_PAPERS, FRAUD, barred_until


async def barred(
    conn: asyncpg.Connection, subject_id: str, item_code: str, today: date
) -> asyncpg.Record | None:
    """The longest bar in force."""
    return await conn.fetchrow(
        "SELECT * FROM licence_bar WHERE subject_id = $1 AND item_code = $2 AND until >= $3 ORDER BY until DESC LIMIT 1",
        subject_id, item_code, today,
    )  # fmt: skip


async def bar_whoever_cheated(conn: asyncpg.Connection, house: House, case: Case, event: Event) -> None:
    """Call in the transaction of the act."""
    item = house.items.get(house.items.get(case.item_code, case.item_version).family)
    why = _why(event)
    if why is None or not item.safety or case.applicant_id is None:
        return
    await conn.execute(
        "INSERT INTO licence_bar (subject_id, item_code, why, since, until, case_no) VALUES ($1, $2, $3, $4, $5, $6)",
        case.applicant_id, item.code, why, event.on, barred_until(why, event.on), case.no,
    )  # fmt: skip


def _why(event: Event) -> str | None:
    match event.kind:
        case "declined" if event.data["category"] == "false_papers":
            return FALSE_PAPERS
        case "refused" if event.data.get("false_papers"):
            return FALSE_PAPERS
        case "revoked" if event.data["ground"] == "fraud":
            return FRAUD
    return None
