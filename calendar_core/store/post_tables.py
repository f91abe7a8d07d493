"""The tables of what was posted to people in chats, of who could not be reached, and of files that leave again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from calendar_core.ports import PostState, Unreached

from .columns import Instant, Word
from .metadata import metadata

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
