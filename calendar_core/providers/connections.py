"""The one pool of connections through which every provider is called."""

from __future__ import annotations

import aiohttp


def open_connections() -> aiohttp.ClientSession:
    """To be opened once in a process, inside its loop, and closed at the end. Keeps no cookies: one person's
    must never travel with another's request."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=100, limit_per_host=64),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
