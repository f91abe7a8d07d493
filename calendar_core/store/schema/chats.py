"""Chat accounts: what their chats say of them, whose they are, and the codes that prove it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from calendar_core.chat_account import Standing, Suspension
from calendar_core.store.columns import Id, Instant, Word
from calendar_core.store.metadata import metadata

identity = Table(
    "identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("suspended_at", Instant),
    Column("suspended_because", Word(Suspension)),
    Column("address", Text),  # what the chat's own directory said when it was linked, as addresses are compared
    Column("linked_at", Instant),
)

workspace = Table(  # a Slack workspace or an Entra tenant whose accounts may be an organisation's people
    "workspace",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
)

chat_account = Table(  # what a chat's own directory said last of an account, whoever's it is
    "chat_account",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("address", Text),
    Column("standing", Word(Standing), nullable=False),
    Column("time_zone", Text),
    Column("language", Text),
    Column("seen_at", Instant, nullable=False),
)

link_code = Table(  # one-time codes for linking: the newest of an account counts
    "link_code",
    metadata,
    Column("id", Id, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("person", ForeignKey("person.id")),  # none: nobody has that address, and nothing is mailed
    Column("hash", Text),  # none: not mailed yet
    Column("tries", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used", Boolean, nullable=False),
    Index("link_code_account", "issuer", "subject", "made_at"),
    Index("link_code_address", "address", "made_at"),
    sqlite_autoincrement=True,
)
