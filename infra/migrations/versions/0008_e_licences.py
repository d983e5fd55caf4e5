"""The e-licence library: licences of other bodies, their holders' consent, and the log of every use."""

import sqlalchemy as sa
from alembic import op

from infra.migrations.plain import run_sql

revision = "0008_e_licences"
down_revision = "0007_one_number"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "e_licence",
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issuer_name", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_note", sa.String(), nullable=False),
        sa.Column("trust", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["subject.id"]),
        sa.PrimaryKeyConstraint("identifier"),
    )
    op.create_index("e_licence_of_holder", "e_licence", ["holder_id", "type_code"])
    op.create_index(
        "e_licence_of_serial", "e_licence", ["issuer", "serial", "type_code", "version"], unique=True
    )
    op.create_table(
        "e_licence_event",
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_note", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["identifier"], ["e_licence.identifier"]),
        sa.PrimaryKeyConstraint("identifier", "n"),
    )
    op.create_table(
        "licence_consent",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("licence_consent_for", "licence_consent", ["token"])
    op.create_index("licence_consent_to", "licence_consent", ["identifier"])
    op.create_table(
        "licence_consent_end",
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["licence_consent.id"]),
        sa.ForeignKeyConstraint(["by"], ["account.id"]),
        sa.PrimaryKeyConstraint("consent_id"),
    )
    op.create_table(
        "licence_use",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("item_code", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["subject.id"]),
        sa.ForeignKeyConstraint(["case_no"], ["cases.no"]),
        sa.ForeignKeyConstraint(["consent_id"], ["licence_consent.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("licence_use_of", "licence_use", ["identifier", "at"])
    op.create_index("licence_use_in", "licence_use", ["case_no"])
    op.add_column("material", sa.Column("consent_id", sa.String(), nullable=True))
    op.create_foreign_key(None, "material", "licence_consent", ["consent_id"], ["id"])
    run_sql("0008_e_licences.sql")


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
