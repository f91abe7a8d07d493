"""What people are told, and how it reached them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from calendar_core.ports import PostState, Unreached
from calendar_core.store.columns import Id, Instant, Texts, Word
from calendar_core.store.metadata import metadata

happening = Table(
    "happening",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    Column("happening", ForeignKey("happening.id"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("at", Instant, nullable=False),
)

listing = Table(
    "listing",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("tokens", Texts, nullable=False),
    Column("at", Instant, nullable=False),
    Column("newer", Integer, nullable=False),
)

inbox = Table(  # what was pushed to people whose chat is the console
    "inbox",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # counts each person's messages, from 1
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("person", "key"),
)

post = Table(  # a row before each message is sent, so that none is sent twice
    "post",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", Word(PostState), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("session", ForeignKey("session.uid"), index=True),
    Column("channel", Text),
    Column("ts", Text),
)

unreached = Table(
    "unreached",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("issuer", Text, primary_key=True),
    Column("why", Word(Unreached), nullable=False),
    Column("at", Instant, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("match", ForeignKey("match.id"), index=True),
    Column("ends_at", Instant, nullable=False, index=True),
)
