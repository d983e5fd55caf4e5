"""撤销 after a promise that was not kept: the licence's turn follows the decision, in its transaction."""

import asyncpg

from services.cases.log import Case, Pen, load
from services.house import House
from services.law.chain import Event
from services.law.licences import Turn, possible, turned
from services.licences.register import enter, read_licence


async def revoke_licence(conn: asyncpg.Connection, house: House, case: Case, event: Event) -> None:
    """What this case issued. A licence that ended meanwhile stays as it ended."""
    number = await conn.fetchval("SELECT number FROM licence WHERE case_no = $1", case.no)
    licence = await read_licence(conn, number, lock=True) if number else None
    if licence is None or not possible(licence.standing, Turn.REVOKED):
        return
    decided = await load(conn, case.no)
    assert decided
    pen, then = Pen(decided, house.now()), turned(licence.standing, Turn.REVOKED)
    await enter(conn, pen, licence, Turn.REVOKED, then, f"licence:revoked:{event.seq}", event.on)
    await pen.commit(conn, ring=False)
