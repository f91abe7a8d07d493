"""Access tokens for Microsoft Graph: JWTs only this sandbox signs and reads, valid by real time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.login.challenges import Challenges, said
from sandbox.login.directory import Directory, object_id
from sandbox.login.people import Account
from sandbox.world import Json, Mailbox, World

GRAPH = "https://graph.microsoft.com"
BOTS = "https://api.botframework.com"
SECONDS = 3599


@dataclass(frozen=True, slots=True)
class Access:
    """What a good token allows: the tenant it is for, the application it was given to, and either that application's
    roles, or the scopes of the person it acts for. `challenge`: it is refused until this was answered."""

    tenant: str
    client_id: str
    roles: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    person: Mailbox | None = None
    challenge: str = ""

    @property
    def permissions(self) -> frozenset[str]:
        return self.roles | self.scopes


class AccessTokens:
    """Given by Entra, read by Graph and by the service that bots talk to, each its own."""

    def __init__(self, world: World, directory: Directory) -> None:
        self._world = world
        self._directory = directory
        self.challenges = Challenges(world)

    def given(self, tenant: str, client_id: str, roles: tuple[str, ...], audience: str = GRAPH) -> str:
        """A fresh token for SECONDS, for the application itself."""
        claims = {**self._claims(tenant, client_id, "app", tenant), "aud": audience}
        if roles:
            claims["roles"] = list(roles)
        return self._signed(claims)

    def given_to_person(
        self, account: Account, client_id: str, scopes: list[str], edition: str, *, claims_asked: str = ""
    ) -> str:
        """A fresh token for SECONDS, acting for a person, under this edition of the person's consent."""
        address = account.mailbox.address
        claims = self._claims(account.tenant, client_id, "user", address)
        claims |= {"scp": " ".join(scopes), "oid": account.object_id, "upn": address, "edition": edition}
        claims |= said(claims_asked)
        return self._signed(claims)

    def end_all(self, who: str) -> None:
        """Every token of a person (the address) or of applications in a tenant (its id) ends now."""
        self._world.remember(f"entra round {who}", self._round(who) + 1)

    def read(self, token: str, audience: str = GRAPH) -> Access | None:
        """None for what was not given here, is for another service, has ended, or died with the consent behind it."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(signed), signature):
            return None
        claims = json.loads(_unpadded(signed.partition(".")[2]))
        tenant = claims["tid"]
        if claims["aud"] != audience or claims["exp"] <= self._world.clock.real_now().timestamp():
            return None
        if audience == GRAPH and not self._still_let_in(tenant, claims["withdrawals"]):
            return None
        if claims["idtyp"] == "user":
            return self._persons(claims)
        if claims["round"] != self._round(tenant):
            return None
        return Access(tenant, claims["appid"], roles=frozenset(claims.get("roles", ())))

    def _still_let_in(self, tenant: str, withdrawals: Json) -> bool:
        """Whether what was consented to of calendars stands as it stood. Bots do not depend on that."""
        return not self._directory.is_withdrawn(tenant) and withdrawals == self._directory.withdrawals(tenant)

    def _persons(self, claims: Mapping[str, Json]) -> Access | None:
        """Dead at once when the account is: Graph takes part in continuous access evaluation."""
        address, client_id, tenant = str(claims["upn"]), str(claims["appid"]), str(claims["tid"])
        person = self._world.mailbox(address)
        if person is None or person.suspended or object_id(person) != claims["oid"]:
            return None
        edition = self._directory.delegated.of(client_id, address, tenant).edition
        if claims["round"] != self._round(address) or claims["edition"] != edition:
            return None
        demanded = self.challenges.demanded(address) if claims["capable"] else ""
        challenge = demanded if claims["answers"] != demanded else ""
        return Access(tenant, client_id, frozenset(), frozenset(str(claims["scp"]).split()), person, challenge)

    def _claims(self, tenant: str, client_id: str, kind: str, who: str) -> dict[str, Json]:
        now = int(self._world.clock.real_now().timestamp())
        return {
            "aud": GRAPH,
            "iss": f"https://sts.windows.net/{tenant}/",
            "iat": now,
            "nbf": now,
            "exp": now + SECONDS,
            "appid": client_id,
            "idtyp": kind,
            "tid": tenant,
            "uti": secrets.token_urlsafe(16),
            "withdrawals": self._directory.withdrawals(tenant),
            "round": self._round(who),
        }

    def _round(self, who: str) -> int:
        kept = self._world.fact(f"entra round {who}")
        return kept if isinstance(kept, int) else 0

    def _signed(self, claims: dict[str, Json]) -> str:
        signed = f"{_part({'typ': 'JWT', 'alg': 'HS256'})}.{_part(claims)}"
        return f"{signed}.{self._signature(signed)}"

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
