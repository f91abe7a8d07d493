"""What follows a session: feedback, next steps, and the months of which ratings are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("happened", sa.Text()),
        sa.Column("missed", sa.Text()),
        sa.Column("useful", sa.Integer()),
        sa.Column("rated_at", sa.BigInteger()),
        sa.CheckConstraint("useful BETWEEN 1 AND 5", name="useful"),
        sa.CheckConstraint("(useful IS NULL) = (rated_at IS NULL)", name="rating_whole"),
        sa.CheckConstraint("(happened IS NULL) = (answered_at IS NULL)", name="answer_whole"),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="feedback_session_fkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="feedback_person_fkey"),
        sa.PrimaryKeyConstraint("session", "person", name="feedback_pkey"),
    )
    op.create_index("feedback_person", "feedback", ["person", "asked_at"])
    op.create_table(
        "step",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("author", NUMBER, nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="step_session_fkey"),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name="step_author_fkey"),
        sa.PrimaryKeyConstraint("uid", name="step_pkey"),
    )
    op.create_index("step_session", "step", ["session"])
    op.create_index("step_author", "step", ["author", "written_at"])
    op.create_table(
        "closed_month",
        sa.Column("programme", NUMBER, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer()),
        sa.Column("answers", sa.Integer()),
        sa.Column("total", sa.Integer()),
        sa.ForeignKeyConstraint(["programme"], ["programme.id"], name="closed_month_programme_fkey"),
        sa.PrimaryKeyConstraint("programme", "month", name="closed_month_pkey"),
    )


def downgrade() -> None:
    for table in ("closed_month", "step", "feedback"):
        op.drop_table(table)
