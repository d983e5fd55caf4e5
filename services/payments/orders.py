"""Ordering a payment (缴款通知): what this case has to pay now, placed with the platform and written down."""

import asyncpg

from forms import Charge, Item, charges
from services.cases.log import Case, Pen, load
from services.cases.rounds import read_answers
from services.errors import NotFound
from services.house import House
from services.law.fees import DUE
from services.law.roles import SYSTEM, Role
from services.payments.platform import Bill

_LAST = {"acceptance": "A", "grant": "G"}


async def order_payment(house: House, case_no: str, key: str, moment: str) -> None:
    """May be repeated at any time; there is one order a moment. Raises PlatformDown: nothing was written then.

    A case that ended meanwhile owes nothing, and nothing is ordered of it.
    """
    async with house.db.connection() as conn:
        case = await _owing(conn, case_no, moment)
        if case is None:
            return
        item = house.items.get(case.item_code, case.item_version)
        lines = charges(item, await read_answers(conn, house, case_no, case.state.round), moment)
    bill = _bill(house, case, item, lines, moment)
    address = await house.platform.place(bill) if bill.fen else ""
    async with house.db.transaction() as tx:
        case = await _owing(tx, case_no, moment, lock=True)
        if case is not None:
            await _record(tx, house, case, key, moment, bill, lines, address)


async def _owing(conn: asyncpg.Connection, case_no: str, moment: str, *, lock: bool = False) -> Case | None:
    case = await load(conn, case_no, lock=lock)
    if case is None:
        raise NotFound("没有这个办件", f"No such case: {case_no}")
    return case if case.state.fees.get(moment) == DUE else None


def _bill(house: House, case: Case, item: Item, lines: tuple[Charge, ...], moment: str) -> Bill:
    return Bill(
        # The platform knows an order by this number alone, so it is the same at every try.
        order=case.no + _LAST[moment],
        payee=item.department,
        payee_name=item.department_name.zh,
        what="、".join(line.fee.name.zh for line in lines),
        fen=sum(line.fen for line in lines),
        back=f"{house.base_url}/cases/{case.no}?done=pay",
    )


async def _record(
    tx: asyncpg.Connection, house: House, case: Case, key: str, moment: str, bill: Bill,
    lines: tuple[Charge, ...], address: str,
) -> None:  # fmt: skip
    # Why somebody pays less is personal: it stands in their answers and on their own papers, not in the log.
    told = [{"fee": line.fee.code, "fen": line.fen} for line in lines]
    data = {"moment": moment, "fen": bill.fen, "lines": told}
    kind = "fee_free"
    if bill.fen:
        kind, data["order"] = "fee_ordered", bill.order
    pen = Pen(case, house.now())
    pen.write(kind, key, actor=SYSTEM.id, role=Role.SYSTEM.value, task=f"fee#{moment}", data=data)
    await pen.commit(tx, ring=False)
    if bill.fen:
        await tx.execute(
            "INSERT INTO payment_order (no, case_no, moment, fen, lines, address, placed_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            bill.order, case.no, moment, bill.fen, told, address, pen.now,
        )  # fmt: skip
