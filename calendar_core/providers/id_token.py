"""Who signed in, as an id token says that came straight from the vendor's token endpoint (OpenID Connect Core 3.1.3.7).

There TLS vouches for the issuer, so the signature is not checked; all the rest is, by ourselves.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import TypeGuard

from calendar_core.providers.response_bodies import parsed

SKEW = timedelta(minutes=5)
LARGEST = 16_384  # characters

Claims = Mapping[str, object]


def claims_of(token: object) -> Claims:
    """What it claims, unchecked. Raises ValueError for what is no token."""
    if not isinstance(token, str) or len(token) > LARGEST or token.count(".") != 2:
        raise ValueError("no id token")
    body = token.split(".")[1]
    claims = parsed(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if not isinstance(claims, dict):
        raise ValueError("no id token")
    return claims


def insist(claims: Claims, *, issuers: Collection[str], audience: str, nonce: str, now: datetime) -> None:
    """Raises ValueError, without quoting it, unless one of these issuers made it for us, for this very sign-in, and it
    is in time. `now` is real time."""
    if claims.get("iss") not in issuers:
        raise ValueError("another issuer")
    if claims.get("aud") != audience or claims.get("azp", audience) != audience:
        raise ValueError("made for somebody else")
    if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise ValueError("of another sign-in")
    instant = now.timestamp()
    ends, begins = claims.get("exp"), claims.get("nbf", claims.get("iat", instant))
    if not _is_number(ends) or not _is_number(begins):
        raise ValueError("no times")
    if not begins - SKEW.total_seconds() <= instant < ends + SKEW.total_seconds():
        raise ValueError("not in time")


def text(claims: Claims, name: str) -> str:
    """A claim that must be a text. Raises ValueError."""
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"no {name}")
    return value


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
