"""A work order about a case shows in that case's history too."""

import asyncpg

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
    for case, at, data in (
        (linked, f"order_closed:{order_no}", {"order": order_no, "outcome": outcome}),
        (order, key, {"case": order.linked_no}),
    ):
        pen = Pen(case, house.now())
        kind = "order_answered" if case is linked else "linked_told"
        pen.write(kind, at, actor=SYSTEM.id, role=Role.SYSTEM.value, data=data)
        await pen.commit(conn, ring=False)
