"""Who programmes and calendars belong to, and what was agreed or asked for on their behalf."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Table, Text, UniqueConstraint, false

from calendar_core.store.columns import Hours, Id, Instant, ProgrammeRules, Texts
from calendar_core.store.metadata import metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("google_domains", Texts, nullable=False),
    Column("entra_tenant", Text),
    Column("contact", Text),
    Column("free_busy_only", Boolean, nullable=False, server_default=false()),
    Column("account_domains", Texts),
    Column("groups_only", Boolean, nullable=False, server_default=false()),
    sqlite_autoincrement=True,  # an id is never given out twice; so for every table that numbers its rows
)

partner = Table(  # organisations whose operator lists the other; what counts is when both do
    "partner",
    metadata,
    Column("organisation", ForeignKey("organisation.id"), primary_key=True),
    Column("partner", ForeignKey("organisation.id"), primary_key=True),
)

mode_change = Table(  # who switched what, and when
    "mode_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("free_busy_only", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("convert", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

operator_wish = Table(  # what an organisation's admins asked the operator for, and who has not answered yet
    "operator_wish",
    metadata,
    Column("organisation", ForeignKey("organisation.id"), primary_key=True),
    Column("asked_by", ForeignKey("person.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
)

programme = Table(
    "programme",
    metadata,
    Column("id", Id, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("contact", Text),
    Column("hours", Hours, nullable=False),
    Column("rules", ProgrammeRules, nullable=False),
    UniqueConstraint("organisation", "name"),
    sqlite_autoincrement=True,
)

api_token = Table(  # by which other programs read
    "api_token",
    metadata,
    Column("number", Id, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("programme", ForeignKey("programme.id")),
    Column("made_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
