"""Words as somebody typed them: without Slack's marks for links, addresses, mentions and escaped signs."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable

MARK = re.compile(r"<([^<>]{1,500})>")
MENTION = re.compile(r"<@([UW][A-Z0-9]{1,40})(?:\|[^<>]{0,100})?>", re.ASCII)
MOST_MENTIONS = 3


def typed(text: str) -> str:
    """`<https://meet.example.com/a|meet>` is the address, `<mailto:a@b|a@b>` the mail address, `&amp;` an &."""
    return html.unescape(MARK.sub(lambda found: _meant(found[1]), text)) if "<" in text or "&" in text else text


def _meant(mark: str) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("mailto:"):
        return target.removeprefix("mailto:")
    if target.startswith(("https://", "http://")):
        return target
    return label or target.lstrip("@#!")


async def with_names(text: str, name_of: Callable[[str], Awaitable[str | None]]) -> str:
    """Mentions become the names that Slack shows for them, whoever that is; what has none stays as it is."""
    for user in list(dict.fromkeys(MENTION.findall(text)))[:MOST_MENTIONS]:
        name = await name_of(user)
        if name:
            text = re.sub(rf"<@{user}(?:\|[^<>]{{0,100}})?>", _shown(name), text)
    return text


def _shown(name: str) -> str:
    """As a replacement, which takes backslashes for its own."""
    return name.replace("\\", r"\\")
