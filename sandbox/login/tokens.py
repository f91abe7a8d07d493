"""Access tokens for Microsoft Graph: JWTs only this sandbox signs and reads, valid by real time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from sandbox.login.directory import Directory
from sandbox.world import Json, World

GRAPH = "https://graph.microsoft.com"
SECONDS = 3599


@dataclass(frozen=True, slots=True)
class Access:
    """What a good token allows: the tenant it is for, the application it was given to, its roles."""

    tenant: str
    client_id: str
    roles: frozenset[str]


class AccessTokens:
    """Given by Entra, read by Graph."""

    def __init__(self, world: World, directory: Directory) -> None:
        self._world = world
        self._directory = directory

    def given(self, tenant: str, client_id: str, roles: tuple[str, ...]) -> str:
        """A fresh token for SECONDS."""
        now = int(self._world.clock.real_now().timestamp())
        claims: dict[str, Json] = {
            "aud": GRAPH,
            "iss": f"https://sts.windows.net/{tenant}/",
            "iat": now,
            "nbf": now,
            "exp": now + SECONDS,
            "appid": client_id,
            "idtyp": "app",
            "tid": tenant,
            "uti": secrets.token_urlsafe(16),
            "withdrawals": self._directory.withdrawals(tenant),
        }
        if roles:
            claims["roles"] = list(roles)
        signed = f"{_part({'typ': 'JWT', 'alg': 'HS256'})}.{_part(claims)}"
        return f"{signed}.{self._signature(signed)}"

    def read(self, token: str) -> Access | None:
        """None for what was not given here, has ended, or died with the tenant's consent."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(signed), signature):
            return None
        claims = json.loads(_unpadded(signed.partition(".")[2]))
        tenant = claims["tid"]
        if claims["exp"] <= self._world.clock.real_now().timestamp() or self._directory.is_withdrawn(tenant):
            return None
        if claims["withdrawals"] != self._directory.withdrawals(tenant):
            return None
        return Access(tenant, claims["appid"], frozenset(claims.get("roles", ())))

    def _signature(self, signed: str) -> str:
        key = self._world.fact("entra signing key")
        if not isinstance(key, str):
            key = secrets.token_hex(32)
            self._world.remember("entra signing key", key)
        return _base64url(hmac.digest(bytes.fromhex(key), signed.encode(), hashlib.sha256))


def _part(value: dict[str, Json]) -> str:
    return _base64url(json.dumps(value).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
