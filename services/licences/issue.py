"""Issuing a licence: number, row and event in one transaction, once per case."""

from datetime import date, timedelta

import asyncpg

from forms import Result
from services.cases.log import Pen, load
from services.house import House
from services.law.clock import add_months
from services.law.fees import owes
from services.law.numbers import credit_code, food_licence_number
from services.law.roles import SYSTEM, Role
from services.store.numbering import next_number


async def issue_licence(conn: asyncpg.Connection, house: House, case_no: str, key: str) -> None:
    """制证. Call in a transaction; a case that has its licence keeps it."""
    case = await load(conn, case_no, lock=True)
    assert case is not None
    assert case.state.decided_on
    assert not owes(case.state), "no licence is made before its fee is paid or remitted"
    if await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", case_no, key):
        return
    result = house.items.get(case.item_code, case.item_version).result
    assert result is not None
    number = await _number(conn, result, case.district)
    valid_until = _valid_until(result, case.state.decided_on)
    await conn.execute(
        "INSERT INTO licence (number, case_no, item_code, holder_id, issued_on, valid_until, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, 'valid')",
        number, case_no, case.item_code, case.applicant_id, case.state.decided_on, valid_until,
    )  # fmt: skip
    pen = Pen(case, house.now())
    until = valid_until.isoformat() if valid_until else None
    pen.write(
        "licence_issued",
        key,
        actor=SYSTEM.id,
        role=Role.SYSTEM.value,
        data={"number": number, "until": until},
    )
    await pen.commit(conn, ring=False)


async def _number(conn: asyncpg.Connection, result: Result, district: str) -> str:
    serial = await next_number(conn, f"licence:{result.prefix}{result.category}:{district}")
    if result.number == "credit_code":
        return credit_code(result.prefix, district, serial)
    number = food_licence_number(result.category or "0", district, serial)
    return result.prefix + number.removeprefix("JY")


def _valid_until(result: Result, day: date) -> date | None:
    if result.validity_years is None:
        return None
    # Valid through the day before the same day n years on.
    return add_months(day, 12 * result.validity_years) - timedelta(days=1)
