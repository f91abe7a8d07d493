"""Microsoft's side of a token: a server that publishes keys over HTTP, and whoever signs with them."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from adapters.setting_values import Listen
from adapters.teams.auth import Authority
from adapters.web.serving import serving

APP_ID = "5f2b6c1e-1111-2222-3333-444455556666"
TENANT = "11111111-2222-3333-4444-555555555555"
SERVICE = "https://smba.trafficmanager.net/emea/"
ISSUER = "https://api.botframework.com"
START = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)


@cache
def key_pair(number: int) -> rsa.RSAPrivateKey:
    """A key; the same for the same number."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def number(value: int) -> str:
    """As a JWK writes it."""
    return encoded(value.to_bytes((value.bit_length() + 7) // 8))


def published(name: str, key: rsa.RSAPrivateKey, endorsements: list[str] | None = None) -> dict[str, object]:
    """A key as Microsoft lists it."""
    numbers = key.public_key().public_numbers()
    listed: dict[str, object] = {
        "kty": "RSA",
        "use": "sig",
        "kid": name,
        "n": number(numbers.n),
        "e": number(numbers.e),
    }
    return listed | {"endorsements": ["msteams"] if endorsements is None else endorsements}


@dataclass
class Microsoft:
    """`now` is what every clock shows. `status` other than 200 is what is answered to whoever asks for keys."""

    now: datetime = START
    keys: list[dict[str, object]] = field(default_factory=lambda: [published("k1", key_pair(1))])
    status: int = 200
    asked: int = 0
    url: str = ""
    jwks: str = ""
    body: bytes | None = None

    @property
    def authority(self) -> Authority:
        return Authority(ISSUER, f"{self.url}/v1/.well-known/openidconfiguration")

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def claims(self, **changes: object) -> dict[str, object]:
        """Good ones, with changes; None leaves a claim out."""
        instant = int(self.now.timestamp())
        good = {"iss": ISSUER, "aud": APP_ID, "nbf": instant, "exp": instant + 3600, "serviceurl": SERVICE}
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def token(
        self,
        claims: object = None,
        *,
        key: rsa.RSAPrivateKey | None = None,
        **header: object,
    ) -> str:
        """Signed with key 1, unless another is given."""
        head = {"typ": "JWT", "alg": "RS256", "kid": "k1", **header}
        body = self.claims() if claims is None else claims
        parts = [
            encoded(json.dumps(part).encode()) for part in ({k: v for k, v in head.items() if v is not None}, body)
        ]
        signed = ".".join(parts)
        return f"{signed}.{encoded((key or key_pair(1)).sign(signed.encode(), PKCS1v15(), SHA256()))}"

    async def _configuration(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.body is not None:
            return web.Response(body=self.body, content_type="application/json")
        told = {"issuer": ISSUER, "jwks_uri": self.jwks or f"{self.url}/v1/.well-known/keys"}
        return web.json_response(told, status=self.status)

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": self.keys}, status=self.status)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._configuration)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        async with serving(app, Listen("127.0.0.1", 0), grace=0) as url:
            self.url = url
            yield
