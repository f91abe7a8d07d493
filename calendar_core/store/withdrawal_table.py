"""The table of consents that connect nobody any more, until their vendor has heard of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from calendar_core.integration import IntegrationKind

from .columns import Instant, Sealed, Word
from .metadata import metadata

withdrawal = Table(
    "withdrawal",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind), primary_key=True),
    Column("subject", Text, primary_key=True),  # the vendor's own id of the account
    Column("account", Text, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("since", Instant, nullable=False),
)
