"""What a session is to be about, in the words of whoever asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for table in ("session", "request"):
        op.add_column(table, sa.Column("topic", sa.Text(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    for table in ("session", "request"):
        op.drop_column(table, "topic")
