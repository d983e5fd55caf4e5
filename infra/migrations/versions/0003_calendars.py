"""Notices of days off are kept in the store, and a case says which calendar its dates were counted with."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.plain import run_sql

revision = "0003_calendars"
down_revision = "0002_limits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_notice",
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("district", "year", "edition"),
    )
    op.add_column("cases", sa.Column("calendar", sa.String(), nullable=True))
    run_sql("0003_calendars.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
