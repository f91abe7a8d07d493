"""What people set for themselves, how chat accounts are linked to them, and what an organisation's admins may see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("organisation", sa.Column("account_domains", sa.JSON()))
    op.add_column("organisation", sa.Column("groups_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("own", sa.JSON()))
    op.add_column("person", sa.Column("erased_at", sa.BigInteger()))
    op.add_column("identity", sa.Column("suspended_because", sa.Text()))
    op.add_column("identity", sa.Column("address", sa.Text()))
    op.create_table(
        "workspace",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="workspace_organisation_fkey"),
        sa.PrimaryKeyConstraint("issuer", name="workspace_pkey"),
    )
    op.create_table(
        "chat_account",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="chat_account_pkey"),
    )
    op.create_table(
        "link_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", ID),
        sa.Column("hash", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="link_code_person_fkey"),
        sa.PrimaryKeyConstraint("id", name="link_code_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("link_code_account", "link_code", ["issuer", "subject", "made_at"])
    op.create_index("link_code_address", "link_code", ["address", "made_at"])


def downgrade() -> None:
    for table in ("link_code", "chat_account", "workspace"):
        op.drop_table(table)
    op.drop_column("identity", "address")
    op.drop_column("identity", "suspended_because")
    op.drop_column("person", "erased_at")
    op.drop_column("person", "own")
    op.drop_column("organisation", "groups_only")
    op.drop_column("organisation", "account_domains")
