"""The tables of what follows a session."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from calendar_core.feedback import Happened, Missed

from .columns import Instant, Sealed, Word
from .metadata import metadata

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
    Column("sharings", Integer, nullable=False, server_default=text("0")),  # so far; each is told of
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
