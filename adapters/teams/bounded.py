"""What a server answers, read no further than it should be long."""

from __future__ import annotations

import json

import aiohttp


async def json_of(answer: aiohttp.ClientResponse, largest: int) -> object:
    """None for what is no JSON, or too long. Raises aiohttp's errors."""
    told = b""
    async for piece in answer.content.iter_any():
        told += piece
        if len(told) > largest:
            return None
    try:
        read: object = json.loads(told)
    except (ValueError, RecursionError):
        return None
    return read
