"""People's ways through a vendor's consent, with what each next step needs, sealed; approvals that were asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sign_in",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("suite", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("browser", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("failure", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="sign_in_person_fkey"),
        sa.PrimaryKeyConstraint("key", name="sign_in_pkey"),
        sa.UniqueConstraint("answer", name="sign_in_answer_key"),
    )
    op.create_index("sign_in_person", "sign_in", ["person"])
    op.create_index("sign_in_ends_at", "sign_in", ["ends_at"])
    op.create_table(
        "approval",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="approval_organisation_fkey"),
        sa.PrimaryKeyConstraint("state", name="approval_pkey"),
    )


def downgrade() -> None:
    op.drop_table("approval")
    op.drop_table("sign_in")
