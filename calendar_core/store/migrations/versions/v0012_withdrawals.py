"""Consents that connect nobody any more, until their vendor has heard of it; and what a sign-in asks for beside the
least that works."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("extras", sa.JSON()))
    op.create_table(
        "withdrawal",
        sa.Column("person", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="withdrawal_person_fkey"),
        sa.PrimaryKeyConstraint("person", "kind", "subject", name="withdrawal_pkey"),
    )


def downgrade() -> None:
    op.drop_table("withdrawal")
    op.drop_column("sign_in", "extras")
