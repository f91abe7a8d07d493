"""Who said something, and where: what every kind of payload has in its own place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .payload import Payload, object_at, text_at
from .render.shown import ANSWERED

ID = re.compile(r"[A-Z][A-Z0-9]{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`team` is the workspace in which the app was addressed (None for some of an organisation's). `response_url` and
    `trigger_id` are empty where there are none; `message` is the one a button was on, which one person alone may see
    (`is_ephemeral`), and which may be an answer of ours rather than a notice (`is_answer`). `thread` is where it was
    said or pressed: the ts of the first message there, empty outside of threads."""

    team: str | None
    enterprise: str | None
    user: str
    channel: str = ""
    message: str = ""
    thread: str = ""
    is_ephemeral: bool = False
    is_answer: bool = False
    response_url: str = field(default="", repr=False)
    trigger_id: str = field(default="", repr=False)

    @property
    def is_direct(self) -> bool:
        """In the two-sided conversation of a person and the bot."""
        return self.channel.startswith("D")


def heard_command(body: Payload) -> Heard:
    """A slash command's."""
    return Heard(
        team=_id(text_at(body, "team_id")),
        enterprise=_id(text_at(body, "enterprise_id")),
        user=text_at(body, "user_id"),
        channel=_id(text_at(body, "channel_id")) or "",
        response_url=text_at(body, "response_url"),
        trigger_id=text_at(body, "trigger_id"),
    )


def heard_interaction(body: Payload) -> Heard:
    """A press's, a form's or a shortcut's. A form in an organisation may have no team; then it is the user's."""
    user, view = object_at(body, "user"), object_at(body, "view")
    own = _id(text_at(user, "team_id"))
    team = _id(text_at(body, "team", "id")) or _id(text_at(view, "app_installed_team_id")) or own
    enterprise = _id(text_at(body, "enterprise", "id")) or _id(text_at(body, "team", "enterprise_id"))
    container = object_at(body, "container")
    blocks = object_at(body, "message").get("blocks")
    first = blocks[0] if isinstance(blocks, list) and blocks else None
    return Heard(
        team=team if team is None or team.startswith("T") else None,
        enterprise=enterprise or (team if team is not None and team.startswith("E") else None),
        user=text_at(user, "id"),
        channel=_id(text_at(body, "channel", "id") or text_at(container, "channel_id")) or "",
        message=text_at(container, "message_ts"),
        thread=text_at(container, "thread_ts") or text_at(body, "message", "thread_ts"),
        is_ephemeral=container.get("is_ephemeral") is True,
        is_answer=text_at(first, "block_id") == ANSWERED,
        response_url=text_at(body, "response_url"),
        trigger_id=text_at(body, "trigger_id"),
    )


def heard_event(body: Payload) -> Heard:
    """An event's. `user` is whom it is about; empty where it is about nobody."""
    event = object_at(body, "event")
    user = event.get("user")
    return Heard(
        team=_id(text_at(body, "team_id")),
        enterprise=_id(text_at(body, "enterprise_id")),
        user=_id(user if isinstance(user, str) else text_at(user, "id")) or "",
        channel=_id(text_at(event, "channel")) or "",
        thread=text_at(event, "thread_ts"),
    )


def _id(told: str) -> str | None:
    """One of Slack's ids; None for anything else."""
    return told if ID.fullmatch(told) else None
