"""How often a next step was shared, in the place of whether it ever was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("step", sa.Column("sharings", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE step SET sharings = 1 WHERE announced")
    op.drop_column("step", "announced")


def downgrade() -> None:
    op.add_column("step", sa.Column("announced", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE step SET announced = (sharings > 0)")
    op.drop_column("step", "sharings")
