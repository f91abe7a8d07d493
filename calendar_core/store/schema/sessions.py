"""Sessions: the times they take, how they are carried elsewhere, and what follows them."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, false, text

from calendar_core.feedback import Happened, Missed
from calendar_core.integration import IntegrationKind, Suite
from calendar_core.participation import Participation
from calendar_core.session import Cancellation, Link, Release, Removal, SessionState
from calendar_core.store.columns import Id, Instant, Minute, Sealed, Word
from calendar_core.store.metadata import metadata

session = Table(
    "session",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("match", ForeignKey("match.id"), nullable=False, index=True),
    Column("booked_by", ForeignKey("person.id"), nullable=False),
    Column("pressed_by", ForeignKey("person.id"), nullable=False),
    Column("organizer", ForeignKey("person.id"), nullable=False, index=True),
    Column("attendee", ForeignKey("person.id"), nullable=False, index=True),
    Column("start_minute", Minute, nullable=False),
    Column("end_minute", Minute, nullable=False),
    Column("zone", Text, nullable=False),
    Column("wall_start", Text, nullable=False),  # what was agreed on the organizer's clock, should a zone's law change
    Column("state", Word(SessionState), nullable=False),
    Column("booked_via", Text, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("event_id", Text),
    Column("event_uid", Text),
    Column("event_etag", Text),
    Column("conference_suite", Word(Suite)),
    Column("conference_url", Text),
    Column("link", Word(Link), nullable=False),
    Column("released_because", Word(Release)),
    Column("mailed", Boolean, nullable=False, server_default=false()),  # its event is in `invitation`
    Column("frozen", Boolean, nullable=False, server_default=false()),
    Column("organizer_answer", Word(Participation), nullable=False, server_default=text("'ACCEPTED'")),
    Column("attendee_answer", Word(Participation), nullable=False, server_default=text("'NEEDS-ACTION'")),
    Column("cancelled_by", Id),
    Column("cancelled_at", Instant),
    Column("cancelled_because", Word(Cancellation)),
    Column("removal", Word(Removal)),
    Column("topic", Text, nullable=False, server_default=text("''")),  # for the two people alone
    CheckConstraint("start_minute < end_minute", name="lasts"),
    Index("session_state", "state"),
)

slot_hold = Table(  # the times a session takes from its people; `next_*` while it is being moved
    "slot_hold",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("start_minute", Minute, nullable=False),
    Column("end_minute", Minute, nullable=False),
    Column("next_start_minute", Minute),
    Column("next_end_minute", Minute),
    CheckConstraint("start_minute < end_minute", name="lasts"),
    CheckConstraint("(next_start_minute IS NULL) = (next_end_minute IS NULL)", name="next_whole"),
    CheckConstraint("next_start_minute < next_end_minute", name="next_lasts"),
    Index("slot_hold_person", "person", "start_minute"),
)

session_reply = Table(  # who has seen what became of a session as the reply to it, and of which of its changes
    "session_reply",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("sequence", Integer, nullable=False, server_default=text("0")),
)

transfer = Table(  # sessions whose event has to go, and to come again; `kind` and `account`: how it was reached
    "transfer",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("by_mail", Boolean, nullable=False),
    Column("convert", Boolean, nullable=False),
    Column("kind", Word(IntegrationKind)),
    Column("account", Text, nullable=False),
    Column("since", Instant, nullable=False),
)

feedback = Table(  # of each of the two, once they were asked
    "feedback",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("happened", Word(Happened)),
    Column("missed", Word(Missed)),
    Column("useful", Integer),
    Column("rated_at", Instant),
    CheckConstraint("useful BETWEEN 1 AND 5", name="useful"),
    CheckConstraint("(useful IS NULL) = (rated_at IS NULL)", name="rating_whole"),
    CheckConstraint("(happened IS NULL) = (answered_at IS NULL)", name="answer_whole"),
    Index("feedback_person", "person", "asked_at"),
)

step = Table(  # what one of the two wrote down after a session
    "step",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("session", ForeignKey("session.uid"), nullable=False, index=True),
    Column("author", ForeignKey("person.id"), nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("text", Sealed, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("announced", Boolean, nullable=False),  # the partner is to be told, or was
    Index("step_author", "author", "written_at"),
)

closed_month = Table(  # what may be told of ratings, for ever; without figures: they would be of too few
    "closed_month",
    metadata,
    Column("programme", ForeignKey("programme.id"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("people", Integer),
    Column("answers", Integer),
    Column("total", Integer),
)
