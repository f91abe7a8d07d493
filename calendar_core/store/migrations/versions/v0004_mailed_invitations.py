"""Invitations that go by mail: events that no calendar holds, and what each of their people was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("session", sa.Column("mailed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "invitation",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("mailbox_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_minute", sa.BigInteger(), nullable=False),
        sa.Column("end_minute", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("behind", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.CheckConstraint("start_minute < end_minute", name="lasts"),
        sa.PrimaryKeyConstraint("key", name="invitation_pkey"),
        sa.UniqueConstraint("uid", name="invitation_uid_key"),
    )
    op.create_index("invitation_end", "invitation", ["end_minute"])
    op.create_table(
        "invitation_copy",
        sa.Column("invitation", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("first", sa.Text()),
        sa.Column("sent", sa.Integer()),
        sa.Column("refused", sa.Integer()),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.key"], name="invitation_copy_invitation_fkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="invitation_copy_person_fkey"),
        sa.PrimaryKeyConstraint("invitation", "person", name="invitation_copy_pkey"),
    )


def downgrade() -> None:
    op.drop_table("invitation_copy")
    op.drop_table("invitation")
    with op.batch_alter_table("session") as session:
        session.drop_column("mailed")
