"""Slack: where the app is installed, and by which ways through Slack's page."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table, Text

from calendar_core.store.columns import Instant, Sealed, Texts
from calendar_core.store.metadata import metadata

slack_installation = Table(  # where Slack's app is installed
    "slack_installation",
    metadata,
    Column("place", Text, primary_key=True),  # T... or, of a whole organisation, E...
    Column("enterprise", Text, index=True),
    Column("org_wide", Boolean, nullable=False),
    Column("app", Text, nullable=False),
    Column("bot_user", Text, nullable=False),
    Column("token", Sealed, nullable=False),
    Column("scopes", Texts, nullable=False),
    Column("refresh", Sealed),
    Column("ends_at", Instant),
    Column("installed_by", Text, nullable=False),
    Column("installed_at", Instant, nullable=False),
    Column("holder", Text),  # who renews the token at present
    Column("lease_until", Instant),
)

slack_state = Table(  # hashes of states that were spent, until they would have ended
    "slack_state",
    metadata,
    Column("state", Text, primary_key=True),
    Column("ends_at", Instant, nullable=False, index=True),
)
