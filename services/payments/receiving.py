"""Hearing the platform: money that came is the fee, or it goes back. Committed before the platform is told that we know."""

from dataclasses import dataclass

import asyncpg

from services.cases.log import Pen, load
from services.errors import NotFound
from services.house import House
from services.law.fees import why_not
from services.law.roles import Role
from services.payments.messages import Message, believed
from services.payments.platform import Receipt
from services.payments.refunds import PLATFORM, confirm, send_back


@dataclass(frozen=True, slots=True)
class Heard:
    """`goes_back`: why the money is not the fee. `repeated`: we knew already, and nothing was written."""

    case_no: str
    goes_back: str | None = None
    repeated: bool = False


async def hear(house: House, body: bytes, signature: str) -> Heard:
    """One message of the platform, however often and in whatever order it comes.

    Raises NotBelieved, and NotFound for an order or a transaction that we do not know (yet): the platform asks again.
    """
    message = believed(house.platform, body, signature, house.now())
    async with house.db.transaction() as tx:
        await _keep(tx, house, message, body, signature)
        if message.kind == "refunded":
            return Heard(await confirm(tx, house, message.transaction, message.refund))
        heard = await take(tx, house, Receipt(message.order, message.transaction, message.fen, message.at))
    if heard.goes_back and not heard.repeated:
        await send_back(house, message.transaction)
    return heard


async def _keep(tx: asyncpg.Connection, house: House, message: Message, body: bytes, signature: str) -> None:
    """What the platform said, with its signature: evidence. The same message twice is one."""
    await tx.execute(
        "INSERT INTO platform_message (nonce, body, signature, heard_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (nonce) DO NOTHING",
        message.nonce, body.decode(), signature, house.now(),
    )  # fmt: skip


async def take(tx: asyncpg.Connection, house: House, receipt: Receipt) -> Heard:
    """Money that came, written down once. Call in a transaction. Raises NotFound."""
    order = await tx.fetchrow("SELECT case_no, moment, fen FROM payment_order WHERE no = $1", receipt.order)
    if order is None:
        raise NotFound("没有这个缴款单", f"No such order: {receipt.order}")
    case, moment = await load(tx, order["case_no"], lock=True), order["moment"]
    assert case is not None
    known = await tx.fetchrow("SELECT refund_reason FROM payment WHERE transaction = $1", receipt.transaction)
    if known:
        return Heard(case.no, known["refund_reason"], repeated=True)
    key = f"payment#{moment}"
    task = await tx.fetchrow(
        "SELECT id, CASE WHEN silence IS NOT NULL THEN due_at END AS until FROM task "
        "WHERE case_no = $1 AND key = $2",
        case.no, key,
    )  # fmt: skip
    until = task["until"] if task else None
    why = why_not(case.state.fees[moment], order["fen"], receipt.fen, receipt.paid_at, until)
    pen = Pen(case, house.now())
    data = {
        "moment": moment,
        "order": receipt.order,
        "transaction": receipt.transaction,
        "fen": receipt.fen,
        "paid_at": receipt.paid_at.isoformat(),
    }
    if why:
        data |= {"reason": why, "asked": order["fen"]}
        pen.write(
            "refund_ordered", f"refund_ordered:{receipt.transaction}", actor=PLATFORM, role=Role.SYSTEM.value,
            data=data,
        )  # fmt: skip
    else:
        pen.write(
            "paid", f"paid:{receipt.transaction}", actor=PLATFORM, role=Role.SYSTEM.value, task=key, data=data
        )
    await pen.commit(tx, close=task["id"] if task and not why else None)
    await tx.execute(
        "INSERT INTO payment (transaction, order_no, fen, paid_at, heard_at, refund_reason, refund_ordered_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        receipt.transaction, receipt.order, receipt.fen, receipt.paid_at, pen.now, why, pen.now if why else None,
    )  # fmt: skip
    return Heard(case.no, why)
