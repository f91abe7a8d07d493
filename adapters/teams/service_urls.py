"""To whom answers may be sent, with a token of ours: only Teams' own services."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit


def is_allowed(address: str, services: Collection[str]) -> bool:
    """`services` are hosts, each with everything below it, by https at the usual port; or whole addresses, each with
    every path below it, at its own port."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.query or parts.fragment:
        return False
    return any(_is_below(parts.scheme, host, port, parts.path, each) for each in services)


def _is_below(scheme: str, host: str, port: int | None, path: str, service: str) -> bool:
    if "://" not in service:
        return scheme == "https" and port in (None, 443) and (host == service or host.endswith(f".{service}"))
    named = urlsplit(service)
    here = (named.scheme, named.hostname, named.port)
    return (scheme, host, port) == here and f"{path.rstrip('/')}/".startswith(f"{named.path.rstrip('/')}/")
