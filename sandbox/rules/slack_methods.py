"""The Web API's methods: who may call them, with what, and how often a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "flag", "number", "json", "list"]
Caller = Literal["bot", "app", "client"]
"""A bot's token, an app-level token, or a client id with its secret."""
KINDS: Mapping[str, Kind] = {"": "text", "!": "flag", "#": "number", "{": "json", ",": "list"}


@dataclass(frozen=True, slots=True)
class Method:
    """`needs` and `may` are arguments by name. `a_minute` is the tier's least."""

    needs: Mapping[str, Kind]
    may: Mapping[str, Kind]
    scope: str = ""
    caller: Caller = "bot"
    a_minute: int = 100


def _arguments(said: str) -> dict[str, Kind]:
    """`channel blocks{ include_locale!`: the mark at the end says what it is, none means text."""
    found: dict[str, Kind] = {}
    for each in said.split():
        mark = each[-1] if each[-1] in "!#{," else ""
        found[each.removesuffix(mark)] = KINDS[mark]
    return found


def _method(needs: str, may: str = "", scope: str = "", *, a_minute: int = 100, caller: Caller = "bot") -> Method:
    return Method(_arguments(needs), _arguments(may), scope, caller, a_minute)


SAID = "text blocks{ attachments{ mrkdwn! parse link_names! username icon_emoji icon_url unfurl_links! unfurl_media!"
METHODS: Mapping[str, Method] = {
    "auth.test": _method("", a_minute=300),
    "auth.revoke": _method("", "test!", a_minute=50),
    "team.info": _method("", "team domain", "team:read", a_minute=50),
    "users.info": _method("user", "include_locale!", "users:read"),
    "users.lookupByEmail": _method("email", "team_id", "users:read.email", a_minute=50),
    "conversations.open": _method("", "users, channel return_im! prevent_creation!", "im:write", a_minute=50),
    "chat.postMessage": _method(
        "channel", f"{SAID} thread_ts reply_broadcast! metadata{{ client_msg_id", "chat:write", a_minute=300
    ),
    "chat.postEphemeral": _method("channel user", f"{SAID} thread_ts", "chat:write"),
    "chat.update": _method(
        "channel ts",
        "text blocks{ attachments{ parse link_names! metadata{ reply_broadcast! file_ids{",
        "chat:write",
        a_minute=50,
    ),
    "chat.delete": _method("channel ts", "", "chat:write", a_minute=50),
    "views.open": _method("view{", "trigger_id interactivity_pointer"),
    "views.push": _method("view{", "trigger_id interactivity_pointer"),
    "views.update": _method("view{", "view_id external_id hash"),
    "views.publish": _method("user_id view{", "hash"),
    "files.getUploadURLExternal": _method("filename length#", "alt_txt snippet_type", "files:write"),
    "files.completeUploadExternal": _method(
        "files{", "channel_id channels thread_ts initial_comment blocks{", "files:write"
    ),
    "files.delete": _method("file", "", "files:write", a_minute=50),
    "apps.connections.open": _method("", caller="app", a_minute=1),
    "oauth.v2.access": _method(
        "",
        "client_id client_secret code redirect_uri grant_type refresh_token code_verifier",
        caller="client",
        a_minute=600,
    ),
}
"""What Slack offers beside these, nobody here calls; it is unknown_method."""

SCOPES = frozenset(
    {
        "app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "chat:write.public",
        "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write",
        "links:read", "links:write", "mpim:history", "mpim:read", "mpim:write", "reactions:write", "team:read",
        "users.profile:read", "users:read", "users:read.email",
    }
)  # fmt: skip
USUAL_SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "im:history",
    "mpim:write",
    "users:read",
    "users:read.email",
    "files:write",
    "team:read",
)
A_CHANNEL_A_SECOND = 1
"""chat.postMessage in one channel."""
