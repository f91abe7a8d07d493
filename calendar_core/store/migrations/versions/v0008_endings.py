"""What becomes of sessions that end before they take place: answers, cancellations, and who has seen them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0001"

OF_SESSIONS = ("organizer_answer", "attendee_answer", "cancelled_by", "cancelled_at", "cancelled_because", "removal")


def upgrade() -> None:
    accepted, unanswered = sa.text("'ACCEPTED'"), sa.text("'NEEDS-ACTION'")
    op.add_column("session", sa.Column("organizer_answer", sa.Text(), nullable=False, server_default=accepted))
    op.add_column("session", sa.Column("attendee_answer", sa.Text(), nullable=False, server_default=unanswered))
    op.add_column("session", sa.Column("cancelled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column("session", sa.Column("cancelled_at", sa.BigInteger()))
    op.add_column("session", sa.Column("cancelled_because", sa.Text()))
    op.add_column("session", sa.Column("removal", sa.Text()))
    op.add_column("session_reply", sa.Column("sequence", sa.Integer(), nullable=False, server_default=sa.text("0")))
    # which of the two declined was not kept: mostly the one who was invited
    op.execute("UPDATE session SET attendee_answer = 'DECLINED' WHERE state = 'needs a new time'")


def downgrade() -> None:
    op.execute("UPDATE session SET state = 'cancelled' WHERE state = 'cancelling'")
    op.drop_column("session_reply", "sequence")
    for name in reversed(OF_SESSIONS):
        op.drop_column("session", name)
