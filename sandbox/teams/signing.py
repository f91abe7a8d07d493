"""The keys with which the service signs what it brings to bots, and how they are published and changed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox.world import Json

ISSUER = "https://api.botframework.com"
CHANNELS = ("msteams", "webchat", "directline", "emulator")
Which = Literal["current", "previous", "foreign", "unendorsed"]
WHICH: tuple[Which, ...] = ("current", "previous", "foreign", "unendorsed")


@dataclass(frozen=True, slots=True)
class Key:
    """`endorsements`: the channels it may speak for."""

    private: rsa.RSAPrivateKey
    endorsements: tuple[str, ...]

    @property
    def id(self) -> str:
        numbers = self.private.public_key().public_numbers()
        return hashlib.sha256(_bytes(numbers.n)).hexdigest()[:27]

    def published(self) -> dict[str, Json]:
        numbers = self.private.public_key().public_numbers()
        channels: list[Json] = list(self.endorsements)
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": _part(_bytes(numbers.n)),
            "e": _part(_bytes(numbers.e)),
            "endorsements": channels,
        }

    def signed(self, claims: Mapping[str, Json], kid: str | None = None) -> str:
        """A JWT; `kid` another key's name where one pretends."""
        head = {"alg": "RS256", "kid": kid or self.id, "x5t": kid or self.id, "typ": "JWT"}
        text = f"{_part(json.dumps(head).encode())}.{_part(json.dumps(claims).encode())}"
        return f"{text}.{_part(self.private.sign(text.encode(), padding.PKCS1v15(), SHA256()))}"


class Keys:
    """Those published are the current one, the one before it for a while, and one that may not speak for Teams.
    Not kept across restarts: whoever knows an older one learns of the newer as after a change."""

    def __init__(self) -> None:
        self._number = 0
        self._published: tuple[int, ...] = (0,)

    @property
    def current(self) -> Key:
        return Key(_private(self._number), CHANNELS)

    def rotate(self, *, keep: bool = True) -> Key:
        """A new current key; `keep`: the one before stays published."""
        before, self._number = self._number, self._number + 1
        self._published = (self._number, before) if keep else (self._number,)
        return self.current

    def key(self, which: Which) -> Key:
        """`foreign` is nobody's here, `unendorsed` is published for other channels alone."""
        if which == "previous":
            return Key(_private(max(0, self._number - 1)), CHANNELS)
        if which == "foreign":
            return Key(_private(-1), CHANNELS)
        if which == "unendorsed":
            return Key(_private(-2), CHANNELS[1:])
        return self.current

    def published(self) -> dict[str, Json]:
        """A key set (RFC 7517), with Microsoft's endorsements."""
        keys: list[Json] = [Key(_private(each), CHANNELS).published() for each in self._published]
        return {"keys": [*keys, self.key("unendorsed").published()]}


@cache
def _private(number: int) -> rsa.RSAPrivateKey:
    """Once a process: making one takes longer than most tests."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
