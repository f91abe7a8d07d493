"""The key with which the sign-in servers sign id tokens (RS256), and its public half as they publish it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sandbox.world import Json, World


class SigningKey:
    """One key for a world, made when first needed."""

    def __init__(self, world: World) -> None:
        self._world = world

    def signed(self, claims: Mapping[str, Json]) -> str:
        """A JWT."""
        key = self._key()
        head = {"alg": "RS256", "typ": "JWT", "kid": _id_of(key)}
        text = f"{_part(json.dumps(head).encode())}.{_part(json.dumps(claims).encode())}"
        return f"{text}.{_part(key.sign(text.encode(), padding.PKCS1v15(), SHA256()))}"

    def published(self) -> dict[str, Json]:
        """A key set (RFC 7517)."""
        key = self._key()
        numbers = key.public_key().public_numbers()
        public: dict[str, Json] = {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": _id_of(key),
            "n": _part(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
            "e": _part(numbers.e.to_bytes(3, "big")),
        }
        return {"keys": [public]}

    def _key(self) -> rsa.RSAPrivateKey:
        kept = self._world.fact("signing key")
        pem = kept if isinstance(kept, str) else _fresh_key()
        if kept is None:
            self._world.remember("signing key", pem)
        return _loaded(pem)


@cache
def _fresh_key() -> str:
    """Once a process: making one takes longer than most tests."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@cache
def _loaded(pem: str) -> rsa.RSAPrivateKey:
    """Once a key: reading one proves it first, which is slow."""
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the sandbox signs with RSA")
    return key


def _id_of(key: rsa.RSAPrivateKey) -> str:
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()[:40]


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
