"""The tables of what is broken: whom to tell of it yet, and how whole domains are let in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from calendar_core.integration import IntegrationKind, Trouble

from .columns import Instant, Word
from .metadata import metadata

repair = Table(  # connections that broke: what their people, or the admins, were told of it and are to be told yet
    "repair",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("for_it", Boolean, nullable=False),
    Column("told", Integer, nullable=False),
    Column("told_at", Instant),  # for the first time
    Column("due_at", Instant),
    Column("stopped_at", Instant),  # [Stop asking]
    Index("repair_due_at", "due_at"),
)

domain_health = Table(  # how a whole organisation is let in by one kind of connection
    "domain_health",
    metadata,
    Column("organisation", ForeignKey("organisation.id"), primary_key=True),
    Column("kind", Word(IntegrationKind), primary_key=True),
    Column("domain", Text, primary_key=True),
    Column("trouble", Word(Trouble)),
    Column("since", Instant),
    Column("checked_at", Instant),
    Column("ends_at", Instant),  # of the secret or certificate
    Column("warned", Integer),  # days before its end: the last warning that was told
    Column("alert", BigInteger),  # the happening by which admins are told of the trouble
)
