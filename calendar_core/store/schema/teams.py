"""Teams: where accounts are found, who was welcomed, and what was heard."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from calendar_core.store.columns import Instant
from calendar_core.store.metadata import metadata

teams_place = Table(  # where accounts are found
    "teams_place",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("member", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("conversation", Text, index=True),
    Column("language", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

teams_welcome = Table(
    "teams_welcome",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

teams_heard = Table(  # its text only until it is answered
    "teams_heard",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("activity", Text, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("body", Text),
)
