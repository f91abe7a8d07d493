"""Reads settings from a mapping of names to texts, and collects every mistake instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from adapters.mail_values import ImapSettings, MailSettings, mail_server, mailbox, sender_of
from adapters.secret import Secret
from adapters.setting_values import base_in
from adapters.slack_values import (
    ALIASES,
    SLACK_API,
    SlackSettings,
    app_token_in,
    bot_token_in,
    commands_in,
    signing_secret_in,
)
from adapters.vendor_values import GoogleClient, MicrosoftApp, certificate_of, end_of_day, is_keyless

Value = TypeVar("Value")


class SettingsWrong(ValueError):
    """`mistakes` are sentences, each with what to set."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Reading:
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

    def slack(self) -> SlackSettings | None:
        """None where nothing says which app we are. What is there has to be enough to hear, and to speak."""
        found = SlackSettings(
            signing_secret=self.one("SLACK_SIGNING_SECRET", signing_secret_in, None),
            bot_token=self.one("SLACK_BOT_TOKEN", bot_token_in, None),
            app_token=self.one("SLACK_APP_TOKEN", app_token_in, None),
            client_id=self.one("SLACK_CLIENT_ID", str, None),
            client_secret=self.one("SLACK_CLIENT_SECRET", Secret, None),
            api_base=self.one("SLACK_API_BASE", base_in, SLACK_API),
            commands=self.one("SLACK_COMMANDS", commands_in, dict(ALIASES)),
        )
        heard = self.has("SLACK_SIGNING_SECRET") or self.has("SLACK_APP_TOKEN")
        spoken = self.has("SLACK_BOT_TOKEN") or self.has("SLACK_CLIENT_ID")
        if not heard and not spoken and not self.has("SLACK_CLIENT_SECRET"):
            return None
        self._both("SLACK", found.client_id, found.client_secret, "Slack under Basic Information")
        if not heard:
            self.mistakes.append(
                "PAIRTIME_SLACK_SIGNING_SECRET is not set. Set it, so that Slack can send to this server; or set"
                " PAIRTIME_SLACK_APP_TOKEN for Socket Mode, which needs no public address."
            )
        if not spoken:
            self.mistakes.append(
                "PAIRTIME_SLACK_BOT_TOKEN is not set. Set it for one workspace; or set PAIRTIME_SLACK_CLIENT_ID and"
                " PAIRTIME_SLACK_CLIENT_SECRET, so that workspaces can install the app."
            )
        if self.has("SLACK_BOT_TOKEN") and self.has("SLACK_CLIENT_ID"):
            self.mistakes.append(
                "PAIRTIME_SLACK_BOT_TOKEN and PAIRTIME_SLACK_CLIENT_ID are both set, and only one can count. Set the"
                " token where the app was installed by hand, or the client's id and secret where workspaces install it."
            )
        for needed in ("ENCRYPTION_KEYS", "PUBLIC_URL"):
            if self.has("SLACK_CLIENT_ID") and not self.has(needed):
                self.mistakes.append(
                    f"PAIRTIME_SLACK_CLIENT_ID is set but PAIRTIME_{needed} is not. Set it, too: installing the app"
                    " is done in a browser, and the token it leaves here is sealed."
                )
        return found
