"""Values of settings that are read from a text alone; what is wrong with one is said with what to set."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

GOOGLE_METADATA = "http://metadata.google.internal"  # plain http: it is the machine itself that answers


def base_in(url: str) -> str:
    """An address that tokens are sent to, without a slash at its end. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(f"is {url!r}. Set a whole address, such as https://example.com/path.")
    if parts.scheme == "http" and url.rstrip("/") != GOOGLE_METADATA and not is_loopback(parts.hostname):
        raise ValueError(f"is {url!r}. Use https: tokens are sent there.")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """It leads to this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def contact_in(told: str) -> str:
    """Whom people can ask, as text. Raises ValueError."""
    if not told.isprintable() or len(told) > 200:
        raise ValueError("must be up to 200 characters that can be seen.")
    return told


def log_level_in(told: str) -> int:
    """One of logging's levels. Raises ValueError."""
    levels = logging.getLevelNamesMapping()
    if told.upper() not in levels or told.upper() == "NOTSET":
        raise ValueError(f"is {told!r}. Set DEBUG, INFO, WARNING or ERROR.")
    return levels[told.upper()]
