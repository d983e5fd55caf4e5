"""What a decision does to a licence: a new one, or another turn in the life of one. Once per case, in one transaction."""

from dataclasses import replace

import asyncpg

from forms import Item, Result
from services.cases.log import Case, Pen, load
from services.house import House
from services.law.fees import owes
from services.law.licences import Turn, issued, possible, turned
from services.law.numbers import credit_code, food_licence_number
from services.law.roles import SYSTEM, Role
from services.licences.register import Licence, enter, enter_new, read_licence
from services.licences.telling import tell_turned
from services.store.numbering import next_number

_TURNS = {
    "renewal": Turn.RENEWED,
    "change": Turn.AMENDED,
    "replacement": Turn.REISSUED,
    "cancellation": Turn.CANCELLED,
    "revocation": Turn.REVOKED,
}


async def issue_licence(conn: asyncpg.Connection, house: House, case_no: str, key: str) -> None:
    """制证. Call in a transaction; a case that has done what it decided has done it."""
    case = await load(conn, case_no, lock=True)
    assert case is not None
    assert not owes(case.state), "no licence is made before its fee is paid or remitted"
    if await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", case_no, key):
        return
    item, pen = house.items.get(case.item_code, case.item_version), Pen(case, house.now())
    if case.state.licence:
        await _act(conn, house, pen, case, item, key)
    else:
        await _issue(conn, pen, case, item, key)
    await pen.commit(conn, ring=False)


async def _issue(conn: asyncpg.Connection, pen: Pen, case: Case, item: Item, key: str) -> None:
    day, result = case.state.decided_on, item.result
    assert day
    assert result
    assert case.applicant_id
    number = await _number(conn, result, case.district)
    standing = issued(day, result.validity_years)
    await enter_new(conn, pen, Licence(number, case.no, item.family, case.applicant_id, day, standing), key)


async def _act(conn: asyncpg.Connection, house: House, pen: Pen, case: Case, item: Item, key: str) -> None:
    acts, day = case.state.licence, case.state.decided_on
    assert day
    licence = await read_licence(conn, acts["number"], lock=True)
    assert licence
    turn = _TURNS[acts["as"]]
    if turn is Turn.RENEWED and not acts["in_time"]:
        turn = Turn.REPLACED  # handled as a new application: a new licence takes the place of the old one
    if not possible(licence.standing, turn):
        # Another case was faster: it was revoked, say, while its change was under review. There is nothing to change.
        data = {"number": licence.number, "state": licence.standing.state.value}
        pen.write("licence_unchanged", key, actor=SYSTEM.id, role=Role.SYSTEM.value, data=data)
        return
    if turn is Turn.REPLACED:
        await _issue(conn, pen, case, item, key)
        key = f"{key}:replaced"
    years = item.result.validity_years if item.result else None
    then = turned(licence.standing, turn, years=years)
    await enter(conn, pen, licence, turn, then, key, day)
    await tell_turned(conn, house, replace(licence, standing=then), turn, official=case.kind == "official")


async def _number(conn: asyncpg.Connection, result: Result, district: str) -> str:
    serial = await next_number(conn, f"licence:{result.prefix}{result.category}:{district}")
    if result.number == "credit_code":
        return credit_code(result.prefix, district, serial)
    number = food_licence_number(result.category or "0", district, serial)
    return result.prefix + number.removeprefix("JY")
