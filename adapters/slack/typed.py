"""Words as somebody typed them: without Slack's marks for links, addresses, mentions and escaped signs."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

MARK = re.compile(r"<([^<>]{1,500})>")
MENTION = re.compile(r"<@([UW][A-Z0-9]{1,40})(?:\|[^<>]{0,100})?>", re.ASCII)
MOST_MENTIONS = 3
LONGEST_NAME = 80
NOBODY: Mapping[str, str] = MappingProxyType({})
NO_PART_OF_A_NAME = frozenset('"<>&*`~')  # they end a mark, or are taken for emphasis and left out


def typed(text: str, names: Mapping[str, str] = NOBODY) -> str:
    """`<https://meet.example.com/a|meet>` is the address, `<mailto:a@b|a@b>` the mail address, `&amp;` an &; a mention
    is the name that is known for it, marked as one name, so that whatever it says is no other word of the sentence."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(MARK.sub(lambda found: _meant(found[1], names), text))


def mentioned(text: str) -> tuple[str, ...]:
    """Whom the words mention, each once; of many the first few."""
    return tuple(dict.fromkeys(MENTION.findall(text)))[:MOST_MENTIONS]


def _meant(mark: str, names: Mapping[str, str]) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("mailto:"):
        return target.removeprefix("mailto:")
    if target.startswith(("https://", "http://")):
        return target
    if target.startswith("@"):
        user = target.removeprefix("@")
        return f'@"{_plain(names.get(user, "")) or _plain(label) or _plain(user)}"'
    return label or target.lstrip("#!")


def _plain(name: str) -> str:
    """Of what somebody calls themselves, what can stand in a line and ends no mark."""
    seen = "".join(
        " " if each.isspace() else each
        for each in html.unescape(name)
        if each.isspace() or (each not in NO_PART_OF_A_NAME and unicodedata.category(each)[0] != "C")
    )
    return " ".join(seen.split())[:LONGEST_NAME].strip()
