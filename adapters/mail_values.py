"""What settings about the programme's mail can hold: each reader raises ValueError with the rest of a sentence that
begins with the setting's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

from adapters.secret import Secret
from adapters.setting_values import is_loopback


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The mail server, and whom letters come from. `private`: "tls" from the first byte, "starttls" before anything is
    said, "plain" on this machine alone."""

    host: str
    port: int
    private: Literal["tls", "starttls", "plain"]
    username: str | None
    password: Secret | None
    address: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """The mailbox that answers to invitations arrive in."""

    host: str
    port: int
    username: str
    password: Secret
    tls: bool


def mail_server(url: str) -> MailSettings:
    """smtps://, or smtp:// with STARTTLS unless it leads to this machine. The value may hold a password: never said."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ValueError("is no mail server. Set smtps://user:password@host or smtp://user:password@host:587.")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("has a user without a password, or a password without a user. Set both or neither.")
    tls = parts.scheme == "smtps"
    return MailSettings(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        private="tls" if tls else "plain" if is_loopback(parts.hostname) else "starttls",
        username=unquote(parts.username) if parts.username else None,
        password=Secret(unquote(parts.password)) if parts.password else None,
        address="",
        name="",
    )


def sender_of(told: str) -> tuple[str, str]:
    """An address, with or without the name shown beside it."""
    name, address = parseaddr(told)
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
        raise ValueError(f"is {told!r}. Set an address of your own domain, such as Pairtime <sessions@example.com>.")
    return address, name or "Pairtime"


def mailbox(url: str) -> ImapSettings:
    """imaps://, or imap:// where it leads to this machine. The value holds a password: never said."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ValueError("is no mailbox. Set imaps://user:password@host, an @ in the user's name being %40.")
    if not parts.username or not parts.password:
        raise ValueError("has no user or no password. Set imaps://user:password@host.")
    if parts.scheme == "imap" and not is_loopback(parts.hostname):
        raise ValueError("is not encrypted. Use imaps: the password is sent there.")
    tls = parts.scheme == "imaps"
    return ImapSettings(
        host=parts.hostname,
        port=port or (993 if tls else 143),
        username=unquote(parts.username),
        password=Secret(unquote(parts.password)),
        tls=tls,
    )
