"""A link that is typed: "add link https://...", "add link 2 https://...", or the link alone."""

from __future__ import annotations

import re

from .commands import AddLink

PATTERN = (
    r"(?:(?:(?:add|set|use)\s+)?(?:a\s+|the\s+|my\s+)?(?:meeting\s+)?link(?:\s+is)?[\s:]+)?"
    r"(?P<rest>(?:\d{1,2}[\s:]+)?<?https?://\S+)"
    r"|(?:add|set|use)\s+(?:a\s+|the\s+|my\s+)?(?:meeting\s+)?link"
)
_PARTS = re.compile(r"(?:(?P<number>\d{1,2})[\s:]+)?<?(?P<url>[^\s|>]+)", re.IGNORECASE)


def add_link(rest: str) -> AddLink:
    """Some chats wrap what looks like a link: <https://...|https://...>."""
    found = _PARTS.match(rest)
    if found is None:
        return AddLink()
    return AddLink(None, found["url"], int(found["number"] or 0))
