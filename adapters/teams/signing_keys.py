"""The keys that Teams signs with, as Microsoft publishes them: kept, and asked for anew when an unknown one is named.

A new key is believed at the next request, so nothing waits for a rotation. Whoever names keys that are not there cannot
have us ask again and again: after a try in vain nobody asks for a while.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

FRESH = timedelta(hours=24)
KEPT = timedelta(days=5)  # where Microsoft cannot be asked; no longer, because a key may be withdrawn
AFTER_A_TRY_IN_VAIN = timedelta(seconds=30)
LARGEST = 256 * 1024
LIMIT = aiohttp.ClientTimeout(total=5)
SMALLEST_KEY, LARGEST_KEY = 2048, 8192  # bits
MOST_KEYS = 200


class KeysUnavailable(Exception):
    """Microsoft could not be asked, and no key is known that would do: nobody can be believed or refused now."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and the channels it may speak for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """All of them, by the id that a token names. `real_now` is real time."""

    def __init__(self, connections: aiohttp.ClientSession, metadata: str, real_now: Callable[[], datetime]) -> None:
        """`metadata` is the address of the OpenID configuration; the keys have to be at the same host."""
        self._connections = connections
        self._metadata = metadata
        self._real_now = real_now
        self._keys: dict[str, SigningKey] = {}
        self._fetched: datetime | None = None
        self._not_before: datetime | None = None
        self._asking = asyncio.Lock()

    async def key(self, name: str) -> SigningKey | None:
        """The key of that name, or None where Microsoft has none. Raises KeysUnavailable."""
        known = self._keys.get(name)
        if known is not None and self._lasts(FRESH):
            return known
        seen = self._fetched
        async with self._asking:
            if self._fetched == seen and self._may_ask():  # else somebody has asked while this one waited
                await self._ask(name)
        if not self._lasts(KEPT):
            raise KeysUnavailable
        return self._keys.get(name)

    def _lasts(self, how_long: timedelta) -> bool:
        return self._fetched is not None and self._real_now() - self._fetched < how_long

    def _may_ask(self) -> bool:
        return self._not_before is None or self._real_now() >= self._not_before

    async def _ask(self, name: str) -> None:
        """Keeps what was known if it fails."""
        try:
            keys = await self._published()
        except (aiohttp.ClientError, TimeoutError, ValueError):
            self._not_before = self._real_now() + AFTER_A_TRY_IN_VAIN
            return
        self._keys, self._fetched = keys, self._real_now()
        self._not_before = None if name in keys else self._fetched + AFTER_A_TRY_IN_VAIN

    async def _published(self) -> dict[str, SigningKey]:
        address = (await self._json(self._metadata)).get("jwks_uri")
        here, there = urlsplit(self._metadata), urlsplit(address if isinstance(address, str) else "")
        if (there.scheme, there.netloc) != (here.scheme, here.netloc):
            raise ValueError("keys at another host")
        listed = (await self._json(there.geturl())).get("keys")
        if not isinstance(listed, list):
            raise ValueError("no list of keys")
        keys = {name: key for name, key in map(_read, listed[:MOST_KEYS]) if key is not None}
        if not keys:
            raise ValueError("no key")
        return keys

    async def _json(self, address: str) -> dict[str, object]:
        async with self._connections.get(address, timeout=LIMIT, allow_redirects=False) as answer:
            if answer.status != 200:
                raise ValueError("not answered")
            body = b""
            async for piece in answer.content.iter_any():
                body += piece
                if len(body) > LARGEST:
                    raise ValueError("too large")
        told: object = json.loads(body)
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return told


def _read(entry: object) -> tuple[str, SigningKey | None]:
    """Its name and the key; None for what is no RSA key for signatures, or has no channels."""
    if not isinstance(entry, dict):
        return "", None
    name, endorsements = entry.get("kid"), entry.get("endorsements")
    if not isinstance(name, str) or not name or not isinstance(endorsements, list):
        return "", None
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return name, None
    try:
        public = RSAPublicNumbers(_number(entry.get("e")), _number(entry.get("n"))).public_key()
    except ValueError:
        return name, None
    if not SMALLEST_KEY <= public.key_size <= LARGEST_KEY:
        return name, None
    return name, SigningKey(public, frozenset(each for each in endorsements if isinstance(each, str)))


def _number(value: object) -> int:
    if not isinstance(value, str) or len(value) > LARGEST_KEY // 4:
        raise ValueError("no number")
    try:
        return int.from_bytes(base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True))
    except binascii.Error as broken:
        raise ValueError("no number") from broken
