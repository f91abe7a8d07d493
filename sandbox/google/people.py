"""Google accounts as sign-in knows them: who can sign in, a number for life, and what id tokens say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sandbox.consent import AlteredClaims, SigningKey
from sandbox.world import Json, Mailbox, World

ISSUER = "https://accounts.google.com"
ID_TOKEN_LIFE = 3600
CONSUMER_DOMAINS = frozenset({"gmail.com", "googlemail.com"})

OPENID = "openid"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"
PROFILE = "https://www.googleapis.com/auth/userinfo.profile"
SIGN_IN = {
    OPENID: "Associate you with your personal info on Google",
    EMAIL: "See your primary Google Account email address",
    PROFILE: "See your personal info, including any personal info you've made publicly available",
}
"""Scopes nobody is asked about one by one."""
SHORT = {"email": EMAIL, "profile": PROFILE}
"""What may be written shorter; the answer always has it in full."""


def google_accounts(world: World) -> list[Mailbox]:
    """Everybody who could sign in."""
    return [each for each in world.mailboxes.values() if is_account(each) and not each.suspended]


def is_account(mailbox: Mailbox) -> bool:
    """Somebody's, and not a calendar's address."""
    return mailbox.suite == "google" and not mailbox.owner


def subject_of(mailbox: Mailbox) -> str:
    """The account's number: the same for life, and in no way the address."""
    number = int.from_bytes(hashlib.sha256(f"google {mailbox.address}".encode()).digest()[:8], "big")
    return str(10**20 + number)


class IdTokens:
    """Who signed in (OpenID Connect)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.key = SigningKey(world)
        self._altered = AlteredClaims(world)

    def of(self, mailbox: Mailbox, client_id: str, scopes: Iterable[str], nonce: str) -> str:
        """For one client; the address and the name only under their scopes."""
        now = int(self._world.clock.real_now().timestamp())
        claims: dict[str, Json] = {
            "iss": ISSUER,
            "azp": client_id,
            "aud": client_id,
            "sub": subject_of(mailbox),
            "iat": now,
            "exp": now + ID_TOKEN_LIFE,
        }
        if mailbox.domain not in CONSUMER_DOMAINS:
            claims["hd"] = mailbox.domain
        if EMAIL in scopes:
            claims |= {"email": mailbox.address, "email_verified": True}
        if PROFILE in scopes:
            claims["name"] = mailbox.name
        if nonce:
            claims["nonce"] = nonce
        return self.key.signed(self._altered.applied(mailbox.address, claims))
