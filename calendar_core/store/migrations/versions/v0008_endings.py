"""What becomes of sessions that end before they take place: answers, cancellations, who has seen them; and of matches
that end, what was decided of their sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_SESSIONS = ("organizer_answer", "attendee_answer", "cancelled_by", "cancelled_at", "cancelled_because", "removal")


def upgrade() -> None:
    accepted, unanswered = sa.text("'ACCEPTED'"), sa.text("'NEEDS-ACTION'")
    op.add_column("session", sa.Column("organizer_answer", sa.Text(), nullable=False, server_default=accepted))
    op.add_column("session", sa.Column("attendee_answer", sa.Text(), nullable=False, server_default=unanswered))
    op.add_column("session", sa.Column("cancelled_by", ID))
    op.add_column("session", sa.Column("cancelled_at", sa.BigInteger()))
    op.add_column("session", sa.Column("cancelled_because", sa.Text()))
    op.add_column("session", sa.Column("removal", sa.Text()))
    op.add_column("session_reply", sa.Column("sequence", sa.Integer(), nullable=False, server_default=sa.text("0")))
    # which of the two declined was not kept: mostly the one who was invited
    op.execute("UPDATE session SET attendee_answer = 'DECLINED' WHERE state = 'needs a new time'")
    op.add_column("match", sa.Column("approved_by", ID))
    op.create_table(
        "partner",
        sa.Column("organisation", ID, nullable=False),
        sa.Column("partner", ID, nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="partner_organisation_fkey"),
        sa.ForeignKeyConstraint(["partner"], ["organisation.id"], name="partner_partner_fkey"),
        sa.PrimaryKeyConstraint("organisation", "partner", name="partner_pkey"),
    )
    op.create_table(
        "operator_wish",
        sa.Column("organisation", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="operator_wish_asked_by_fkey"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="operator_wish_organisation_fkey"),
        sa.PrimaryKeyConstraint("organisation", name="operator_wish_pkey"),
    )
    op.create_table(
        "ending",
        sa.Column("match", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text()),
        sa.Column("decided_by", ID),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="ending_decided_by_fkey"),
        sa.ForeignKeyConstraint(["match"], ["match.id"], name="ending_match_fkey"),
        sa.PrimaryKeyConstraint("match", name="ending_pkey"),
    )


def downgrade() -> None:
    op.drop_table("ending")
    op.drop_table("operator_wish")
    op.drop_table("partner")
    op.drop_column("match", "approved_by")
    op.execute("UPDATE request SET state = 'replaced' WHERE state = 'closed'")
    op.execute("UPDATE session SET state = 'cancelled' WHERE state = 'cancelling'")
    op.drop_column("session_reply", "sequence")
    for name in reversed(OF_SESSIONS):
        op.drop_column("session", name)
