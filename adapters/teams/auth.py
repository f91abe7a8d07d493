"""Whether an activity comes from Teams and is for us: what its token says, checked strictly (RFC 7515, 7519, 8725).

The token first, so that nobody unknown has us read what they send; then that it was made for this activity's service.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from .signing_keys import SigningKeys

CHANNEL = "msteams"
SKEW = timedelta(minutes=5)
LARGEST = 16_384  # characters of a token
LONGEST_NAME = 200  # of a key


class Untrusted(Exception):
    """Not from Teams, or not for us: 401. Says why in words of ours; nothing of the token is quoted."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who vouches for what Teams sends, in one of Microsoft's clouds."""

    issuer: str
    metadata: str


PUBLIC = Authority("https://api.botframework.com", "https://login.botframework.com/v1/.well-known/openidconfiguration")


@dataclass(frozen=True, slots=True)
class Proof:
    """A token that Microsoft signed for us and that is in time. What it is about is still to be compared."""

    service_url: str

    def insist_sent(self, activity: Mapping[str, object]) -> None:
        """Raises Untrusted unless the activity is of Teams, and of the service that the token was made for: answers go
        there, with a token of ours."""
        if activity.get("channelId") != CHANNEL:
            raise Untrusted("of another channel")
        service = activity.get("serviceUrl")
        if not isinstance(service, str) or not service or service.rstrip("/") != self.service_url.rstrip("/"):
            raise Untrusted("of another service")


class Authentication:
    """For one bot. `real_now` is real time."""

    def __init__(self, app_id: str, authority: Authority, keys: SigningKeys, real_now: Callable[[], datetime]) -> None:
        """Raises ValueError without an id: then everybody's tokens would do."""
        if not app_id:
            raise ValueError("the bot's application id is missing")
        self._app_id = app_id
        self._authority = authority
        self._keys = keys
        self._real_now = real_now

    async def proof(self, authorization: Sequence[str]) -> Proof:
        """What the Authorization headers of a request prove. Raises Untrusted; KeysUnavailable if Microsoft has to be
        asked first and does not answer."""
        token = _bearer(authorization)
        signed, _, signature = token.rpartition(".")
        head, _, body = signed.partition(".")
        header = _object(head)
        if header.get("alg") != "RS256" or "crit" in header or str(header.get("typ", "JWT")).upper() != "JWT":
            raise Untrusted("signed in another way")
        name = header.get("kid")
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            raise Untrusted("no key is named")
        key = await self._keys.key(name)
        if key is None:
            raise Untrusted("signed with an unknown key")
        try:
            key.public.verify(_bytes(signature), signed.encode("ascii"), PKCS1v15(), SHA256())
        except InvalidSignature:
            raise Untrusted("the signature is wrong") from None
        if CHANNEL not in key.endorsements:
            raise Untrusted("the key may not speak for Teams")
        return self._checked(_object(body))

    def _checked(self, claims: Mapping[str, object]) -> Proof:
        if claims.get("iss") != self._authority.issuer:
            raise Untrusted("another issuer")
        if claims.get("aud") != self._app_id:
            raise Untrusted("made for somebody else")
        begins, ends = claims.get("nbf"), claims.get("exp")
        if not _is_number(begins) or not _is_number(ends):
            raise Untrusted("no times")
        now, skew = self._real_now().timestamp(), SKEW.total_seconds()
        if not begins - skew <= now < ends + skew:
            raise Untrusted("not in time")
        service = claims.get("serviceurl")
        if not isinstance(service, str) or not service:
            raise Untrusted("of no service")
        return Proof(service)


def _bearer(authorization: Sequence[str]) -> str:
    """The one token: three parts of base64url. Raises Untrusted."""
    if len(authorization) != 1 or len(authorization[0]) > LARGEST:
        raise Untrusted("no token, or several")
    scheme, _, token = authorization[0].strip().partition(" ")
    if scheme.lower() != "bearer" or token.count(".") != 2 or not token.isascii():
        raise Untrusted("no token")
    return token.strip()


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Untrusted("no token") from None


def _object(part: str) -> Mapping[str, object]:
    try:
        told: object = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise Untrusted("no token") from None
    if not isinstance(told, dict):
        raise Untrusted("no token")
    return told


def _is_number(value: object) -> TypeGuard[float]:
    """JSON's NaN and Infinity are none: they compare with nothing, or with everything."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
