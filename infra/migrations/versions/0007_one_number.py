"""One number: further papers and ties of subjects, who looked at whose data, and the stand-in registers' book."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.plain import run_sql

revision = "0007_one_number"
down_revision = "0005_licences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_paper",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("index", sa.LargeBinary(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.PrimaryKeyConstraint("type", "index"),
    )
    op.create_index("subject_paper_of_subject", "subject_paper", ["subject_id"])
    op.create_table(
        "subject_tie",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_type", sa.String(), nullable=False),
        sa.Column("other_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('spouse', 'child', 'parent', 'guardian', 'ward', 'legal_representative', 'heads', "
            "'works_for')",
            name="known_tie",
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subject_tie_standing", "subject_tie", ["subject_id", "kind", "other_index"], unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "look_up",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("look_up_of_subject", "look_up", ["subject_id", "id"])
    op.create_table(
        "demo_register",
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("query", "key"),
    )
    run_sql("0007_one_number.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
