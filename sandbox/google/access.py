"""Who may do what: service accounts, what admins delegated to them, what people allowed, and access tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from sandbox.consent import Grants
from sandbox.google.contract import Method
from sandbox.google.errors import GoogleError, OAuthError
from sandbox.world import Json, Mailbox, World

PREFIX = "https://www.googleapis.com/auth/"
USUAL_SCOPES = ("calendar.events.owned", "calendar.freebusy", "calendar.calendars.readonly")
LIFETIME = 3600
"""Seconds of real time."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The person's own grant under which a token is given: to which client, in which edition."""

    client_id: str
    edition: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token acts for (an address) and what it allows; `delegated` is False for a service account as itself."""

    subject: str
    scopes: frozenset[str]
    delegated: bool = True


class Access:
    """Grants and tokens, remembered in the world. Tokens live and die by real time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._grants = Grants(world, "google")

    def register(self, client_email: str, public_key: str) -> None:
        """Make a service account known by its public key (PEM)."""
        self._world.remember(f"google account {client_email}", public_key)

    def public_key(self, client_email: str) -> str | None:
        found = self._world.fact(f"google account {client_email}")
        return found if isinstance(found, str) else None

    def delegate(self, client_email: str, domain: str, scopes: Iterable[str] = USUAL_SCOPES) -> None:
        """What a domain's super admin enters for the service account: these scopes (short names) and no others.
        An empty list takes the delegation away."""
        self._world.remember(f"google delegation {client_email} {domain}", [*scopes])

    def delegated(self, client_email: str, domain: str) -> frozenset[str] | None:
        """The scopes its admin entered, or None where nobody ever entered any."""
        found = self._world.fact(f"google delegation {client_email} {domain}")
        return frozenset(str(each) for each in found) if isinstance(found, list) else None

    def block(self, domain: str, *, blocked: bool) -> None:
        """What a domain's admin decides on access by apps that people let in themselves."""
        self._world.remember(f"google policy {domain.lower()}", blocked)

    def is_blocked(self, domain: str) -> bool:
        """Whether the domain's people may let no app in, nor go on with one."""
        return self._world.fact(f"google policy {domain}") is True

    def token(
        self, subject: str, scopes: Iterable[str], *, delegated: bool, allowed: Allowed | None = None
    ) -> dict[str, Json]:
        """A new access token, as the token endpoint answers it: for an admin's delegation, or what the person
        `allowed`."""
        token = ("ya29.a0" if allowed else "ya29.c.") + secrets.token_urlsafe(48)
        expires = self._world.clock.real_now().timestamp() + LIFETIME
        kept: dict[str, Json] = {
            "subject": subject,
            "scopes": [*scopes],
            "delegated": delegated,
            "expires": expires,
            "consent": self._world.consent(subject) if allowed is None else None,
            "allowed": None if allowed is None else [allowed.client_id, allowed.edition],
        }
        self._world.remember(f"google token {token}", kept)
        return {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}

    def subject(self, request: web.Request) -> str | None:
        """The address a request's token was made for, dead or alive."""
        kept = self._world.fact(f"google token {_token(request)}")
        return str(kept["subject"]) if isinstance(kept, dict) else None

    def bearer(self, request: web.Request, of: Method) -> Bearer:
        """The request's token, alive and good for this method; raises GoogleError."""
        kept = self._world.fact(f"google token {_token(request)}")
        if not isinstance(kept, dict):
            raise GoogleError("authError", location="Authorization")
        subject, expires, scopes = str(kept["subject"]), kept["expires"], kept["scopes"]
        mailbox = self._world.mailbox(subject)
        alive = (
            isinstance(expires, float)
            and self._world.clock.real_now().timestamp() < expires
            and self._is_allowed(kept, subject)
            and (kept["delegated"] is not True or (mailbox is not None and not mailbox.suspended))
        )
        if not alive or not isinstance(scopes, list):
            raise GoogleError("authError", location="Authorization")
        held = frozenset(str(scope) for scope in scopes)
        if not held & of.scopes:
            raise GoogleError("insufficientPermissions")
        return Bearer(subject, held, kept["delegated"] is True)

    def allowed(self, token: str) -> tuple[str, str] | None:
        """The client and the person of a token given for a person's own grant, if that still stands."""
        kept = self._world.fact(f"google token {token}")
        if not isinstance(kept, dict) or not isinstance(kept["allowed"], list):
            return None
        subject = str(kept["subject"])
        return (str(kept["allowed"][0]), subject) if self._is_allowed(kept, subject) else None

    def end_tokens(self, subject: str) -> int:
        """Every access token of this person ends now; answers how many there were."""
        ended = 0
        for key, kept in self._world.facts("google token "):
            if isinstance(kept, dict) and kept["subject"] == subject and kept["expires"] != 0.0:
                self._world.remember(key, {**kept, "expires": 0.0})
                ended += 1
        return ended

    def _is_allowed(self, kept: dict[str, Json], subject: str) -> bool:
        allowed = kept["allowed"]
        if not isinstance(allowed, list):
            return kept["consent"] == self._world.consent(subject)
        return self._grants.of(str(allowed[0]), subject).edition == allowed[1]

    def account_holder(self, subject: str) -> Mailbox:
        """The Google account of this address, for a token; raises OAuthError as the token endpoint does."""
        mailbox = self._world.mailbox(subject)
        if (
            mailbox is None
            or mailbox.suite != "google"
            or mailbox.owner
            or mailbox.address != subject
            or mailbox.suspended
            or mailbox.purpose in ("list", "room")
            or self._world.is_revoked(mailbox.address)
        ):
            raise OAuthError("invalid_grant", "Invalid email or User ID")
        return mailbox


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""
