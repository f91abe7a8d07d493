"""What is to be asked about connections that broke, and how whole domains are let in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "repair",
        sa.Column("person", ID, nullable=False),
        sa.Column("for_it", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("stopped_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="repair_person_fkey"),
        sa.PrimaryKeyConstraint("person", name="repair_pkey"),
    )
    op.create_index("repair_due_at", "repair", ["due_at"])
    op.create_table(
        "domain_health",
        sa.Column("organisation", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("since", sa.BigInteger()),
        sa.Column("checked_at", sa.BigInteger()),
        sa.Column("ends_at", sa.BigInteger()),
        sa.Column("warned", sa.Integer()),
        sa.Column("alert", sa.BigInteger()),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="domain_health_organisation_fkey"),
        sa.PrimaryKeyConstraint("organisation", "kind", "domain", name="domain_health_pkey"),
    )


def downgrade() -> None:
    op.drop_table("domain_health")
    op.drop_table("repair")
