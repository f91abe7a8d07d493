"""A join link that a person gave: shown to the other one, so it is looked at closely, and never opened."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 450  # characters: the longest of Teams and Zoom have some 300
VISIBLE = re.compile(r"[!#-;=?-\[\]_a-z~]+\Z")  # ASCII without quotes, angles, carets, braces, backslashes, backticks
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")


def link_of(text: str) -> str:
    """The link as it is to be shown, in plain letters alone. Raises ValueError for anything but an https address of a
    named place: no password in it, no bare number of a machine, no name that only looks like another."""
    link = text.strip()
    if len(link) > LONGEST or not VISIBLE.match(link):
        raise ValueError("that is no link")
    parts = urlsplit(link)
    host = parts.hostname or ""
    if parts.scheme != "https" or "@" in parts.netloc or not HOST.match(host) or parts.port == 0:
        raise ValueError("that is no link")
    return link
