"""Events that no calendar holds, what their people were sent, and what they answered by mail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from calendar_core.invitation import Behind
from calendar_core.mailed_answer import Unfit
from calendar_core.participation import Participation
from calendar_core.store.columns import Instant, Minute, Word
from calendar_core.store.metadata import metadata

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

letterbox = Table(  # how far the programme's mailbox was read
    "letterbox",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
)

letter_read = Table(  # each letter once, by a hash of it; why it was not taken, if it was not
    "letter_read",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("unfit", Word(Unfit)),
)

mailed_reply = Table(  # the newest answer by mail of each person to each invitation
    "mailed_reply",
    metadata,
    Column("invitation", ForeignKey("invitation.key"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("answer", Word(Participation)),  # none: another time was proposed
    Column("sequence", Integer, nullable=False),
    Column("stamp", Instant, nullable=False),
    Column("at", Instant, nullable=False),
)
