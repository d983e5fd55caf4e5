"""A licence has a life: its turns, who is barred from another one, and what its holder was told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from infra.migrations.plain import run_sql

revision = "0005_licences"
down_revision = "0004_fees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("licence_no", sa.String(), nullable=True))
    op.create_index(
        "cases_by_licence", "cases", ["licence_no"], postgresql_where=sa.text("licence_no is not null")
    )
    op.add_column("licence", sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_index("licence_of_holder", "licence", ["holder_id"])
    op.create_index("licence_running", "licence", ["valid_until", "number"], postgresql_where=sa.text("state = 'valid'"))
    op.create_table(
        "licence_event",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["licence.number"]),
        sa.ForeignKeyConstraint(["case_no"], ["cases.no"]),
        sa.PrimaryKeyConstraint("number", "n"),
    )
    op.create_index("licence_event_of_case", "licence_event", ["case_no"])
    op.create_table(
        "licence_bar",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["case_no"], ["cases.no"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("licence_bar_of_subject", "licence_bar", ["subject_id", "item_code"])
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("notice_of_subject", "notice", ["subject_id", "at"])
    op.create_table(
        "sms",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    run_sql("0005_licences.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
