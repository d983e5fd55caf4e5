"""What the holder of a licence is told about it: before it ends, when it has ended, when a department means to end it."""

from datetime import date, timedelta
from typing import Any

import asyncpg

from forms import Item
from services.cases.log import Case
from services.house import House
from services.law.chain import Event
from services.law.licences import State, Turn
from services.licences.acting import renewal_window
from services.licences.register import Licence
from services.notices.telling import tell

ENDED = {State.CANCELLED: ("注销", "struck off"), State.REVOKED: ("撤销", "revoked")}


def facts_of(house: House, licence: Licence) -> dict[str, Any]:
    item = house.items.get(licence.item_code)
    name, until = item.result.name if item.result else item.name, licence.standing.until
    return {
        "number": licence.number,
        "name": name.zh,
        "name_en": name.en,
        "until": until.isoformat() if until else "",
        "agency": item.department_name.zh,
        "agency_en": item.department_name.en,
    }


async def remind(conn: asyncpg.Connection, house: House, licence: Licence, before: int) -> bool:
    """到期提醒, once for each threshold and each term."""
    return await tell(
        conn, house, licence.holder_id, "licence_ends",
        f"licence_ends:{licence.number}:{licence.standing.until}:{before}",
        facts_of(house, licence) | _advice(house, licence) | {"before": str(before)},
    )  # fmt: skip


async def tell_expired(conn: asyncpg.Connection, house: House, licence: Licence) -> None:
    key = f"licence_expired:{licence.number}:{licence.standing.until}"
    await tell(conn, house, licence.holder_id, "licence_expired", key, facts_of(house, licence))


async def tell_turned(
    conn: asyncpg.Connection, house: House, licence: Licence, turn: Turn, *, official: bool
) -> None:
    """That it was renewed, which silence does too; that a department ended it, which nobody had asked for."""
    standing, facts = licence.standing, facts_of(house, licence)
    if turn is Turn.RENEWED:
        key = f"licence_renewed:{licence.number}:{standing.until}"
        await tell(conn, house, licence.holder_id, "licence_renewed", key, facts)
    elif official:
        key, words = f"licence_ended:{licence.number}", ENDED[standing.state]
        await tell(
            conn,
            house,
            licence.holder_id,
            "licence_ended",
            key,
            facts | {"state": words[0], "state_en": words[1]},
        )


async def tell_of_plea(conn: asyncpg.Connection, house: House, case: Case, event: Event) -> None:
    """Nobody looks every day for a case that they did not file."""
    licence = await conn.fetchrow("SELECT * FROM licence WHERE number = $1", case.state.licence["number"])
    found = Licence.of(licence)
    await tell(conn, house, found.holder_id, "plea_asked", f"plea:{case.no}", facts_of(house, found))


def renewal_of(house: House, item_code: str) -> Item | None:
    """The item by which its licences are renewed."""
    found = (
        i for i in house.items.listed() if i.acts_on and i.acts_on.as_ == "renewal" and i.family == item_code
    )
    return next(found, None)


def _advice(house: House, licence: Licence) -> dict[str, str]:
    """By when to ask for a renewal, where there is such a thing."""
    item = renewal_of(house, licence.item_code)
    window = renewal_window(item, licence, house) if item else None
    if window is None:
        return {"advice": "", "advice_en": ""}
    first, last = window.opens or date.min, window.closes
    if first > licence.issued_on + timedelta(days=1):
        return {
            "advice": f"需要延续的，请在{first}至{last}之间申请。",
            "advice_en": f"To renew it, apply from {first} to {last}.",
        }
    return {
        "advice": f"需要延续的，请在{last}前（含当日）申请。",
        "advice_en": f"To renew it, apply by {last}.",
    }
