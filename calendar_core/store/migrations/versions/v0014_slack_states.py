"""States of ways through Slack's page are kept once they were used, not before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    op.drop_table("slack_installing")
    op.create_table(
        "slack_state",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state", name="slack_state_pkey"),
    )
    op.create_index("slack_state_ends_at", "slack_state", ["ends_at"])


def downgrade() -> None:
    op.drop_table("slack_state")
    op.create_table(
        "slack_installing",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state", name="slack_installing_pkey"),
    )
    op.create_index("slack_installing_ends_at", "slack_installing", ["ends_at"])
