"""Who takes part, and who is matched with whom."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text, UniqueConstraint

from calendar_core.ended import EndedBecause, Plan
from calendar_core.people import Role
from calendar_core.store.columns import Hours, Id, Instant, Own, Word
from calendar_core.store.metadata import metadata

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("address", Text, nullable=False, index=True),  # the e-mail as it is compared: case ignored
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("hours", Hours, nullable=False),
    Column("paused_until", Date),
    Column("own", Own),
    Column("erased_at", Instant),  # the person asked for it: what is left is an id
    UniqueConstraint("organisation", "address"),
    sqlite_autoincrement=True,
)

membership = Table(
    "membership",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("programme", ForeignKey("programme.id"), primary_key=True),
    Column("role", Word(Role), primary_key=True),
    Column("ended_at", Instant),
    Index("membership_programme", "programme"),
)

match = Table(
    "match",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", ForeignKey("programme.id"), nullable=False),
    Column("mentor", ForeignKey("person.id"), nullable=False),
    Column("mentee", ForeignKey("person.id"), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("approved_by", Id),  # who agreed to the match of another admin
    Index("match_mentor", "mentor"),
    Index("match_mentee", "mentee"),
    sqlite_autoincrement=True,
)
standing_match = Index(  # a pair may be matched again after it ended
    "match_standing",
    match.c.programme,
    match.c.mentor,
    match.c.mentee,
    unique=True,
    sqlite_where=match.c.ended_at.is_(None),
    postgresql_where=match.c.ended_at.is_(None),
)

ending = Table(  # both of a match were asked what becomes of their planned sessions, when it or its programme ended
    "ending",
    metadata,
    Column("match", ForeignKey("match.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("because", Word(EndedBecause), nullable=False),
    Column("plan", Word(Plan)),  # none: nobody has said, and they are kept
    Column("decided_by", ForeignKey("person.id")),
)
