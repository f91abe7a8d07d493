"""The tables about matches beside their own: which organisations allow them, and what was decided when they ended; and
what waits for the operator."""

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

operator_wish = Table(  # what an organisation's admins asked the operator for, and who has not answered yet
    "operator_wish",
    metadata,
    Column("organisation", ForeignKey("organisation.id"), primary_key=True),
    Column("asked_by", ForeignKey("person.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
)
