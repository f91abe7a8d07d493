"""Organisations in Free/Busy Only, sessions frozen or carried anew because of it, and answers read from mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("organisation", sa.Column("free_busy_only", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("session", sa.Column("frozen", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "mode_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("free_busy_only", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("convert", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="mode_change_organisation_fkey"),
        sa.PrimaryKeyConstraint("id", name="mode_change_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("mode_change_organisation", "mode_change", ["organisation"])
    op.create_table(
        "transfer",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("convert", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="transfer_session_fkey"),
        sa.PrimaryKeyConstraint("session", name="transfer_pkey"),
    )
    op.create_table(
        "letterbox",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name="letterbox_pkey"),
    )
    op.create_table(
        "letter_read",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("unfit", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="letter_read_pkey"),
    )
    op.create_table(
        "mailed_reply",
        sa.Column("invitation", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="mailed_reply_person_fkey"),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.key"], name="mailed_reply_invitation_fkey"),
        sa.PrimaryKeyConstraint("invitation", "person", name="mailed_reply_pkey"),
    )


def downgrade() -> None:
    for table in ("mailed_reply", "letter_read", "letterbox", "transfer", "mode_change"):
        op.drop_table(table)
    op.drop_column("session", "frozen")
    op.drop_column("organisation", "free_busy_only")
