"""The tables about matches beside their own: which organisations allow them, and what was decided when they ended."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from calendar_core.ended import EndedBecause, Plan

from .columns import Instant, Word
from .metadata import metadata

partner = Table(  # organisations whose operator lists the other; what counts is when both do
    "partner",
    metadata,
    Column("organisation", ForeignKey("organisation.id"), primary_key=True),
    Column("partner", ForeignKey("organisation.id"), primary_key=True),
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
