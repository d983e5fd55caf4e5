"""What a scanner said of each file; self-service terminals, their sessions, and calls for help at them."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.plain import run_sql

revision = "0011_kiosk"
down_revision = "0010_catalogue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_scan",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("scanner", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('clean', 'infected', 'unscanned')", name="known_scan_state"),
        sa.PrimaryKeyConstraint("file"),
    )
    op.create_index("file_unscanned", "file_scan", ["at", "file"], postgresql_where=sa.text("state = 'unscanned'"))
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "kiosk_call",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kiosk_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosk.id"]),
        sa.ForeignKeyConstraint(["taken_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "kiosk_call_open", "kiosk_call", ["kiosk_id"], unique=True, postgresql_where=sa.text("taken_at IS NULL")
    )
    run_sql("0011_kiosk.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
