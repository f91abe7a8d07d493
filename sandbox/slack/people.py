"""Slack's workspaces and members, derived from the world: a workspace for each domain, a member for each mailbox."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sandbox.world import Json, Mailbox, World

Guest = Literal["", "multi", "single"]
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BY_SUFFIX = {"de": "de-DE", "fr": "fr-FR", "es": "es-ES"}


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace. `enterprise` is "" where it stands alone."""

    id: str
    domain: str
    name: str
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a workspace, as its own people see them. `stranger`: from elsewhere, through Slack Connect. `email`
    is what the profile shows; `also` are further workspaces of the same organisation that they are in."""

    id: str
    team: Team
    address: str
    name: str
    time_zone: str
    locale: str = "en-US"
    deleted: bool = False
    guest: Guest = ""
    bot: bool = False
    stranger: bool = False
    admin: bool = False
    confirmed: bool = True
    email: str = ""
    also: tuple[Team, ...] = ()

    @property
    def teams(self) -> tuple[Team, ...]:
        return (self.team, *self.also)


FLAGS = ("deleted", "bot", "stranger", "admin", "confirmed")


class People:
    """Ids are made of domains and addresses, so they are the same in every run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._addresses: dict[str, str] = {}

    def team_of(self, domain: str) -> Team:
        domain = domain.lower()
        return Team(made_id("T", domain), domain, domain.partition(".")[0].capitalize(), self._enterprise(domain))

    def team(self, id: str) -> Team | None:
        domains = {mailbox.domain for mailbox in self._world.mailboxes.values()}
        return next((self.team_of(domain) for domain in sorted(domains) if made_id("T", domain) == id), None)

    def teams_of(self, enterprise: str) -> list[Team]:
        """The workspaces of an organisation."""
        kept = self._world.fact(f"slack enterprise {enterprise}")
        return [self.team_of(str(domain)) for domain in kept] if isinstance(kept, list) else []

    def organise(self, name: str, domains: Iterable[str]) -> str:
        """Put these domains' workspaces into one Enterprise Grid organisation; its id. Their members' ids become
        global ones."""
        enterprise = made_id("E", name)
        self._world.remember(f"slack enterprise {enterprise}", [domain.lower() for domain in domains])
        self._addresses.clear()
        return enterprise

    def member(self, id: str) -> Member | None:
        if id not in self._addresses:
            self._addresses = {self.id_of(box.address): box.address for box in self._accounts()}
        mailbox = self._world.mailbox(self._addresses.get(id, ""))
        return None if mailbox is None else self._member(mailbox)

    def at(self, address: str) -> Member | None:
        mailbox = self._world.mailbox(address)
        return None if mailbox is None else self._member(mailbox)

    def everybody(self, domain: str | None = None) -> list[Member]:
        return [self._member(each) for each in self._accounts() if domain in (None, each.domain)]

    def id_of(self, address: str) -> str:
        domain = address.partition("@")[2]
        return made_id("W" if self._enterprise(domain) else "U", address.lower())

    def describe(self, address: str, **changes: str | bool) -> Member:
        """What is particular about this person's account: FLAGS, `guest`, `locale`, `time_zone`, `email`, and `also`,
        the domain of a further workspace."""
        kept = self._world.fact(f"slack person {address.lower()}")
        known: dict[str, Json] = dict(kept) if isinstance(kept, dict) else {}
        self._world.remember(f"slack person {address.lower()}", {**known, **changes})
        found = self.at(address)
        if found is None:
            raise ValueError(f"There is no mailbox {address!r}.")
        return found

    def _accounts(self) -> list[Mailbox]:
        return [box for box in self._world.mailboxes.values() if box.purpose == "user" and not box.owner]

    def _enterprise(self, domain: str) -> str:
        for key, domains in self._world.facts("slack enterprise "):
            if isinstance(domains, list) and domain in domains:
                return key.removeprefix("slack enterprise ")
        return ""

    def _member(self, box: Mailbox) -> Member:
        member = Member(
            self.id_of(box.address), self.team_of(box.domain), box.address, box.name, box.time_zone,
            BY_SUFFIX.get(box.domain.rpartition(".")[2], "en-US"), email=box.address,
        )  # fmt: skip
        kept = self._world.fact(f"slack person {box.address}")
        if not isinstance(kept, dict):
            return member
        guest: Guest = "multi" if kept.get("guest") == "multi" else "single" if kept.get("guest") == "single" else ""
        return replace(
            member,
            locale=str(kept.get("locale", member.locale)),
            time_zone=str(kept.get("time_zone", member.time_zone)),
            guest=guest,
            deleted=kept.get("deleted") is True,
            bot=kept.get("bot") is True,
            stranger=kept.get("stranger") is True,
            admin=kept.get("admin") is True,
            confirmed=kept.get("confirmed") is not False,
            email=str(kept.get("email", member.email)),
            also=(self.team_of(str(kept["also"])),) if kept.get("also") else (),
        )


@lru_cache(maxsize=10_000)
def made_id(letter: str, of: str) -> str:
    """An id as Slack writes them: a letter for the kind, then ten more signs."""
    number = int.from_bytes(hashlib.sha256(f"{letter}{of}".encode()).digest()[:10])
    return letter + "0" + "".join(LETTERS[number // 36**place % 36] for place in range(9))
