"""Authorisations with a scope, guardians with their evidence and consent, helpers, and who may not act any more."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from infra.migrations.plain import run_sql

revision = "0009_agents"
down_revision = "0005_licences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("representation", sa.Column("evidence", sa.String(), nullable=True))
    op.add_column("representation", sa.Column("evidence_file", sa.String(), nullable=True))
    op.add_column("representation", sa.Column("recorded_by", sa.String(), nullable=True))
    op.add_column("representation", sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key("representation_recorded_by_fkey", "representation", "account", ["recorded_by"], ["id"])
    op.create_table(
        "authorisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("principal_id", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        sa.Column("items", ARRAY(sa.Text()), nullable=False),
        sa.Column("department", sa.String(), nullable=False, server_default=""),
        sa.Column("actions", ARRAY(sa.Text()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("verified", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.CheckConstraint("principal_id <> agent_id", name="not_oneself"),
        sa.CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
        sa.CheckConstraint("cardinality(actions) > 0", name="gives_something"),
        sa.CheckConstraint("(cardinality(items) > 0) <> (department <> '')", name="items_or_a_department"),
        sa.ForeignKeyConstraint(["principal_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["agent_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("authorisation_of_agent", "authorisation", ["agent_id"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index("authorisation_of_principal", "authorisation", ["principal_id"])
    op.create_table(
        "authorisation_event",
        sa.Column("authorisation_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["authorisation_id"], ["authorisation.id"]),
        sa.ForeignKeyConstraint(["by"], ["account.id"]),
        sa.PrimaryKeyConstraint("authorisation_id", "n"),
    )
    op.create_table(
        "guardian_consent",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("child_id", sa.String(), nullable=False),
        sa.Column("guardian_id", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("turn IN ('given', 'withdrawn')", name="known_turn"),
        sa.CheckConstraint("way IN ('online', 'counter')", name="known_way"),
        sa.ForeignKeyConstraint(["child_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["guardian_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("guardian_consent_of_child", "guardian_consent", ["child_id", "at"])
    op.create_table(
        "subject_status",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("evidence_file", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('deceased', 'incapacitated', 'own_living')", name="known_kind"),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"]),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subject_status_of_subject", "subject_status", ["subject_id"], postgresql_where=sa.text("lifted_at IS NULL")
    )
    op.create_table(
        "assistance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False, server_default=""),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('signature', 'sms', 'face')", name="known_way"),
        sa.CheckConstraint("contact IN ('own', 'family', 'village')", name="known_contact"),
        sa.ForeignKeyConstraint(["helper_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["case_no"], ["cases.no"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("assistance_of_case", "assistance", ["case_no"], unique=True)
    op.create_index("assistance_of_subject", "assistance", ["subject_id", "at"])
    op.create_table(
        "consent_code",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["helper_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("consent_code_expiry", "consent_code", ["until"])
    run_sql("0009_agents.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
