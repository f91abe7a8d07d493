"""The first schema: people, programmes, sessions and their holds, what was said, durable work.

On PostgreSQL overlapping holds of one person are excluded by a constraint, and durable work is procrastinate's; on
SQLite one writer asks before it takes a time, and durable work has a table of ours.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from calendar_core.store.migrations import on_postgres

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("ended_at IS NULL")
OPEN = sa.text("state = 'open'")
TABLES = """
happening listing lookup organisation tick person programme
identity inbox integration match membership refused_asker told
receipt request session session_reply slot_hold
"""


def upgrade() -> None:
    op.create_table(
        "happening",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="happening_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "listing",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("tokens", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("newer", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="listing_pkey"),
    )
    op.create_table(
        "lookup",
        sa.Column("low", ID, nullable=False),
        sa.Column("high", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("low", "high", "day", name="lookup_pkey"),
    )
    op.create_index("lookup_day", "lookup", ["day"])
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("google_domains", sa.JSON(), nullable=False),
        sa.Column("entra_tenant", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="organisation_pkey"),
        sa.UniqueConstraint("name", name="organisation_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tick",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="tick_pkey"),
    )
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("paused_until", sa.Date()),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="person_organisation_fkey"),
        sa.PrimaryKeyConstraint("id", name="person_pkey"),
        sa.UniqueConstraint("organisation", "address", name="person_organisation_address_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("person_address", "person", ["address"])
    op.create_table(
        "programme",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("contact", sa.Text()),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="programme_organisation_fkey"),
        sa.PrimaryKeyConstraint("id", name="programme_pkey"),
        sa.UniqueConstraint("organisation", "name", name="programme_organisation_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "identity",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("suspended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="identity_person_fkey"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="identity_pkey"),
    )
    op.create_index("identity_person", "identity", ["person"])
    op.create_table(
        "inbox",
        sa.Column("person", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="inbox_person_fkey"),
        sa.PrimaryKeyConstraint("person", "number", name="inbox_pkey"),
        sa.UniqueConstraint("person", "key", name="inbox_person_key_key"),
    )
    op.create_table(
        "integration",
        sa.Column("person", ID, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("since", sa.BigInteger()),
        sa.Column("checked_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="integration_person_fkey"),
        sa.PrimaryKeyConstraint("person", name="integration_pkey"),
    )
    op.create_table(
        "match",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", ID, nullable=False),
        sa.Column("mentor", ID, nullable=False),
        sa.Column("mentee", ID, nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["mentee"], ["person.id"], name="match_mentee_fkey"),
        sa.ForeignKeyConstraint(["mentor"], ["person.id"], name="match_mentor_fkey"),
        sa.ForeignKeyConstraint(["programme"], ["programme.id"], name="match_programme_fkey"),
        sa.PrimaryKeyConstraint("id", name="match_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("match_mentee", "match", ["mentee"])
    op.create_index("match_mentor", "match", ["mentor"])
    op.create_index(
        "match_standing",
        "match",
        ["programme", "mentor", "mentee"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "membership",
        sa.Column("person", ID, nullable=False),
        sa.Column("programme", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="membership_person_fkey"),
        sa.ForeignKeyConstraint(["programme"], ["programme.id"], name="membership_programme_fkey"),
        sa.PrimaryKeyConstraint("person", "programme", "role", name="membership_pkey"),
    )
    op.create_index("membership_programme", "membership", ["programme"])
    op.create_table(
        "refused_asker",
        sa.Column("person", ID, nullable=False),
        sa.Column("asker", ID, nullable=False),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="refused_asker_asker_fkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="refused_asker_person_fkey"),
        sa.PrimaryKeyConstraint("person", "asker", name="refused_asker_pkey"),
    )
    op.create_table(
        "told",
        sa.Column("happening", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["happening"], ["happening.id"], name="told_happening_fkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="told_person_fkey"),
        sa.PrimaryKeyConstraint("happening", "person", name="told_pkey"),
    )
    op.create_table(
        "receipt",
        sa.Column("owner", ID, nullable=False),
        sa.Column("viewer", ID, nullable=False),
        sa.Column("match", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["match"], ["match.id"], name="receipt_match_fkey"),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="receipt_owner_fkey"),
        sa.ForeignKeyConstraint(["viewer"], ["person.id"], name="receipt_viewer_fkey"),
        sa.PrimaryKeyConstraint("owner", "viewer", "match", "day", name="receipt_pkey"),
    )
    op.create_index("receipt_day", "receipt", ["day"])
    op.create_table(
        "request",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", ID, nullable=False),
        sa.Column("match", ID),
        sa.Column("asker", ID, nullable=False),
        sa.Column("proposer", ID, nullable=False),
        sa.Column("chooser", ID),
        sa.Column("low", ID),
        sa.Column("high", ID),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("chosen", sa.JSON()),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="request_asker_fkey"),
        sa.ForeignKeyConstraint(["chooser"], ["person.id"], name="request_chooser_fkey"),
        sa.ForeignKeyConstraint(["match"], ["match.id"], name="request_match_fkey"),
        sa.ForeignKeyConstraint(["programme"], ["programme.id"], name="request_programme_fkey"),
        sa.ForeignKeyConstraint(["proposer"], ["person.id"], name="request_proposer_fkey"),
        sa.PrimaryKeyConstraint("id", name="request_pkey"),
        sqlite_autoincrement=True,
    )
    op.create_index("request_asker", "request", ["asker", "made_at"])
    op.create_index("request_open", "request", ["low", "high"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "session",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("match", ID, nullable=False),
        sa.Column("booked_by", ID, nullable=False),
        sa.Column("pressed_by", ID, nullable=False),
        sa.Column("organizer", ID, nullable=False),
        sa.Column("attendee", ID, nullable=False),
        sa.Column("start_minute", sa.BigInteger(), nullable=False),
        sa.Column("end_minute", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("wall_start", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("booked_via", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text()),
        sa.Column("event_uid", sa.Text()),
        sa.Column("event_etag", sa.Text()),
        sa.Column("conference_suite", sa.Text()),
        sa.Column("conference_url", sa.Text()),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("released_because", sa.Text()),
        sa.CheckConstraint("start_minute < end_minute", name=op.f("session_lasts_check")),
        sa.ForeignKeyConstraint(["attendee"], ["person.id"], name="session_attendee_fkey"),
        sa.ForeignKeyConstraint(["booked_by"], ["person.id"], name="session_booked_by_fkey"),
        sa.ForeignKeyConstraint(["match"], ["match.id"], name="session_match_fkey"),
        sa.ForeignKeyConstraint(["organizer"], ["person.id"], name="session_organizer_fkey"),
        sa.ForeignKeyConstraint(["pressed_by"], ["person.id"], name="session_pressed_by_fkey"),
        sa.PrimaryKeyConstraint("uid", name="session_pkey"),
    )
    op.create_index("session_attendee", "session", ["attendee"])
    op.create_index("session_match", "session", ["match"])
    op.create_index("session_organizer", "session", ["organizer"])
    op.create_index("session_state", "session", ["state"])
    op.create_table(
        "session_reply",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="session_reply_person_fkey"),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="session_reply_session_fkey"),
        sa.PrimaryKeyConstraint("session", "person", name="session_reply_pkey"),
    )
    op.create_table(
        "slot_hold",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("start_minute", sa.BigInteger(), nullable=False),
        sa.Column("end_minute", sa.BigInteger(), nullable=False),
        sa.Column("next_start_minute", sa.BigInteger()),
        sa.Column("next_end_minute", sa.BigInteger()),
        sa.CheckConstraint(
            "(next_start_minute IS NULL) = (next_end_minute IS NULL)", name=op.f("slot_hold_next_whole_check")
        ),
        sa.CheckConstraint("next_start_minute < next_end_minute", name=op.f("slot_hold_next_lasts_check")),
        sa.CheckConstraint("start_minute < end_minute", name=op.f("slot_hold_lasts_check")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="slot_hold_person_fkey"),
        sa.ForeignKeyConstraint(["session"], ["session.uid"], name="slot_hold_session_fkey"),
        sa.PrimaryKeyConstraint("session", "person", name="slot_hold_pkey"),
    )
    op.create_index("slot_hold_person", "slot_hold", ["person", "start_minute"])
    if on_postgres.is_it():
        on_postgres.exclude_overlaps()
        on_postgres.add_procrastinate()
    else:
        op.create_table(
            "job",
            sa.Column("id", ID, nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("subject", sa.JSON(), nullable=False),
            sa.Column("lock", sa.Text()),
            sa.Column("due_at", sa.BigInteger(), nullable=False),
            sa.Column("attempts", sa.Integer(), nullable=False),
            sa.Column("worker", sa.Text()),
            sa.Column("lease_until", sa.BigInteger()),
            sa.Column("dead_because", sa.Text()),
            sa.PrimaryKeyConstraint("id", name="job_pkey"),
            sqlite_autoincrement=True,
        )
        op.create_index("job_due", "job", ["due_at"])
        op.create_index("job_lock", "job", ["lock"])


def downgrade() -> None:
    if on_postgres.is_it():
        on_postgres.drop_procrastinate()
    else:
        op.drop_table("job")
    for table in reversed(TABLES.split()):
        op.drop_table(table)
