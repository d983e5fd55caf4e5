"""What a case has to pay, has paid and got back, as its pages and the API tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import asyncpg

from forms import yuan
from services.cases.log import Case

_ORDERS = """
SELECT o.*, t.due_on AS until FROM payment_order o
LEFT JOIN task t ON t.case_no = o.case_no AND t.key = 'payment#' || o.moment WHERE o.case_no = $1 ORDER BY o.placed_at
"""
_PAYMENTS = """
SELECT p.* FROM payment p JOIN payment_order o ON o.no = p.order_no WHERE o.case_no = $1 ORDER BY p.heard_at
"""
_UNFINISHED = """
SELECT p.*, o.case_no, c.title, c.department FROM payment p JOIN payment_order o ON o.no = p.order_no
JOIN cases c ON c.no = o.case_no WHERE p.refund_reason IS NOT NULL AND p.refunded_at IS NULL
    AND ($1 = '' OR c.district = $1) ORDER BY p.refund_ordered_at
"""


@dataclass(frozen=True, slots=True)
class Money:
    """One payment as it came. `reason`: why it goes back or went; empty for the fee itself."""

    transaction: str
    amount: Decimal
    paid_at: datetime
    reason: str
    refunded_at: datetime | None
    tries: int
    trouble: str


@dataclass(frozen=True, slots=True)
class Order:
    """缴款单. `stands`: see services.law.fees; `until`: the last day to pay. `address` is where it is paid."""

    no: str
    moment: str
    amount: Decimal
    lines: Sequence[dict[str, Any]]
    stands: str
    placed_at: datetime
    until: date | None
    address: str
    payments: tuple[Money, ...]

    @property
    def payable(self) -> bool:
        return self.stands == "ordered"


async def orders_of(conn: asyncpg.Connection, case: Case) -> list[Order]:
    """Oldest first; empty for a case that costs nothing, without asking the store."""
    if not case.state.fees:
        return []
    orders = await conn.fetch(_ORDERS, case.no)
    payments = await conn.fetch(_PAYMENTS, case.no)
    return [_order(row, case, payments) for row in orders]


async def unfinished_refunds(conn: asyncpg.Connection, district: str) -> list[asyncpg.Record]:
    """Money that was ordered back and is not back yet, the oldest first."""
    return await conn.fetch(_UNFINISHED, district)


def _order(row: asyncpg.Record, case: Case, payments: list[asyncpg.Record]) -> Order:
    mine = tuple(_money(p) for p in payments if p["order_no"] == row["no"])
    return Order(
        row["no"], row["moment"], yuan(row["fen"]), row["lines"], case.state.fees[row["moment"]], row["placed_at"],
        row["until"], row["address"], mine,
    )  # fmt: skip


def _money(row: asyncpg.Record) -> Money:
    return Money(
        row["transaction"], yuan(row["fen"]), row["paid_at"], row["refund_reason"] or "", row["refunded_at"],
        row["refund_tries"], row["refund_trouble"] or "",
    )  # fmt: skip
