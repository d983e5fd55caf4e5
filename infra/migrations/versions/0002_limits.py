"""A task says what its due date was counted from, and whether it waits for somebody at all."""

import sqlalchemy as sa
from alembic import op

revision = "0002_limits"
down_revision = "0001_baseline"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("limit_n", sa.Integer(), nullable=True))
    op.add_column("task", sa.Column("limit_unit", sa.String(), nullable=True))
    op.add_column("task", sa.Column("since_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("stops", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("task", sa.Column("standing", sa.Boolean(), nullable=False, server_default=sa.text("false")))


def downgrade() -> None:
    raise NotImplementedError("a legal record is not taken back; restore a backup instead")
