"""The tables of people's ways through a vendor's consent, and of approvals that administrators were asked for. Secrets
are known by their hashes, or sealed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from calendar_core.integration import Suite
from calendar_core.sign_in import Failure, SignInState

from .columns import Instant, Sealed, Texts, Word
from .metadata import metadata

approval = Table(  # what administrators of tenants were asked for
    "approval",
    metadata,
    Column("state", Text, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("tenant", Text, nullable=False),
    Column("ends_at", Instant, nullable=False),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("suite", Word(Suite), nullable=False),
    Column("issuer", Text, nullable=False),  # the chat account that asked
    Column("subject", Text, nullable=False),
    Column("state", Word(SignInState), nullable=False),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("browser", Text),
    Column("answer", Text, unique=True),
    Column("failure", Word(Failure)),
    Column("tries", Integer, nullable=False),
    Column("kept", Sealed),
    Column("revision", Integer, nullable=False),
    Column("extras", Texts),
)
