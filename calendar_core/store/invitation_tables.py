"""The tables of events that no calendar holds, and of what each of their people was sent."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from calendar_core.invitation import Behind
from calendar_core.participation import Participation

from .columns import Instant, Minute, Word
from .metadata import metadata

invitation = Table(  # events that no calendar holds: their people are invited by mail
    "invitation",
    metadata,
    Column("key", Text, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("mailbox", Text, nullable=False),  # the organizer, for as long as the uid lives
    Column("mailbox_name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("start_minute", Minute, nullable=False),
    Column("end_minute", Minute, nullable=False),
    Column("zone", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("link", Text),
    Column("behind", Word(Behind), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("about", Text, nullable=False, server_default=text("''")),  # may hold a topic, for the two people alone
    CheckConstraint("start_minute < end_minute", name="lasts"),
    Index("invitation_end", "end_minute"),
)

invitation_copy = Table(  # each of the two: what they answered, and which edition they were sent
    "invitation_copy",
    metadata,
    Column("invitation", ForeignKey("invitation.key"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("number", Integer, nullable=False),  # in which order they are invited
    Column("answer", Word(Participation), nullable=False),
    Column("first", Text),  # Message-ID of the first letter that may have been taken
    Column("sent", Integer),
    Column("refused", Integer),
)
