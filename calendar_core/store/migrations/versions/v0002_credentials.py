"""What people's own consents left us, sealed, with the lease of whoever renews it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("person", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("access", sa.Text()),
        sa.Column("access_ends", sa.BigInteger()),
        sa.Column("refused", sa.Text()),
        sa.Column("refused_at", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.CheckConstraint("(access IS NULL) = (access_ends IS NULL)", name=op.f("credential_access_whole_check")),
        sa.CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", name=op.f("credential_lease_whole_check")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="credential_person_fkey"),
        sa.PrimaryKeyConstraint("person", name="credential_pkey"),
    )
    op.create_index("credential_subject", "credential", ["kind", "subject"])


def downgrade() -> None:
    op.drop_table("credential")
