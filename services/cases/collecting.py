"""领取: whoever collects at the counter is the applicant, or may act for them on that very day.

Civil Code arts 165, 173: a mandate names agent, matter, powers and period, and ends with its period.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import asyncpg

from services.cases.log import Case
from services.errors import Invalid
from services.house import House
from services.law.clock import legal_date
from services.people.standing import who_may_collect


async def check_recipient(
    conn: asyncpg.Connection, house: House, case: Case, values: Mapping[str, Any]
) -> dict[str, str]:
    """The authorisation under which an agent collects, if it is one that was made online.

    Raises Invalid. A mandate on paper counts by the last day that the clerk read on it.
    """
    today = legal_date(house.now())
    if values["mode"] != "direct" or case.applicant_id is None:
        return {}
    if until := values.get("mandate_until"):
        if date.fromisoformat(until) < today:
            raise Invalid(
                {"mandate_until": {"zh": "授权委托已经到期，不能代领", "en": "The mandate has ended"}}
            )
        return {}
    may = await who_may_collect(conn, case.applicant_id, today, case.item_code, case.department)
    recipient = values["recipient"].strip()
    if recipient not in may:
        raise Invalid(
            {
                "recipient": {
                    "zh": "领取人不是申请人，也不是现在有权代理的人；凭授权委托书代领的，请填写委托书的有效期",
                    "en": "Neither the applicant nor anybody who may act for them now; with a written mandate, "
                    "enter its last day",
                }
            }
        )
    return {"mandate": may[recipient]} if may[recipient] else {}
