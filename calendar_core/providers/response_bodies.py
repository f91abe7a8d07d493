"""What comes back over the wire, taken in within bounds: what is too large, or nested too deep, is no answer."""

from __future__ import annotations

import json

import aiohttp

from calendar_core.errors import ProviderUnavailable

LARGEST = 8 * 2**20  # bytes, unpacked: a page of a thousand events has some hundred thousand
PORTION = 64 * 2**10


async def body_of(response: aiohttp.ClientResponse) -> bytes:
    """All of it. Raises ProviderUnavailable where it does not end in time, and aiohttp's own errors."""
    body = bytearray()
    async for portion in response.content.iter_chunked(PORTION):
        body += portion
        if len(body) > LARGEST:
            raise ProviderUnavailable("too large an answer")
    return bytes(body)


def parsed(text: str | bytes) -> object:
    """As JSON. Raises ValueError, also for what is nested deeper than it can be read."""
    try:
        read: object = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return read
