"""Between two people before there is a session: times that were looked at, and times that were offered."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from calendar_core.request import Basis, RequestState
from calendar_core.store.columns import Id, Instant, Slot, Slots, Word
from calendar_core.store.metadata import metadata

receipt = Table(
    "receipt",
    metadata,
    Column("owner", ForeignKey("person.id"), primary_key=True),
    Column("viewer", ForeignKey("person.id"), primary_key=True),
    Column("match", ForeignKey("match.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Index("receipt_day", "day"),
)

lookup = Table(  # how often a pair has looked on a day
    "lookup",
    metadata,
    Column("low", Id, primary_key=True),
    Column("high", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, nullable=False),
    Index("lookup_day", "day"),
)

request = Table(
    "request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", ForeignKey("programme.id"), nullable=False),
    Column("match", ForeignKey("match.id")),
    Column("asker", ForeignKey("person.id"), nullable=False),
    Column("proposer", ForeignKey("person.id"), nullable=False),
    Column("chooser", ForeignKey("person.id")),  # none: it reached nobody
    Column("low", Id),  # the pair, whoever asks: the smaller user id first
    Column("high", Id),
    Column("minutes", Integer, nullable=False),
    Column("times", Slots, nullable=False),
    Column("basis", Word(Basis), nullable=False),
    Column("state", Word(RequestState), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("chosen", Slot),
    Column("topic", Text, nullable=False, server_default=text("''")),
    Index("request_asker", "asker", "made_at"),
    sqlite_autoincrement=True,
)
open_request = Index(
    "request_open",
    request.c.low,
    request.c.high,
    unique=True,
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)

refused_asker = Table(
    "refused_asker",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("asker", ForeignKey("person.id"), primary_key=True),
)
