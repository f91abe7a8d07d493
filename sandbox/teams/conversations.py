"""Where one talks: personal chats with the bot, group chats, channels of teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from sandbox.teams.people import Person, chat_id
from sandbox.world import Json, World

Kind = Literal["personal", "groupChat", "channel"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PREFIX = "teams conversation "
REGIONS = ("amer", "emea", "apac", "in", "uk", "ca", "au", "jp", "fr", "de", "ch")
EVERYWHERE = "teams"
"""The region at which every conversation is found."""
USUAL_REGION = "emea"


@dataclass(frozen=True, slots=True)
class Conversation:
    """`members` are addresses. `bot`: it is in there, in a personal chat: it is installed. `blocked`: the person of a
    personal chat wants nothing from it. `team`: a channel's, by its general channel's id."""

    id: str
    kind: Kind
    tenant: str
    members: tuple[str, ...]
    bot: bool
    name: str = ""
    team: str = ""
    team_name: str = ""
    blocked: bool = False


class Conversations:
    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, id: str) -> Conversation | None:
        """By its id, with or without a thread's message in it."""
        base = id.partition(";messageid=")[0]
        kept = self._world.fact(f"{PREFIX}{base}")
        return _conversation(base, kept) if isinstance(kept, dict) else None

    def all(self) -> list[Conversation]:
        return [
            _conversation(key.removeprefix(PREFIX), kept)
            for key, kept in self._world.facts(PREFIX)
            if isinstance(kept, dict)
        ]

    def with_member(self, address: str) -> list[Conversation]:
        return [each for each in self.all() if address in each.members]

    def personal(self, person: Person, bot: str) -> Conversation:
        """The chat of this person and the bot, which is there once and for ever; empty of the bot at first."""
        id = chat_id("personal", f"{bot} {person.tenant} {person.object_id}")
        return self.of(id) or self._kept(Conversation(id, "personal", person.tenant, (person.address,), bot=False))

    def add(
        self, kind: Kind, tenant: str, name: str, members: Iterable[str], *, bot: bool, team: str = ""
    ) -> Conversation:
        """A group chat or a channel of this name, or the one there is with these members instead. `team`: the team's
        name; its first channel is General."""
        general = chat_id(kind, f"{tenant} {team} General") if team else ""
        id = general if team and name == "General" else chat_id(kind, f"{tenant} {team} {name}")
        return self._kept(Conversation(id, kind, tenant, tuple(members), bot, name, general, team))

    def channels(self, team: str) -> list[Conversation]:
        return [each for each in self.all() if team and each.team == team]

    def changed(
        self, conversation: Conversation, *, bot: bool | None = None, blocked: bool | None = None
    ) -> Conversation:
        new = replace(
            conversation,
            bot=conversation.bot if bot is None else bot,
            blocked=conversation.blocked if blocked is None else blocked,
        )
        return self._kept(new)

    def with_members(self, conversation: Conversation, members: Iterable[str]) -> Conversation:
        return self._kept(replace(conversation, members=tuple(members)))

    def region(self, tenant: str) -> str:
        """Where this tenant's conversations live."""
        kept = self._world.fact(f"teams region {tenant}")
        return kept if isinstance(kept, str) else USUAL_REGION

    def move(self, tenant: str, region: str) -> None:
        self._world.remember(f"teams region {tenant}", region)

    def _kept(self, conversation: Conversation) -> Conversation:
        members: list[Json] = list(conversation.members)
        self._world.remember(
            f"{PREFIX}{conversation.id}",
            {
                "kind": conversation.kind,
                "tenant": conversation.tenant,
                "members": members,
                "bot": conversation.bot,
                "name": conversation.name,
                "team": conversation.team,
                "team_name": conversation.team_name,
                "blocked": conversation.blocked,
            },
        )
        return conversation


def _conversation(id: str, kept: dict[str, Json]) -> Conversation:
    members = kept["members"]
    return Conversation(
        id,
        next(kind for kind in KINDS if kind == kept["kind"]),
        str(kept["tenant"]),
        tuple(map(str, members)) if isinstance(members, list) else (),
        kept["bot"] is True,
        str(kept["name"]),
        str(kept["team"]),
        str(kept["team_name"]),
        kept["blocked"] is True,
    )
