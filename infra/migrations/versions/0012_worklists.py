"""Worklists: tasks know their case's kind, and lie in the order in which a window reads them."""

import sqlalchemy as sa
from alembic import op

revision = "0012_worklists"
down_revision = "0011_kiosk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("kind", sa.String(), nullable=True))
    op.execute("UPDATE task SET kind = cases.kind FROM cases WHERE cases.no = task.case_no")
    op.alter_column("task", "kind", nullable=False)
    op.drop_index("task_worklist", "task")
    op.create_index(
        "task_worklist",
        "task",
        ["role", "district", "due_at", "id"],
        postgresql_where=sa.text("state = 'open' and role <> 'applicant'"),
    )


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
