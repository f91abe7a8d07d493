"""What Slack is told of the app, as one file: commands, shortcuts, permissions, events.

Written from the grammar and the settings, so that what stands in Slack's list is what the server answers.

Two editions: over Socket Mode, which needs no public address, and over HTTP, for a server that has one. Either can have
the agent view, where Slack shows the conversation with suggestions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from adapters.slack_values import ALIASES
from bot.grammar.table import GRAMMAR
from bot.replies import Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsWords, Text, Words

from .oauth import SCOPES

Json: TypeAlias = dict[str, object]

NAME = "Pairtime"
EVENTS_PATH = "/slack/events"
BACK_PATH = "/slack/oauth_redirect"
BOOK, BOOK_ABOUT = "book", "book_about"  # callback ids of the shortcuts
EVENTS = ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked", "user_change")
HINTS = {"book": "with my mentor next Friday morning | form | help", "": "status | sessions | settings | help"}


@dataclass(frozen=True, slots=True)
class Described:
    """The app, as Slack is told of it: `public_url` is None for Socket Mode, `commands` as in the settings.

    Raises ValueError with what is wrong.
    """

    public_url: str | None = None
    commands: Mapping[str, str] = field(default_factory=lambda: dict(ALIASES))
    agent: bool = False

    def __post_init__(self) -> None:
        if self.public_url is not None:
            parts = urlsplit(self.public_url)
            if parts.scheme != "https" or not parts.hostname:
                raise ValueError("Every address has to begin with https:// and name a host.")


def manifest(app: Described) -> Json:
    """The whole of it."""
    home: Json = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    features: Json = {
        "app_home": home,
        "bot_user": {"display_name": NAME, "always_online": True},
        "shortcuts": [
            _shortcut("global", BOOK, "Book a session", "Choose a day, a length and a time that is really free."),
            _shortcut("message", BOOK_ABOUT, "Book about this", "Choose a time, to talk about it. Nothing is quoted."),
        ],
        "slash_commands": [_command(app, name, word) for name, word in app.commands.items()],
    }
    if app.agent:
        features["agent_view"] = {"agent_description": _said(TeamsWords.APP_SHORT), "suggested_prompts": _prompts()}
    settings: Json = {
        "event_subscriptions": {**_url(app), "bot_events": sorted(EVENTS)},
        "interactivity": {"is_enabled": True, **_url(app)},
        "org_deploy_enabled": True,
        "socket_mode_enabled": app.public_url is None,
        "token_rotation_enabled": app.public_url is not None,
    }
    oauth: Json = {"scopes": {"bot": sorted((*SCOPES, *(("assistant:write",) if app.agent else ())))}}
    if app.public_url is not None:
        oauth = {"redirect_urls": [app.public_url.rstrip("/") + BACK_PATH], **oauth}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": NAME,
            "description": _said(TeamsWords.APP_SHORT),
            "long_description": _said(TeamsWords.APP_FULL),
            "background_color": "#1f4e5f",
        },
        "features": features,
        "oauth_config": oauth,
        "settings": settings,
    }


def write_slack(folder: Path, app: Described) -> list[Path]:
    """Both editions, without the agent view and with it. Returns what was written."""
    made = []
    folder.mkdir(parents=True, exist_ok=True)
    for name, agent in (("slack.json", False), ("slack-agent.json", True)):
        path = folder / name
        written = manifest(Described(app.public_url, app.commands, agent))
        path.write_text(f"{json.dumps(written, ensure_ascii=False, indent=2)}\n", encoding="utf-8")
        made.append(path)
    return made


def _url(app: Described) -> Json:
    return {} if app.public_url is None else {"request_url": app.public_url.rstrip("/") + EVENTS_PATH}


def _command(app: Described, name: str, word: str) -> Json:
    """What stands in Slack's list when people type `/`."""
    about = {phrase.word: phrase.about for phrase in GRAMMAR}
    shown: Json = {
        "command": f"/{name}",
        "description": _said(about[word] if word else Words.HELP_HELP),
        **_own_url(app),
    }
    if word in HINTS:
        shown["usage_hint"] = HINTS[word]
    return {**shown, "should_escape": True}


def _own_url(app: Described) -> Json:
    return {} if app.public_url is None else {"url": app.public_url.rstrip("/") + EVENTS_PATH}


def _shortcut(kind: str, callback: str, name: str, description: str) -> Json:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _prompts() -> list[Json]:
    """The words that most people need first: each is what would be typed."""
    first = ("book", "sessions", "status", "privacy")
    about = {phrase.word: phrase.about for phrase in GRAMMAR}
    return [{"title": _said(about[word])[:75], "message": word} for word in first]


def _said(words: Text) -> str:
    text = Voice(Reader("en-GB")).unmarked(sentence(words))
    return text[:1].upper() + text[1:]
