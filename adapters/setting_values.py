"""Values of settings that are read from a text alone; what is wrong with one is said with what to set."""

from __future__ import annotations

import base64
import logging
import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from adapters.secret import Secret

GOOGLE_METADATA = "http://metadata.google.internal"  # plain http: it is the machine itself that answers


ENCRYPTION_KEY = re.compile(r"([A-Za-z0-9-]{1,32}):([A-Za-z0-9+/]{43}=)\Z")


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to serve. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8100


LOOPBACK = Listen()


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """What secrets are sealed with: 32 bytes, in base64."""

    id: str
    key: Secret


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


def public_in(url: str) -> str:
    parts = urlsplit(base_in(url))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {url!r}. Set scheme and host alone, such as https://pairtime.example.com.")
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_https(url: str | None) -> bool:
    """Whether browsers come to that address by https."""
    return url is not None and url.startswith("https://")


def database_in(url: str) -> Secret:
    scheme = url.partition("://")[0]
    if scheme not in ("sqlite", "postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError("must begin with sqlite:/// or postgresql://.")
    return Secret(url.replace("postgres://", "postgresql://", 1))


def encryption_keys_in(told: str) -> tuple[EncryptionKey, ...]:
    """Never quotes a key, nor what stands in its place."""
    keys: dict[str, EncryptionKey] = {}
    for number, part in enumerate(told.split(","), 1):
        found = ENCRYPTION_KEY.match(part.strip())
        if found is None or len(base64.b64decode(found[2])) != 32:
            raise ValueError(
                f"is wrong at key {number}: each is ID:KEY, separated by commas, the key being 32 bytes in base64."
                " `pairtime keys new` prints one."
            )
        if found[1] in keys:
            raise ValueError(f"has two keys called {found[1]!r}. Give each an id of its own, and never use one again.")
        keys[found[1]] = EncryptionKey(found[1], Secret(found[2]))
    return tuple(keys.values())


def yes_or_no_in(told: str) -> bool:
    if told.lower() not in ("yes", "no"):
        raise ValueError(f"is {told!r}. Set yes or no.")
    return told.lower() == "yes"


def listen_in(told: str) -> Listen:
    host, separator, port = told.rpartition(":")
    if not separator or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"is {told!r}. Set an address and a port, such as 127.0.0.1:8100.")
    return Listen(host.strip("[]") or "127.0.0.1", int(port))
