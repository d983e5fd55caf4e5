"""An item has a life too: who published which version for which day, and who suspended or withdrew it, and why."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.plain import run_sql

revision = "0010_catalogue"
down_revision = "0008_e_licences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_turn",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("item_turn_of_item", "item_turn", ["code", "id"])
    run_sql("0010_catalogue.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
