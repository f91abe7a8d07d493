"""How people's calendars reach us: ways through a vendor's consent, what they left, and what broke."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from calendar_core.integration import Health, IntegrationKind, Suite, Trouble
from calendar_core.sign_in import Failure, SignInState
from calendar_core.store.columns import Instant, Sealed, Texts, Word
from calendar_core.store.metadata import metadata

integration = Table(
    "integration",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind)),
    Column("health", Word(Health), nullable=False),
    Column("account", Text, nullable=False),
    Column("trouble", Word(Trouble)),
    Column("since", Instant),
    Column("checked_at", Instant),
)

sign_in = Table(  # a person's way through a vendor's consent
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

approval = Table(  # what administrators of tenants were asked for
    "approval",
    metadata,
    Column("state", Text, primary_key=True),
    Column("organisation", ForeignKey("organisation.id"), nullable=False),
    Column("tenant", Text, nullable=False),
    Column("ends_at", Instant, nullable=False),
)

credential = Table(  # what a person's own consent left us; whoever renews it holds the lease
    "credential",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind), nullable=False),
    Column("account", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("scopes", Texts, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("access", Sealed),
    Column("access_ends", Instant),
    Column("refused", Word(Trouble)),
    Column("refused_at", Instant),
    Column("revision", Integer, nullable=False),
    Column("holder", Text),
    Column("lease_until", Instant),
    CheckConstraint("(access IS NULL) = (access_ends IS NULL)", name="access_whole"),
    CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", name="lease_whole"),
    Index("credential_subject", "kind", "subject"),
)

withdrawal = Table(  # consents that connect nobody any more, until their vendor has heard of it
    "withdrawal",
    metadata,
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("kind", Word(IntegrationKind), primary_key=True),
    Column("subject", Text, primary_key=True),  # the vendor's own id of the account
    Column("account", Text, nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("since", Instant, nullable=False),
)

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
