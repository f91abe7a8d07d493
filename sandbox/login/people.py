"""Who signs in with Microsoft: work accounts of tenants, personal ones, and what id tokens say of them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.consent import AlteredClaims, Blocked, SigningKey
from sandbox.login.directory import Directory, object_id
from sandbox.login.refusals import PUBLIC, REFUSALS
from sandbox.world import Json, Mailbox, World

CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"
"""The tenant all personal accounts are in."""
PERSONAL_DOMAINS = frozenset({"outlook.com", "hotmail.com", "live.com", "msn.com"})
SHARED = ("common", "organizations", "consumers")
"""What may stand in a tenant's place: whose accounts are let in there."""
ID_TOKEN_LIFE = 3600


@dataclass(frozen=True, slots=True)
class Account:
    """A person with an account, and the tenant it is in."""

    mailbox: Mailbox
    tenant: str

    @property
    def object_id(self) -> str:
        return object_id(self.mailbox)

    @property
    def is_personal(self) -> bool:
        return self.tenant == CONSUMERS


class Accounts:
    """Everybody Microsoft knows."""

    def __init__(self, world: World, directory: Directory) -> None:
        self._world = world
        self._directory = directory

    def account(self, address: str) -> Account | None:
        """The account with this address, suspended or not."""
        mailbox = self._world.mailbox(address)
        tenant = None if mailbox is None else self._tenant(mailbox)
        return None if mailbox is None or tenant is None else Account(mailbox, tenant)

    def everybody(self) -> list[Mailbox]:
        """Who could sign in."""
        return [each for each in self._world.mailboxes.values() if not each.suspended and self._tenant(each)]

    def is_let_in(self, account: Account, place: str) -> bool:
        """Whether this account may sign in at a tenant (its id) or at one of SHARED."""
        if place == "organizations":
            return not account.is_personal
        if place == "consumers":
            return account.is_personal
        return place in ("common", account.tenant)

    def signing_in(self, address: str, place: str) -> Account:
        """Who chose this account at a tenant's id or one of SHARED. Raises Blocked."""
        account = self.account(address)
        if account is None:
            raise blocked_for("no person")
        if account.mailbox.suspended:
            raise blocked_for("suspended")
        if not self.is_let_in(account, place):
            if account.is_personal:
                raise Blocked(
                    "AADSTS50020", "You can't sign in here with a personal account. Use your work or school account."
                )
            raise blocked_for("other tenant")
        return account

    def place(self, named: str) -> str | None:
        """A tenant's id for its id or domain, or one of SHARED as it is."""
        return named if named in SHARED else self._directory.tenant(named)

    def _tenant(self, mailbox: Mailbox) -> str | None:
        if mailbox.domain in PERSONAL_DOMAINS:
            return CONSUMERS if mailbox.suite == "microsoft" else None
        return self._directory.tenant(mailbox.domain)


class IdTokens:
    """Who signed in (OpenID Connect), and the client_info MSAL builds its cache from."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.key = SigningKey(world)
        self._altered = AlteredClaims(world)

    def of(self, account: Account, client_id: str, scopes: Iterable[str], nonce: str) -> str:
        """For one client; the name and Entra's own ids only under `profile`, the address under `email`."""
        now = int(self._world.clock.real_now().timestamp())
        claims: dict[str, Json] = {
            "aud": client_id,
            "iss": f"{PUBLIC}/{account.tenant}/v2.0",
            "iat": now,
            "nbf": now,
            "exp": now + ID_TOKEN_LIFE,
            "sub": _pairwise(client_id, account),
            "uti": secrets.token_urlsafe(16),
            "ver": "2.0",
        }
        if "profile" in scopes:
            claims |= {
                "name": account.mailbox.name,
                "preferred_username": account.mailbox.address,
                "oid": account.object_id,
                "tid": account.tenant,
            }
        if "email" in scopes:
            claims["email"] = account.mailbox.address
        if nonce:
            claims["nonce"] = nonce
        return self.key.signed(self._altered.applied(account.mailbox.address, claims))


def blocked_for(why: str) -> Blocked:
    """A page instead of JSON, by a name in REFUSALS."""
    refusal = REFUSALS[why]
    return Blocked(f"AADSTS{refusal.number}", refusal.sentence)


def client_info(account: Account) -> str:
    """The two halves of MSAL's home_account_id."""
    raw = json.dumps({"uid": account.object_id, "utid": account.tenant}).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _pairwise(client_id: str, account: Account) -> str:
    digest = hashlib.sha256(f"{client_id} {account.object_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
