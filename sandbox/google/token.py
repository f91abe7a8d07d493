"""Google's token endpoint: a signed assertion (RFC 7523), or what came of a person's consent, against a token."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping

from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from sandbox.google.access import PREFIX, Access
from sandbox.google.contract import document
from sandbox.google.errors import OAuthError
from sandbox.google.granting import UserGrants
from sandbox.world import Json, World

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"
CLOCK_SKEW = 300
LONGEST = 3600

Form = Mapping[str, str]


class TokenEndpoint:
    """One method for each grant type."""

    def __init__(self, world: World, access: Access, people: UserGrants) -> None:
        self._world = world
        self._access = access
        self._people = people
        self._grants: dict[str, Callable[[Form], dict[str, Json]]] = {
            JWT_BEARER: self._for_assertion,
            "authorization_code": people.for_code,
            "refresh_token": people.for_refresh_token,
        }

    async def answer(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        grant = self._grants.get(form.get("grant_type", ""))
        try:
            if grant is None:
                raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
            return web.json_response(grant(form))
        except OAuthError as error:
            return error.answer()

    async def subject(self, request: web.Request) -> str | None:
        """Whom a token is asked for, as far as the request says so itself."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        if "assertion" not in form:
            return self._people.who(form)
        try:
            claims = _claims(form["assertion"])
        except OAuthError:
            return None
        subject = claims.get("sub") or claims.get("iss")
        return subject if isinstance(subject, str) else None

    def _for_assertion(self, form: Form) -> dict[str, Json]:
        assertion = form.get("assertion", "")
        claims = _claims(assertion)
        issuer, subject = claims.get("iss"), claims.get("sub")
        self._check_signature(assertion, issuer)
        self._check_times(claims)
        if claims.get("aud") not in (AUDIENCE, self._world.fact("google token endpoint")):
            raise OAuthError("invalid_grant", "Invalid JWT: Failed audience check.")
        scopes = _scopes(claims.get("scope"))
        if subject is None or subject == issuer:
            return self._access.token(str(issuer), scopes, delegated=False)
        self._check_delegation(str(issuer), str(subject), scopes)
        holder = self._access.account_holder(str(subject))
        if holder.apart:
            raise OAuthError("invalid_grant", "Invalid email or User ID")
        return self._access.token(holder.address, scopes, delegated=True)

    def _check_delegation(self, issuer: str, subject: str, scopes: list[str]) -> None:
        domain = subject.partition("@")[2]
        if self._world.is_revoked(domain) or not set(scopes) <= (self._access.delegated(issuer, domain) or set()):
            raise OAuthError("unauthorized_client")

    def _check_signature(self, assertion: str, issuer: Json) -> None:
        pem = self._access.public_key(issuer) if isinstance(issuer, str) else None
        if pem is None:
            raise OAuthError("invalid_grant", "Invalid grant: account not found")
        key = load_pem_public_key(pem.encode())
        signed, _, signature = assertion.rpartition(".")
        try:
            if _part(assertion, 0).get("alg") != "RS256" or not isinstance(key, rsa.RSAPublicKey):
                raise OAuthError("invalid_grant", "Invalid JWT Signature.")
            key.verify(_decoded(signature), signed.encode(), padding.PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError) as error:
            raise OAuthError("invalid_grant", "Invalid JWT Signature.") from error

    def _check_times(self, claims: Mapping[str, Json]) -> None:
        now = self._world.clock.real_now().timestamp()
        issued, expires = claims.get("iat"), claims.get("exp")
        if (
            not isinstance(issued, int)
            or not isinstance(expires, int)
            or expires - issued > LONGEST
            or expires < now - CLOCK_SKEW
            or issued > now + CLOCK_SKEW
        ):
            raise OAuthError(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )


def _scopes(claim: Json) -> list[str]:
    wanted = claim.split() if isinstance(claim, str) else []
    if not wanted:
        raise OAuthError("invalid_scope", "Empty or missing scope not allowed.")
    if unknown := [each for each in wanted if each not in document()["auth"]["oauth2"]["scopes"]]:
        raise OAuthError("invalid_scope", f"Some requested scopes were invalid. {{invalid=[{', '.join(unknown)}]}}")
    return [scope.removeprefix(PREFIX) for scope in wanted]


def _claims(assertion: str) -> dict[str, Json]:
    return _part(assertion, 1)


def _part(assertion: str, index: int) -> dict[str, Json]:
    try:
        part = json.loads(_decoded(assertion.split(".")[index]))
    except (ValueError, IndexError) as error:
        raise OAuthError("invalid_grant", "Invalid JWT: the assertion cannot be read.") from error
    if not isinstance(part, dict):
        raise OAuthError("invalid_grant", "Invalid JWT: the assertion cannot be read.")
    return part


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
