"""Tokens by which other programs read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("organisation", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="api_token_organisation_fkey"),
        sa.ForeignKeyConstraint(["programme"], ["programme.id"], name="api_token_programme_fkey"),
        sa.PrimaryKeyConstraint("number", name="api_token_pkey"),
        sa.UniqueConstraint("digest", name="api_token_digest_key"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("api_token")
