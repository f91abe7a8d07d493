"""Who is in Teams, derived from the world: an account for each mailbox, in the tenant of its domain."""

from __future__ import annotations

import base64
import hashlib
import uuid
from dataclasses import dataclass, replace
from functools import lru_cache

from sandbox.login.directory import OTHER_TENANT, TENANT, Directory, object_id
from sandbox.world import Json, Mailbox, World

TENANTS = {"example.com": TENANT, "example.org": OTHER_TENANT}
BY_SUFFIX = {"de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
FLAGS = ("deleted", "guest", "nameless")


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is how this bot knows them, `object_id` how Entra does. `guest`: of another tenant, at home elsewhere.
    `nameless`: a guest who has never signed in, and so has neither name nor address yet."""

    id: str
    object_id: str
    tenant: str
    address: str
    name: str
    time_zone: str
    locale: str = "en-US"
    deleted: bool = False
    guest: bool = False
    nameless: bool = False

    @property
    def principal_name(self) -> str:
        """The user principal name."""
        if not self.guest:
            return self.address
        return f"{self.address.replace('@', '_')}#EXT#@{self.address.partition('@')[2].partition('.')[0]}.example"


class People:
    """Ids are made of addresses and of the bot's, so they are the same in every run."""

    def __init__(self, world: World, directory: Directory, bot: str) -> None:
        self._world = world
        self._directory = directory
        self._bot = bot
        self._addresses: dict[str, str] = {}

    def tenant_of(self, domain: str) -> str:
        """The tenant that owns this domain, as Entra knows it or would."""
        known = self._directory.tenant(domain) or TENANTS.get(domain)
        return known or str(uuid.uuid5(uuid.NAMESPACE_DNS, domain.lower()))

    def at(self, address: str) -> Person | None:
        box = self._world.mailbox(address)
        if box is None or box.purpose != "user" or box.owner:
            return None
        return self._person(box)

    def known_as(self, id: str) -> Person | None:
        """By the bot's id for them, or Entra's."""
        if id not in self._addresses:
            everybody = self.everybody()
            self._addresses = {id: each.address for each in everybody for id in (each.id, each.object_id)}
        found = self.at(self._addresses.get(id, ""))
        return found if found is not None and id in (found.id, found.object_id) else None

    def everybody(self, tenant: str | None = None) -> list[Person]:
        found = [self.at(address) for address in self._world.mailboxes]
        return [each for each in found if each is not None and tenant in (None, each.tenant)]

    def describe(self, address: str, **changes: str | bool) -> Person:
        """What is particular about this account: FLAGS, `locale`, `time_zone`. Raises ValueError."""
        kept = self._world.fact(f"teams person {address.lower()}")
        known: dict[str, Json] = dict(kept) if isinstance(kept, dict) else {}
        self._world.remember(f"teams person {address.lower()}", {**known, **changes})
        found = self.at(address)
        if found is None:
            raise ValueError(f"There is no mailbox {address!r}.")
        return found

    def _person(self, box: Mailbox) -> Person:
        person = Person(
            account_id(f"{self._bot} {box.address}"), object_id(box), self.tenant_of(box.domain), box.address,
            box.name, box.time_zone, BY_SUFFIX.get(box.domain.rpartition(".")[2], "en-US"),
        )  # fmt: skip
        kept = self._world.fact(f"teams person {box.address}")
        if not isinstance(kept, dict):
            return person
        return replace(
            person,
            locale=str(kept.get("locale", person.locale)),
            time_zone=str(kept.get("time_zone", person.time_zone)),
            deleted=kept.get("deleted") is True,
            guest=kept.get("guest") is True,
            nameless=kept.get("nameless") is True,
        )


@lru_cache(maxsize=10_000)
def account_id(of: str) -> str:
    """An id as Teams writes those of people: another one for each bot."""
    return f"29:1{_signs(of, 48)}"


@lru_cache(maxsize=10_000)
def chat_id(kind: str, of: str) -> str:
    """An id as Teams writes those of conversations, by kind."""
    if kind == "personal":
        return f"a:1{_signs(f'personal {of}', 48)}"
    if kind == "groupChat":
        return f"19:{hashlib.sha256(f'group {of}'.encode()).hexdigest()[:32]}@thread.v2"
    return f"19:{_signs(f'channel {of}', 33)}@thread.tacv2"


def _signs(of: str, count: int) -> str:
    digest = hashlib.sha512(of.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")[:count]
