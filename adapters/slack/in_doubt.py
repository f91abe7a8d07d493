"""Whether a message stands in somebody's conversation that may have been posted, or not (decisions/0031)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from calendar_core.ports import Post

from .installation import Installation
from .payload import list_at, text_at
from .render import Shown
from .web_api import SlackRefused
from .who import Calls

EVENT = "pairtime_notice"
LOOKED_THROUGH = 100  # messages a call; Slack gives some applications fifteen
MOST_CALLS = 20  # what has so many messages after it is not looked for any further
CLOCKS_DIFFER = timedelta(minutes=5)  # ours and Slack's, at most


def marked(key: str, shown: Shown) -> dict[str, object]:
    """A message, with what it is known by. The mark is there twice: metadata is what it is meant for, and a block's id
    is always shown to us."""
    mark = mark_of(key)
    fields = {**shown.fields(), "metadata": {"event_type": EVENT, "event_payload": {"key": mark}}}
    if shown.blocks:
        first, *others = shown.blocks
        fields["blocks"] = [{**first, "block_id": mark}, *others]
    return fields


def mark_of(key: str) -> str:
    """By which a message is known again: says nothing to anybody else in the workspace."""
    return hashlib.blake2b(f"notice {key}".encode(), digest_size=12).hexdigest()


async def place_of(calls: Calls, installation: Installation, post: Post) -> tuple[str, str] | None:
    """Where it stands (channel, ts), if it does: nothing but its mark is looked at. Raises ProviderUnavailable if that
    is not known for now, SlackRefused if it never will be."""
    mark = mark_of(post.key)
    opened = await calls.call(installation, "conversations.open", users=post.account.subject)
    channel = text_at(opened, "channel", "id")
    begins, latest = f"{(post.at - CLOCKS_DIFFER).timestamp():.6f}", None
    for _ in range(MOST_CALLS):
        past = await calls.call(
            installation,
            "conversations.history",
            channel=channel,
            limit=LOOKED_THROUGH,
            oldest=begins,
            latest=latest,
            include_all_metadata=True,
        )
        messages = list_at(past, "messages")
        for message in messages:
            marks = {text_at(each, "block_id") for each in list_at(message, "blocks")}
            marks.add(text_at(message, "metadata", "event_payload", "key"))
            if mark in marks and text_at(message, "ts"):
                return channel, text_at(message, "ts")
        if past.get("has_more") is not True or not messages:
            return None
        latest = text_at(messages[-1], "ts")
    raise SlackRefused("too_many_messages")
