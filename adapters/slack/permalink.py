"""The address of a message in Slack: what a session is to be about, without a word of what is said there."""

from __future__ import annotations

import re

from .payload import Payload, text_at

DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,60}", re.ASCII)
CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,40}", re.ASCII)
STAMP = re.compile(r"(\d{1,12})\.(\d{6})", re.ASCII)
MESSAGE = rf"https://{DOMAIN.pattern}\.slack\.com/archives/{CHANNEL.pattern}/p\d{{7,18}}"
IN_THREAD = rf"\?thread_ts={STAMP.pattern}&cid={CHANNEL.pattern}"
ADDRESS = re.compile(rf"{MESSAGE}(?:{IN_THREAD})?(?![\w/?&#.-])", re.ASCII)


def permalink(body: Payload) -> str:
    """Of the message whose shortcut was used: as Slack itself makes it, so that nobody has to be asked while the
    trigger runs out, and the app need not be in that channel. Empty for what is no message of a workspace."""
    domain, channel = text_at(body, "team", "domain"), text_at(body, "channel", "id")
    stamp = STAMP.fullmatch(text_at(body, "message", "ts"))
    if stamp is None or not DOMAIN.fullmatch(domain) or not CHANNEL.fullmatch(channel):
        return ""
    thread = text_at(body, "message", "thread_ts")
    inside = f"?thread_ts={thread}&cid={channel}" if STAMP.fullmatch(thread) and thread != stamp[0] else ""
    return f"https://{domain}.slack.com/archives/{channel}/p{stamp[1]}{stamp[2]}{inside}"


def addresses_in(text: str) -> list[str]:
    """Those of messages: whoever may read one there may press it, and it leads nowhere else."""
    return [found[0] for found in ADDRESS.finditer(text)]
