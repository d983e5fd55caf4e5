"""Fees: what was ordered, what money came, and what the platform said. The case's log says what each of it means."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from services.store.tables.columns import moment


def _fen() -> Any:
    return Field(sa_column=Column(BigInteger, nullable=False))


class PaymentOrder(SQLModel, table=True):
    """缴款单: at most one at acceptance and one at a grant. Whether it is paid stands in the case's state."""

    __tablename__ = "payment_order"
    __table_args__ = (
        Index("payment_order_of_case", "case_no", "moment", unique=True),
        Index("payment_order_placed", "placed_at"),
    )
    no: str = Field(primary_key=True)
    case_no: str = Field(foreign_key="cases.no")
    moment: str  # acceptance or grant
    fen: int = _fen()
    lines: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    address: str  # where it is paid
    placed_at: datetime = moment(nullable=False)


class Payment(SQLModel, table=True):
    """到账: money that came, once for each of the platform's transactions, and how it goes back if it does."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("payment_of_order", "order_no"),
        Index(
            "payment_to_return",
            "refund_ordered_at",
            postgresql_where=text("refund_reason is not null and refunded_at is null"),
        ),
    )
    transaction: str = Field(primary_key=True)
    order_no: str = Field(foreign_key="payment_order.no")
    fen: int = _fen()
    paid_at: datetime = moment(nullable=False)
    heard_at: datetime = moment(nullable=False)
    refund_reason: str | None = None  # twice, late, amount, or why the case's own fee goes back
    refund_ordered_at: datetime | None = moment()
    refund_tries: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    refund_trouble: str | None = None  # what the platform said the last time
    refund_no: str | None = None
    refunded_at: datetime | None = moment()


class PlatformMessage(SQLModel, table=True):
    """What the payment platform told us, signed. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "platform_message"
    nonce: str = Field(primary_key=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    signature: str
    heard_at: datetime = moment(nullable=False)


class DemoBill(SQLModel, table=True):
    """The stand-in platform's own book: nothing else reads it."""

    __tablename__ = "demo_bill"
    order_no: str = Field(primary_key=True)
    ref: str = Field(unique=True)
    payee: str
    what: str
    fen: int = _fen()
    back: str
    placed_at: datetime = moment(nullable=False)


class DemoPayment(SQLModel, table=True):
    """The stand-in platform's own book."""

    __tablename__ = "demo_payment"
    __table_args__ = (Index("demo_payment_of_bill", "order_no"),)
    transaction: str = Field(primary_key=True)
    order_no: str = Field(foreign_key="demo_bill.order_no")
    fen: int = _fen()
    paid_at: datetime = moment(nullable=False)
    refund_no: str | None = None
    refunded_at: datetime | None = moment()
