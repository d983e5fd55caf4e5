"""A work order about a case shows in that case's history too."""

import asyncpg

from services.cases.histories import history
from services.cases.log import Pen, load
from services.house import House
from services.law.roles import SYSTEM, Role


async def tell_linked(conn: asyncpg.Connection, house: House, order_no: str, key: str, outcome: str) -> None:
    """Record the order's end on the case it is about, and on the order that this was done. Call in a transaction."""
    order = await load(conn, order_no, lock=True)
    assert order is not None
    assert order.linked_no
    if await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", order_no, key):
        return
    linked = await load(conn, order.linked_no, lock=True)
    upheld = await _upheld(conn, order_no)
    for case, at, data in (
        (
            linked,
            f"order_closed:{order_no}",
            {"order": order_no, "outcome": outcome, **({"upheld": upheld} if upheld else {})},
        ),
        (order, key, {"case": order.linked_no}),
    ):
        pen = Pen(case, house.now())
        kind = "order_answered" if case is linked else "linked_told"
        pen.write(kind, at, actor=SYSTEM.id, role=Role.SYSTEM.value, data=data)
        # Whether a complaint that was upheld is a card is the case's own clockwork to say. Other news changes no case.
        await pen.commit(conn, ring=case is linked and bool(upheld))


async def _upheld(conn: asyncpg.Connection, order_no: str) -> str:
    """What the last reply found of the complaint."""
    replies = [t.event for t in await history(conn, order_no) if t.event.kind == "replied"]
    return (replies[-1].data.get("upheld") if replies else None) or ""
