"""Teams: where accounts are found, who was welcomed, and what was heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "teams_place",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("bot", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="teams_place_pkey"),
    )
    op.create_index("teams_place_conversation", "teams_place", ["conversation"])
    op.create_table(
        "teams_welcome",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "conversation", name="teams_welcome_pkey"),
    )
    op.create_table(
        "teams_heard",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.PrimaryKeyConstraint("issuer", "conversation", "activity", name="teams_heard_pkey"),
    )
    op.create_index("teams_heard_at", "teams_heard", ["at"])


def downgrade() -> None:
    op.drop_table("teams_heard")
    op.drop_table("teams_welcome")
    op.drop_table("teams_place")
