"""Signing without a key: a workload's own token from the metadata server, and IAM's signJwt for a service account."""

from __future__ import annotations

import base64
import json
import secrets

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sandbox.calls import Operation
from sandbox.google.errors import GoogleError
from sandbox.world import Json, World

KEY_ID = "0000000000000000000000000000000000000001"
LIFETIME = 3600
LONGEST = 12 * 3600
"""Seconds that a signed claim may last: IAM refuses more."""


class Signing:
    """The metadata server of the machine that asks, and IAM Credentials."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.operations = (
            Operation(
                "metadata.token",
                "GET",
                "/metadata/computeMetadata/v1/instance/service-accounts/default/token",
                self._own_token,
            ),
            Operation("iam.signJwt", "POST", "/iam/v1/projects/-/serviceAccounts/{account}:signJwt", self._sign),
        )

    def may_sign(self, account: str, *, allowed: bool) -> None:
        """Whether the workload has the role Service Account Token Creator on that account. At first it has."""
        self._world.remember(f"google signer {account}", allowed)

    async def _own_token(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Metadata-Flavor") != "Google":
            return web.Response(status=403, text="Missing Metadata-Flavor:Google header.")
        token = "ya29.w." + secrets.token_urlsafe(48)
        self._world.remember(f"google workload {token}", self._world.clock.real_now().timestamp() + LIFETIME)
        return web.json_response({"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"})

    async def _sign(self, request: web.Request) -> web.StreamResponse:
        try:
            body: Json = json.loads(await request.read())
            payload = body.get("payload") if isinstance(body, dict) else None
            claims: Json = json.loads(payload) if isinstance(payload, str) else None
        except ValueError:
            return GoogleError("parseError").answer()
        ends = self._world.fact(f"google workload {_token(request)}")
        now = self._world.clock.real_now().timestamp()
        if not isinstance(ends, float) or ends < now:
            return GoogleError("authError", location="Authorization").answer()
        account = request.match_info["account"]
        private = self._world.fact("google private key")
        allowed = self._world.fact(f"google signer {account}") is not False
        if not allowed or not isinstance(private, str) or self._world.fact(f"google account {account}") is None:
            return GoogleError("forbidden", "Permission 'iam.serviceAccounts.signJwt' denied.").answer()
        if not isinstance(claims, dict) or not isinstance(claims.get("exp"), int) or _exp(claims) > now + LONGEST:
            return GoogleError("badRequest", "The payload needs an exp claim of at most 12 hours.").answer()
        return web.json_response({"keyId": KEY_ID, "signedJwt": _signed(claims, private)})


def _exp(claims: dict[str, Json]) -> float:
    exp = claims.get("exp")
    return float(exp) if isinstance(exp, int) else 0.0


def _signed(claims: dict[str, Json], private: str) -> str:
    key = load_pem_private_key(private.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the service account's key is RSA")
    head = _part({"alg": "RS256", "typ": "JWT", "kid": KEY_ID})
    signed = f"{head}.{_part(claims)}"
    return f"{signed}.{_encoded(key.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"


def _part(value: dict[str, Json]) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""
