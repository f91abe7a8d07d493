"""The environment, read once: names PAIRTIME_*, frozen Settings, every mistake reported at once."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit

Value = TypeVar("Value")

GOOGLE_API = "https://www.googleapis.com/calendar/v3"
GOOGLE_OAUTH = "https://oauth2.googleapis.com"
GRAPH = "https://graph.microsoft.com"
LOGIN = "https://login.microsoftonline.com"
GOOGLE_ACCOUNTS = "https://accounts.google.com"
ENCRYPTION_KEY = re.compile(r"([A-Za-z0-9-]{1,32}):([A-Za-z0-9+/]{43}=)\Z")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that is never shown by accident: printed it is `Secret()`, and `reveal` gives it."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to serve. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8100


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """The installation's registration in Entra."""

    client_id: str
    client_secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleClient:
    """The installation's OAuth client in Google's cloud, by which people connect their own calendars."""

    client_id: str
    client_secret: Secret


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """What secrets are sealed with: 32 bytes, in base64."""

    id: str
    key: Secret


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation. `database` is a URL that may hold a password; a vendor that is None is not set up.

    Base addresses have no slash at the end. Of `encryption_keys` the first seals, and all open.
    """

    database: Secret
    google_api_base: str = GOOGLE_API
    google_oauth_base: str = GOOGLE_OAUTH
    graph_base: str = GRAPH
    login_base: str = LOGIN
    google_accounts_base: str = GOOGLE_ACCOUNTS
    google_service_account: Secret | None = None
    google_client: GoogleClient | None = None
    microsoft: MicrosoftApp | None = None
    microsoft_personal_accounts: bool = False
    encryption_keys: tuple[EncryptionKey, ...] = ()
    mail: MailSettings | None = None
    imap: ImapSettings | None = None
    listen: Listen = Listen()
    log_level: int = logging.INFO


class SettingsWrong(ValueError):
    """`mistakes` are sentences, each with what to set."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def settings_from_environment() -> Settings:
    """This process's settings. Raises SettingsWrong."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings of a mapping such as os.environ. Raises SettingsWrong with all mistakes, not the first alone."""
    reading = _Reading(environment)
    settings = Settings(
        database=reading.one("DATABASE_URL", _database, Secret("")),
        google_api_base=reading.one("GOOGLE_API_BASE", _base, GOOGLE_API),
        google_oauth_base=reading.one("GOOGLE_OAUTH_BASE", _base, GOOGLE_OAUTH),
        graph_base=reading.one("GRAPH_BASE", _base, GRAPH),
        login_base=reading.one("LOGIN_BASE", _base, LOGIN),
        google_service_account=reading.one("GOOGLE_SERVICE_ACCOUNT", _service_account, None),
        google_accounts_base=reading.one("GOOGLE_ACCOUNTS_BASE", _base, GOOGLE_ACCOUNTS),
        google_client=reading.google_client(),
        microsoft=reading.microsoft(),
        microsoft_personal_accounts=reading.one("MICROSOFT_PERSONAL_ACCOUNTS", _yes_or_no, False),
        encryption_keys=reading.one("ENCRYPTION_KEYS", _encryption_keys, ()),
        mail=reading.mail(),
        imap=reading.imap(),
        listen=reading.one("LISTEN", _listen, Listen()),
        log_level=reading.one("LOG_LEVEL", _log_level, logging.INFO),
    )
    if not reading.has("DATABASE_URL"):
        reading.mistakes.insert(
            0,
            "PAIRTIME_DATABASE_URL is not set. Set it to sqlite:////absolute/path/pairtime.sqlite3 to try things out,"
            " or to postgresql://user:password@host/name for a large installation.",
        )
    if reading.mistakes:
        raise SettingsWrong(tuple(reading.mistakes))
    return settings


def has_installation() -> bool:
    """Whether this environment says which installation is meant."""
    return bool(os.environ.get("PAIRTIME_DATABASE_URL"))


def runtime_folder() -> Path:
    """This user's own folder for what is true only while something runs."""
    if folder := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(folder) / "pairtime"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pairtime"


class _Reading:
    """Collects mistakes while values are read."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.mistakes: list[str] = []

    def has(self, name: str) -> bool:
        """An empty variable counts as not set."""
        return bool(self._environment.get(f"PAIRTIME_{name}"))

    def one(self, name: str, read: Callable[[str], Value], unset: Value) -> Value:
        """The value of one variable; `unset` where there is none, or a mistake was noted."""
        if not self.has(name):
            return unset
        try:
            return read(self._environment[f"PAIRTIME_{name}"].strip())
        except ValueError as mistake:
            self.mistakes.append(f"PAIRTIME_{name} {mistake}")
            return unset

    def google_client(self) -> GoogleClient | None:
        """Both or none; and what people's consents leave us has to be sealed."""
        pair = self.one("GOOGLE_CLIENT_ID", str, None), self.one("GOOGLE_CLIENT_SECRET", Secret, None)
        client = self._both("GOOGLE", *pair, "Google's cloud console")
        if client is None:
            return None
        if not self.has("ENCRYPTION_KEYS"):
            self.mistakes.append(
                "PAIRTIME_ENCRYPTION_KEYS is not set. With PAIRTIME_GOOGLE_CLIENT_ID people connect their own"
                " calendars, and what that leaves here must be sealed: `pairtime keys new` prints a key to set."
            )
        return GoogleClient(client_id=client[0], client_secret=client[1])

    def microsoft(self) -> MicrosoftApp | None:
        """Both or none."""
        pair = self.one("MICROSOFT_CLIENT_ID", str, None), self.one("MICROSOFT_CLIENT_SECRET", Secret, None)
        client = self._both("MICROSOFT", *pair, "the app registration in Entra")
        return None if client is None else MicrosoftApp(client_id=client[0], client_secret=client[1])

    def _both(
        self, vendor: str, client_id: str | None, secret: Secret | None, shown_by: str
    ) -> tuple[str, Secret] | None:
        if client_id and secret:
            return client_id, secret
        if client_id or secret:
            there, missing = ("ID", "SECRET") if client_id else ("SECRET", "ID")
            self.mistakes.append(
                f"PAIRTIME_{vendor}_CLIENT_{there} is set but PAIRTIME_{vendor}_CLIENT_{missing} is not. Set both"
                f" as {shown_by} shows them, or neither."
            )
        return None

    def imap(self) -> ImapSettings | None:
        """Answers are sent to addresses of ours that are signed, below the one that invitations come from."""
        mailbox = self.one("IMAP_URL", _mailbox, None)
        for needed, why in (("MAIL_FROM", "invitations come from"), ("ENCRYPTION_KEYS", "their answers are known by")):
            if self.has("IMAP_URL") and not self.has(needed):
                self.mistakes.append(
                    f"PAIRTIME_IMAP_URL is set but PAIRTIME_{needed}, which {why}, is not. Set both, or neither."
                )
        return mailbox

    def mail(self) -> MailSettings | None:
        """Both or none."""
        server = self.one("SMTP_URL", _server, None)
        sender = self.one("MAIL_FROM", _sender, None)
        if server and sender:
            return replace(server, address=sender[0], name=sender[1])
        if self.has("SMTP_URL") != self.has("MAIL_FROM"):
            there, missing = ("SMTP_URL", "MAIL_FROM") if self.has("SMTP_URL") else ("MAIL_FROM", "SMTP_URL")
            self.mistakes.append(
                f"PAIRTIME_{there} is set but PAIRTIME_{missing} is not. Set both, so that invitations can be mailed,"
                " or neither."
            )
        return None


def _mailbox(url: str) -> ImapSettings:
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
    if parts.scheme == "imap" and not _is_loopback(parts.hostname):
        raise ValueError("is not encrypted. Use imaps: the password is sent there.")
    tls = parts.scheme == "imaps"
    return ImapSettings(
        host=parts.hostname,
        port=port or (993 if tls else 143),
        username=unquote(parts.username),
        password=Secret(unquote(parts.password)),
        tls=tls,
    )


def _server(url: str) -> MailSettings:
    """smtps://, or smtp:// with STARTTLS unless it leads to this machine. The value may hold a password: never said."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ValueError("is no mail server. Set smtps://user:password@host or smtp://user:password@host:587.")
    if (parts.username is None) != (parts.password is None):
        raise ValueError("has a user without a password, or a password without a user. Set both or neither.")
    tls = parts.scheme == "smtps"
    return MailSettings(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        private="tls" if tls else "plain" if _is_loopback(parts.hostname) else "starttls",
        username=unquote(parts.username) if parts.username else None,
        password=Secret(unquote(parts.password)) if parts.password else None,
        address="",
        name="",
    )


def _sender(told: str) -> tuple[str, str]:
    """An address, with or without the name shown beside it."""
    name, address = parseaddr(told)
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
        raise ValueError(f"is {told!r}. Set an address of your own domain, such as Pairtime <sessions@example.com>.")
    return address, name or "Pairtime"


def _database(url: str) -> Secret:
    scheme = url.partition("://")[0]
    if scheme not in ("sqlite", "postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError("must begin with sqlite:/// or postgresql://.")
    return Secret(url.replace("postgres://", "postgresql://", 1))


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(f"is {url!r}. Set a whole address, such as https://example.com/path.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError(f"is {url!r}. Use https: tokens are sent there.")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _service_account(told: str) -> Secret:
    if told.startswith("{"):
        text = told
    else:
        try:
            text = Path(told).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as unreadable:
            raise ValueError(f"names a file that cannot be read ({type(unreadable).__name__}).") from None
    try:
        key = json.loads(text)
        complete = isinstance(key, dict) and all(
            key.get(name) for name in ("client_email", "private_key_id", "private_key")
        )
    except ValueError:
        complete = False
    if not complete:
        raise ValueError("is no service account key. Set the key file's path, or the JSON in it, as Google gave it.")
    return Secret(text)


def _encryption_keys(told: str) -> tuple[EncryptionKey, ...]:
    """Never quotes a key, nor what stands in its place."""
    keys: dict[str, EncryptionKey] = {}
    for number, part in enumerate(told.split(","), 1):
        found = ENCRYPTION_KEY.match(part.strip())
        if found is None or len(base64.b64decode(found[2])) != 32:
            raise ValueError(
                f"is wrong at key {number}: each is ID:KEY, separated by commas, the key being 32 bytes in base64."
                " `pairtime keys new` prints one."
            )
        if found[1] in keys:
            raise ValueError(f"has two keys called {found[1]!r}. Give each an id of its own, and never use one again.")
        keys[found[1]] = EncryptionKey(found[1], Secret(found[2]))
    return tuple(keys.values())


def _yes_or_no(told: str) -> bool:
    if told.lower() not in ("yes", "no"):
        raise ValueError(f"is {told!r}. Set yes or no.")
    return told.lower() == "yes"


def _listen(told: str) -> Listen:
    host, separator, port = told.rpartition(":")
    if not separator or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"is {told!r}. Set an address and a port, such as 127.0.0.1:8100.")
    return Listen(host.strip("[]") or "127.0.0.1", int(port))


def _log_level(told: str) -> int:
    levels = logging.getLevelNamesMapping()
    if told.upper() not in levels or told.upper() == "NOTSET":
        raise ValueError(f"is {told!r}. Set DEBUG, INFO, WARNING or ERROR.")
    return levels[told.upper()]
