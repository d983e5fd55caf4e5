"""退费: ordered in the log first, then asked of the platform until it says that the money is back."""

from datetime import datetime

import asyncpg

from services.cases.log import Pen, load
from services.errors import NotFound
from services.house import House
from services.law.fees import OF_THE_FEE
from services.law.roles import SYSTEM, Role
from services.payments.platform import PlatformDown

PLATFORM = "payment-platform"  # who says in the log that money moved
_LONGEST = 300

_PAYMENT = """
SELECT p.*, o.case_no, o.moment FROM payment p JOIN payment_order o ON o.no = p.order_no WHERE p.transaction = $1
"""


async def order_refund(house: House, case_no: str, key: str, reason: str) -> None:
    """The fee of the moment that the key names goes back whole. May be repeated; it is ordered once."""
    moment = key.partition(":")[2]
    async with house.db.transaction() as tx:
        case = await load(tx, case_no, lock=True)
        assert case is not None
        paid = await tx.fetchrow(
            "SELECT p.transaction, p.order_no, p.fen FROM payment p JOIN payment_order o ON o.no = p.order_no "
            "WHERE o.case_no = $1 AND o.moment = $2 AND p.refund_reason IS NULL FOR UPDATE OF p",
            case_no, moment,
        )  # fmt: skip
        if paid is None:
            return  # ordered before
        pen = Pen(case, house.now())
        data = {
            "moment": moment,
            "order": paid["order_no"],
            "transaction": paid["transaction"],
            "fen": paid["fen"],
            "reason": reason,
        }
        pen.write(
            "refund_ordered", key, actor=SYSTEM.id, role=Role.SYSTEM.value, task=f"fee#{moment}", data=data
        )
        await pen.commit(tx, ring=False)
        await tx.execute(
            "UPDATE payment SET refund_reason = $2, refund_ordered_at = $3 WHERE transaction = $1",
            paid["transaction"], reason, pen.now,
        )  # fmt: skip
    await send_back(house, paid["transaction"])


async def send_back(house: House, transaction: str) -> bool:
    """Ask the platform for a refund that was ordered; whether the money is back. A failure is kept and tried again."""
    async with house.db.connection() as conn:
        row = await conn.fetchrow(_PAYMENT, transaction)
    assert row is not None
    assert row["refund_reason"]
    if row["refunded_at"]:
        return True
    try:
        number = await house.platform.refund(transaction, row["fen"])
    except PlatformDown as trouble:
        await _failed(house, transaction, str(trouble)[:_LONGEST])
        return False
    if number is None:
        return False
    async with house.db.transaction() as tx:
        await confirm(tx, house, transaction, number)
    return True


async def confirm(tx: asyncpg.Connection, house: House, transaction: str, number: str) -> str:
    """The money is back: written once. Returns the case's number. Call in a transaction. Raises NotFound."""
    row = await _locked(tx, transaction)
    if row is None or not row["refund_reason"]:
        raise NotFound("没有这笔退费", f"No refund of {transaction} was ordered")
    if row["refunded_at"]:
        return row["case_no"]
    # What waits for it is the procedure, and only where it was the case's own fee.
    key = row["moment"] if row["refund_reason"] in OF_THE_FEE else transaction
    data = _said(row) | {"refund": number}
    at = await _note(tx, house, row, "refunded", f"refunded:{key}", data)
    await tx.execute(
        "UPDATE payment SET refunded_at = $2, refund_no = $3, refund_trouble = NULL WHERE transaction = $1",
        transaction, at, number,
    )  # fmt: skip
    return row["case_no"]


async def _failed(house: House, transaction: str, trouble: str) -> None:
    """The log says once that it failed; how often it was tried stands with the payment."""
    async with house.db.transaction() as tx:
        row = await _locked(tx, transaction)
        assert row is not None
        if row["refunded_at"]:
            return
        if not row["refund_tries"]:
            await _note(tx, house, row, "refund_failed", f"refund_failed:{transaction}", _said(row))
        await tx.execute(
            "UPDATE payment SET refund_tries = refund_tries + 1, refund_trouble = $2 WHERE transaction = $1",
            transaction, trouble,
        )  # fmt: skip


async def _locked(tx: asyncpg.Connection, transaction: str) -> asyncpg.Record | None:
    """The payment, once its case is ours alone: two that confirm at once would both write."""
    row = await tx.fetchrow(_PAYMENT, transaction)
    if row:
        await load(tx, row["case_no"], lock=True)
        row = await tx.fetchrow(_PAYMENT, transaction)
    return row


def _said(row: asyncpg.Record) -> dict[str, object]:
    return {
        "moment": row["moment"],
        "order": row["order_no"],
        "transaction": row["transaction"],
        "fen": row["fen"],
        "reason": row["refund_reason"],
    }


async def _note(
    tx: asyncpg.Connection, house: House, row: asyncpg.Record, kind: str, key: str, data: dict[str, object]
) -> datetime:
    case = await load(tx, row["case_no"])
    assert case is not None
    pen = Pen(case, house.now())
    pen.write(kind, key, actor=PLATFORM, role=Role.SYSTEM.value, data=data)
    await pen.commit(tx)
    return pen.now
