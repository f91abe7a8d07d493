"""The environment, read once: names PAIRTIME_*, frozen Settings, every mistake reported at once."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.mail_values import ImapSettings, MailSettings
from adapters.secret import Secret
from adapters.setting_reading import Reading, SettingsWrong
from adapters.setting_values import (
    GOOGLE_METADATA,
    LOOPBACK,
    EncryptionKey,
    Listen,
    base_in,
    contact_in,
    database_in,
    encryption_keys_in,
    listen_in,
    log_level_in,
    public_in,
    yes_or_no_in,
)
from adapters.slack_values import ALIASES, SlackSettings, commands_in
from adapters.teams_reading import teams_of
from adapters.teams_values import TeamsSettings
from adapters.vendor_values import (
    CLOUDS,
    GoogleClient,
    MicrosoftApp,
    cloud_named,
    keyless_account,
    service_account_in,
)

GOOGLE_API = "https://www.googleapis.com/calendar/v3"
GOOGLE_OAUTH = "https://oauth2.googleapis.com"
GOOGLE_ACCOUNTS = "https://accounts.google.com"
GOOGLE_IAM = "https://iamcredentials.googleapis.com"


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
    listen: Listen = LOOPBACK
    log_level: int = logging.INFO
    public_url: str | None = None
    slack: SlackSettings | None = None
    teams: TeamsSettings | None = None


def settings_from_environment() -> Settings:
    """This process's settings. Raises SettingsWrong."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings of a mapping such as os.environ. Raises SettingsWrong with all mistakes, not the first alone."""
    reading = Reading(environment)
    cloud = reading.one("MICROSOFT_CLOUD", cloud_named, CLOUDS["public"])
    keyless = reading.keyless()
    listen = reading.one("LISTEN", listen_in, LOOPBACK)
    settings = Settings(
        database=reading.one("DATABASE_URL", database_in, Secret("")),
        google_api_base=reading.one("GOOGLE_API_BASE", base_in, GOOGLE_API),
        google_oauth_base=reading.one("GOOGLE_OAUTH_BASE", base_in, GOOGLE_OAUTH),
        graph_base=reading.one("GRAPH_BASE", base_in, cloud.graph),
        login_base=reading.one("LOGIN_BASE", base_in, cloud.login),
        google_service_account=None if keyless else reading.one("GOOGLE_SERVICE_ACCOUNT", service_account_in, None),
        google_keyless=reading.one("GOOGLE_SERVICE_ACCOUNT", keyless_account, None) if keyless else None,
        google_iam_base=reading.one("GOOGLE_IAM_BASE", base_in, GOOGLE_IAM),
        google_metadata_base=reading.one("GOOGLE_METADATA_BASE", base_in, GOOGLE_METADATA),
        google_accounts_base=reading.one("GOOGLE_ACCOUNTS_BASE", base_in, GOOGLE_ACCOUNTS),
        google_client=reading.google_client(),
        microsoft=reading.microsoft(),
        microsoft_personal_accounts=reading.one("MICROSOFT_PERSONAL_ACCOUNTS", yes_or_no_in, False),
        encryption_keys=reading.one("ENCRYPTION_KEYS", encryption_keys_in, ()),
        operator_contact=reading.one("OPERATOR_CONTACT", contact_in, None),
        mail=reading.mail(),
        imap=reading.imap(),
        listen=listen,
        log_level=reading.one("LOG_LEVEL", log_level_in, logging.INFO),
        public_url=reading.one("PUBLIC_URL", public_in, None),
        slack=reading.slack(),
        teams=teams_of(reading, listen),
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


def slack_commands() -> Mapping[str, str]:
    """What the slash commands are called by this process's settings, whatever else is set. Raises SettingsWrong."""
    reading = Reading(os.environ)
    commands = reading.one("SLACK_COMMANDS", commands_in, dict(ALIASES))
    if reading.mistakes:
        raise SettingsWrong(tuple(reading.mistakes))
    return commands


def has_installation() -> bool:
    """Whether this environment says which installation is meant."""
    return bool(os.environ.get("PAIRTIME_DATABASE_URL"))


def runtime_folder() -> Path:
    """This user's own folder for what is true only while something runs."""
    if folder := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(folder) / "pairtime"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pairtime"
