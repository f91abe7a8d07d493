"""The tables of organisations' modes, of what is carried in another way because of them, and of answers by mail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text

from calendar_core.integration import IntegrationKind
from calendar_core.mailed_answer import Unfit
from calendar_core.participation import Participation

from .columns import Id, Instant, Word
from .metadata import metadata

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

transfer = Table(  # sessions whose event has to go, and to come again; `kind` and `account`: how it was reached
    "transfer",
    metadata,
    Column("session", ForeignKey("session.uid"), primary_key=True),
    Column("by_mail", Boolean, nullable=False),
    Column("convert", Boolean, nullable=False),
    Column("kind", Word(IntegrationKind)),
    Column("account", Text, nullable=False),
    Column("since", Instant, nullable=False),
)

letterbox = Table(  # how far the programme's mailbox was read
    "letterbox",
    metadata,
    Column("mailbox", Text, primary_key=True),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
)

letter_read = Table(  # each letter once, by a hash of it; why it was not taken, if it was not
    "letter_read",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("unfit", Word(Unfit)),
)

mailed_reply = Table(  # the newest answer by mail of each person to each invitation
    "mailed_reply",
    metadata,
    Column("invitation", ForeignKey("invitation.key"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("answer", Word(Participation)),  # none: another time was proposed
    Column("sequence", Integer, nullable=False),
    Column("stamp", Instant, nullable=False),
    Column("at", Instant, nullable=False),
)
