"""The table of tokens by which other programs read."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from .columns import Id, Instant
from .metadata import metadata

api_token = Table(
    "api_token",
    metadata,
    Column("number", Id, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("programme", ForeignKey("programme.id")),
    Column("made_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
