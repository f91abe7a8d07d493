"""What was posted to people in chats, who could not be reached, files that leave again, and since when accounts are
linked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("identity", sa.Column("linked_at", sa.BigInteger()))
    op.create_table(
        "post",
        sa.Column("person", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.Text()),
        sa.Column("channel", sa.Text()),
        sa.Column("ts", sa.Text()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="post_person_fkey"),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="post_session_fkey"),
        sa.PrimaryKeyConstraint("person", "key", name="post_pkey"),
    )
    op.create_index("post_at", "post", ["at"])
    op.create_index("post_session", "post", ["session"])
    op.create_table(
        "unreached",
        sa.Column("person", ID, nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="unreached_person_fkey"),
        sa.PrimaryKeyConstraint("person", "issuer", name="unreached_pkey"),
    )
    op.create_table(
        "upload",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("match", ID),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["match"], ["match.id"], name="upload_match_fkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="upload_person_fkey"),
        sa.PrimaryKeyConstraint("issuer", "file", name="upload_pkey"),
    )
    op.create_index("upload_ends_at", "upload", ["ends_at"])
    op.create_index("upload_match", "upload", ["match"])
    op.create_index("upload_person", "upload", ["person"])


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_table("unreached")
    op.drop_table("post")
    op.drop_column("identity", "linked_at")
