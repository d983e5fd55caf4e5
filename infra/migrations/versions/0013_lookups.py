"""Lookups: what pages ask by, that no index led to. Each of these read its whole table."""

import sqlalchemy as sa
from alembic import op

revision = "0013_lookups"
down_revision = "0012_worklists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Each act makes a new entry in every index of its case, so what little uses goes.
    op.drop_index("cases_by_department", "cases")
    op.create_index(
        "cases_watched", "cases", ["district", "finished", "due_at", sa.text("filed_at DESC")]
    )
    op.create_index(
        "cases_decided",
        "cases",
        [sa.text("(state ->> 'decided_on')")],
        postgresql_where=sa.text("kind = 'application' and (state ->> 'decided_on') is not null"),
    )
    op.create_index("cases_orders", "cases", ["filed_at"], postgresql_where=sa.text("kind = 'order'"))
    op.create_index(
        "document_of_licence", "document", ["number"], postgresql_where=sa.text("kind = 'licence'")
    )
    op.create_index(
        "licence_use_by", "licence_use", ["consent_id"], postgresql_where=sa.text("consent_id IS NOT NULL")
    )


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
