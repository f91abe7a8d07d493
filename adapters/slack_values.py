"""What settings about Slack can hold: each reader raises ValueError with the rest of a sentence that begins with the
setting's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.secret import Secret

SLACK_API = "https://slack.com/api"
ALIASES: Mapping[str, str] = {"pairtime": "", "book": "book", "sessions": "sessions"}
COMMAND = re.compile(r"[a-z0-9_-]{1,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """One app in Slack's eyes. `signing_secret` proves what Slack sends to us; None where only Socket Mode is used.

    `bot_token` is a workspace's that installed the app by hand; with `client_id` and `client_secret` workspaces and
    organisations install it themselves. `commands` has, for each slash command's name, the words it stands for.
    """

    signing_secret: Secret | None = None
    bot_token: Secret | None = None
    app_token: Secret | None = None
    client_id: str | None = None
    client_secret: Secret | None = None
    api_base: str = SLACK_API
    commands: Mapping[str, str] = field(default_factory=lambda: dict(ALIASES))


def bot_token_in(told: str) -> Secret:
    """Never quotes what stands there."""
    if told.startswith("xoxe"):
        raise ValueError(
            "is a token that ends after twelve hours, as Slack gives them where token rotation is on. Set the one of an"
            " app without it, or set PAIRTIME_SLACK_CLIENT_ID and PAIRTIME_SLACK_CLIENT_SECRET instead and install the"
            " app at /slack/install."
        )
    if re.fullmatch(r"xoxb-[A-Za-z0-9-]{4,500}", told) is None:
        raise ValueError("is no bot token. Set the one that begins with xoxb-, as Slack shows it under OAuth.")
    return Secret(told)


def app_token_in(told: str) -> Secret:
    """Never quotes what stands there."""
    if re.fullmatch(r"xapp-[A-Za-z0-9-]{4,500}", told) is None:
        raise ValueError("is no app-level token. Set the one that begins with xapp-, made for Socket Mode.")
    return Secret(told)


def signing_secret_in(told: str) -> Secret:
    """Never quotes what stands there."""
    if re.fullmatch(r"[!-~]{16,200}", told) is None:
        raise ValueError("is no signing secret. Set the one Slack shows under Basic Information.")
    return Secret(told)


def commands_in(told: str) -> dict[str, str]:
    """The slash commands, some of them renamed: `book=/termin,sessions=/meetings`; `sessions=` leaves one out."""
    names = {alias: alias for alias in ALIASES}
    for part in told.split(","):
        alias, separator, name = (each.strip().casefold() for each in part.partition("="))
        name = name.removeprefix("/")
        if alias not in ALIASES or not separator or (name and COMMAND.fullmatch(name) is None):
            raise ValueError(
                f"is wrong at {part.strip()[:40]!r}. Set pairs such as book=/termin, separated by commas; there are"
                f" {', '.join(ALIASES)}. A name has up to 31 small letters, digits, - and _."
            )
        names[alias] = name
    kept = [name for name in names.values() if name]
    if len(set(kept)) < len(kept) or not names["pairtime"]:
        raise ValueError("gives two commands one name, or none to pairtime, which reaches everything.")
    return {name: ALIASES[alias] for alias, name in names.items() if name}
