"""Where Slack's app is installed, and who was sent to Slack's page to install it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "slack_installation",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("enterprise", sa.Text()),
        sa.Column("org_wide", sa.Boolean(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("refresh", sa.Text()),
        sa.Column("ends_at", sa.BigInteger()),
        sa.Column("installed_by", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("place", name="slack_installation_pkey"),
    )
    op.create_index("slack_installation_enterprise", "slack_installation", ["enterprise"])
    op.create_table(
        "slack_installing",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state", name="slack_installing_pkey"),
    )
    op.create_index("slack_installing_ends_at", "slack_installing", ["ends_at"])


def downgrade() -> None:
    op.drop_table("slack_installing")
    op.drop_table("slack_installation")
