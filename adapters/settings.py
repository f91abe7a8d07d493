"""The environment, read once: names PAIRTIME_*, frozen Settings, every mistake reported at once."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from adapters.mail_values import ImapSettings, MailSettings, mail_server, mailbox, sender_of
from adapters.secret import Secret
from adapters.vendor_values import CLOUDS, certificate_of, cloud_named, end_of_day, is_keyless, keyless_account

from .setting_values import GOOGLE_METADATA, base_in, contact_in, log_level_in

Value = TypeVar("Value")

GOOGLE_API = "https://www.googleapis.com/calendar/v3"
GOOGLE_OAUTH = "https://oauth2.googleapis.com"
GOOGLE_ACCOUNTS = "https://accounts.google.com"
GOOGLE_IAM = "https://iamcredentials.googleapis.com"
ENCRYPTION_KEY = re.compile(r"([A-Za-z0-9-]{1,32}):([A-Za-z0-9+/]{43}=)\Z")


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to serve. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8100


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """The installation's registration in Entra, proved by a secret or by a certificate (PEM, its key with it), which
    comes first. `ends_at`: when whichever is used ends, as far as that is known."""

    client_id: str
    client_secret: Secret | None = None
    certificate: Secret | None = None
    ends_at: datetime | None = None


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
class Settings:
    """One installation. `database` is a URL that may hold a password; a vendor that is None is not set up.

    Base addresses have no slash at the end. `google_keyless` is the address of a service account for which IAM signs,
    instead of a key. Of `encryption_keys` the first seals, and all open.
    """

    database: Secret
    google_api_base: str = GOOGLE_API
    google_oauth_base: str = GOOGLE_OAUTH
    graph_base: str = CLOUDS["public"].graph
    login_base: str = CLOUDS["public"].login
    google_accounts_base: str = GOOGLE_ACCOUNTS
    google_service_account: Secret | None = None
    google_keyless: str | None = None
    google_iam_base: str = GOOGLE_IAM
    google_metadata_base: str = GOOGLE_METADATA
    google_client: GoogleClient | None = None
    microsoft: MicrosoftApp | None = None
    microsoft_personal_accounts: bool = False
    encryption_keys: tuple[EncryptionKey, ...] = ()
    operator_contact: str | None = None
    mail: MailSettings | None = None
    imap: ImapSettings | None = None
    listen: Listen = Listen()
    log_level: int = logging.INFO
    public_url: str | None = None


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
    cloud = reading.one("MICROSOFT_CLOUD", cloud_named, CLOUDS["public"])
    keyless = reading.keyless()
    settings = Settings(
        database=reading.one("DATABASE_URL", _database, Secret("")),
        google_api_base=reading.one("GOOGLE_API_BASE", base_in, GOOGLE_API),
        google_oauth_base=reading.one("GOOGLE_OAUTH_BASE", base_in, GOOGLE_OAUTH),
        graph_base=reading.one("GRAPH_BASE", base_in, cloud.graph),
        login_base=reading.one("LOGIN_BASE", base_in, cloud.login),
        google_service_account=None if keyless else reading.one("GOOGLE_SERVICE_ACCOUNT", _service_account, None),
        google_keyless=reading.one("GOOGLE_SERVICE_ACCOUNT", keyless_account, None) if keyless else None,
        google_iam_base=reading.one("GOOGLE_IAM_BASE", base_in, GOOGLE_IAM),
        google_metadata_base=reading.one("GOOGLE_METADATA_BASE", base_in, GOOGLE_METADATA),
        google_accounts_base=reading.one("GOOGLE_ACCOUNTS_BASE", base_in, GOOGLE_ACCOUNTS),
        google_client=reading.google_client(),
        microsoft=reading.microsoft(),
        microsoft_personal_accounts=reading.one("MICROSOFT_PERSONAL_ACCOUNTS", _yes_or_no, False),
        encryption_keys=reading.one("ENCRYPTION_KEYS", _encryption_keys, ()),
        operator_contact=reading.one("OPERATOR_CONTACT", contact_in, None),
        mail=reading.mail(),
        imap=reading.imap(),
        listen=reading.one("LISTEN", _listen, Listen()),
        log_level=reading.one("LOG_LEVEL", log_level_in, logging.INFO),
        public_url=reading.one("PUBLIC_URL", _public, None),
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

    def keyless(self) -> bool:
        """Whether IAM signs for the service account, which must then be named."""
        keyless = self.one("GOOGLE_SIGNING", is_keyless, False)
        if keyless and not self.has("GOOGLE_SERVICE_ACCOUNT"):
            self.mistakes.append(
                "PAIRTIME_GOOGLE_SIGNING is keyless, but PAIRTIME_GOOGLE_SERVICE_ACCOUNT is not set. Set it to the"
                " service account's address, such as pairtime@project.iam.gserviceaccount.com."
            )
        return keyless

    def microsoft(self) -> MicrosoftApp | None:
        """The id with a secret or a certificate, or none of them."""
        client_id = self.one("MICROSOFT_CLIENT_ID", str, None)
        secret = self.one("MICROSOFT_CLIENT_SECRET", Secret, None)
        ends_at = self.one("MICROSOFT_CLIENT_SECRET_ENDS", end_of_day, None)
        certificate = self.one("MICROSOFT_CERTIFICATE", certificate_of, None)
        if certificate is not None and client_id:
            proof = Secret(certificate.pem)
            return MicrosoftApp(
                client_id=client_id, client_secret=secret, certificate=proof, ends_at=certificate.ends_at
            )
        if self.has("MICROSOFT_CERTIFICATE"):
            if not client_id:
                self.mistakes.append(
                    "PAIRTIME_MICROSOFT_CERTIFICATE is set but PAIRTIME_MICROSOFT_CLIENT_ID is not. Set the id as the"
                    " app registration in Entra shows it."
                )
            return None
        client = self._both("MICROSOFT", client_id, secret, "the app registration in Entra")
        if client is None:
            return None
        return MicrosoftApp(client_id=client[0], client_secret=client[1], ends_at=ends_at)

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
        found = self.one("IMAP_URL", mailbox, None)
        for needed, why in (("MAIL_FROM", "invitations come from"), ("ENCRYPTION_KEYS", "their answers are known by")):
            if self.has("IMAP_URL") and not self.has(needed):
                self.mistakes.append(
                    f"PAIRTIME_IMAP_URL is set but PAIRTIME_{needed}, which {why}, is not. Set both, or neither."
                )
        return found

    def mail(self) -> MailSettings | None:
        """Both or none."""
        server = self.one("SMTP_URL", mail_server, None)
        sender = self.one("MAIL_FROM", sender_of, None)
        if server and sender:
            return replace(server, address=sender[0], name=sender[1])
        if self.has("SMTP_URL") != self.has("MAIL_FROM"):
            there, missing = ("SMTP_URL", "MAIL_FROM") if self.has("SMTP_URL") else ("MAIL_FROM", "SMTP_URL")
            self.mistakes.append(
                f"PAIRTIME_{there} is set but PAIRTIME_{missing} is not. Set both, so that invitations can be mailed,"
                " or neither."
            )
        return None


def _database(url: str) -> Secret:
    scheme = url.partition("://")[0]
    if scheme not in ("sqlite", "postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError("must begin with sqlite:/// or postgresql://.")
    return Secret(url.replace("postgres://", "postgresql://", 1))


def _public(url: str) -> str:
    parts = urlsplit(base_in(url))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {url!r}. Set scheme and host alone, such as https://pairtime.example.com.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_https(url: str | None) -> bool:
    """Whether browsers come to that address by https."""
    return url is not None and url.startswith("https://")


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
