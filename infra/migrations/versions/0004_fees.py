"""Fees: orders, payments, what the payment platform said, and the book of the platform that stands in for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.plain import run_sql

revision = "0004_fees"
down_revision = "0003_calendars"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "payment_order",
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("placed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_no"], ["cases.no"]),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("payment_order_of_case", "payment_order", ["case_no", "moment"], unique=True)
    op.create_index("payment_order_placed", "payment_order", ["placed_at"])
    op.create_table(
        "payment",
        sa.Column("transaction", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", _MOMENT, nullable=False),
        sa.Column("heard_at", _MOMENT, nullable=False),
        sa.Column("refund_reason", sa.String(), nullable=True),
        sa.Column("refund_ordered_at", _MOMENT, nullable=True),
        sa.Column("refund_tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refund_trouble", sa.String(), nullable=True),
        sa.Column("refund_no", sa.String(), nullable=True),
        sa.Column("refunded_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["order_no"], ["payment_order.no"]),
        sa.PrimaryKeyConstraint("transaction"),
    )
    op.create_index("payment_of_order", "payment", ["order_no"])
    op.create_index(
        "payment_to_return",
        "payment",
        ["refund_ordered_at"],
        postgresql_where=sa.text("refund_reason is not null and refunded_at is null"),
    )
    op.create_table(
        "platform_message",
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("heard_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("nonce"),
    )
    op.create_table(
        "demo_bill",
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("back", sa.String(), nullable=False),
        sa.Column("placed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("order_no"),
        sa.UniqueConstraint("ref"),
    )
    op.create_table(
        "demo_payment",
        sa.Column("transaction", sa.String(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", _MOMENT, nullable=False),
        sa.Column("refund_no", sa.String(), nullable=True),
        sa.Column("refunded_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["order_no"], ["demo_bill.order_no"]),
        sa.PrimaryKeyConstraint("transaction"),
    )
    op.create_index("demo_payment_of_bill", "demo_payment", ["order_no"])
    run_sql("0004_fees.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
