"""Emphasis as cards mark it, and text of others in which nothing is markup.

Cards read a little Markdown and `{{DATE(...)}}`. Clients differ in how they read it: an older phone follows
`\\[text](address)` all the same. A character reference is text to every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.wording import Style

_REFERENCES = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\[]*_`~{}|!<>&"})
_BEGINS_A_BLOCK = re.compile(r"^(?:[#+=-]|\d+[.)])")


def escaped(text: str) -> str:
    """Shows as it is: no link, no emphasis, no list, no date, no mention."""
    shown = text.translate(_REFERENCES)
    block = _BEGINS_A_BLOCK.match(shown)
    if block is None:
        return shown
    return f"{shown[: block.end() - 1]}&#{ord(shown[block.end() - 1])};{shown[block.end() :]}"


def linked(shown: str, addresses: Collection[str]) -> str:
    """Escaped text in which these addresses, and nothing else, can be pressed."""
    if not addresses:
        return shown
    named = {escaped(each): each for each in sorted(addresses, key=len, reverse=True)}
    return re.sub("|".join(map(re.escape, named)), lambda found: f"[{found[0]}]({named[found[0]]})", shown)


MARKDOWN = Style(bold=("**", "**"), italic=("*", "*"), escape=escaped)
