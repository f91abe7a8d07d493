"""Where one talks: direct messages with the bot, group messages, channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox.slack.people import Team, made_id
from sandbox.world import Json, World

Kind = Literal["im", "mpim", "channel"]


@dataclass(frozen=True, slots=True)
class Channel:
    """`members` are user ids, without the bot; `bot`: whether it is in there too."""

    id: str
    team: str
    kind: Kind
    name: str
    members: tuple[str, ...]
    bot: bool
    archived: bool = False


class Channels:
    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, id: str) -> Channel | None:
        kept = self._world.fact(f"slack channel {id}")
        return _channel(id, kept) if isinstance(kept, dict) else None

    def all(self, team: str) -> list[Channel]:
        found = [
            _channel(key.removeprefix("slack channel "), kept)
            for key, kept in self._world.facts("slack channel ")
            if isinstance(kept, dict)
        ]
        return [channel for channel in found if channel.team == team]

    def direct(self, team: Team, user: str) -> tuple[Channel, bool]:
        """The direct messages between the bot and this person, and whether they were there already."""
        return self._opened(Channel(made_id("D", f"{team.id} {user}"), team.id, "im", "", (user,), bot=True))

    def group(self, team: Team, users: Iterable[str]) -> tuple[Channel, bool]:
        members = tuple(sorted(set(users)))
        id = made_id("G", f"{team.id} {' '.join(members)}")
        return self._opened(Channel(id, team.id, "mpim", f"mpdm-{len(members)}", members, bot=True))

    def add(self, team: Team, name: str, members: Iterable[str], *, bot: bool, archived: bool = False) -> Channel:
        """A channel of this name, or the one there is with these members instead."""
        id = made_id("C", f"{team.id} {name}")
        return self._kept(Channel(id, team.id, "channel", name, tuple(members), bot, archived))

    def _opened(self, channel: Channel) -> tuple[Channel, bool]:
        known = self.of(channel.id)
        return (known, True) if known is not None else (self._kept(channel), False)

    def _kept(self, channel: Channel) -> Channel:
        members: list[Json] = list(channel.members)
        self._world.remember(
            f"slack channel {channel.id}",
            {
                "team": channel.team,
                "kind": channel.kind,
                "name": channel.name,
                "members": members,
                "bot": channel.bot,
                "archived": channel.archived,
            },
        )
        return channel


def _channel(id: str, kept: dict[str, Json]) -> Channel:
    members, kind = kept["members"], kept["kind"]
    return Channel(
        id,
        str(kept["team"]),
        "im" if kind == "im" else "mpim" if kind == "mpim" else "channel",
        str(kept["name"]),
        tuple(map(str, members)) if isinstance(members, list) else (),
        kept["bot"] is True,
        kept["archived"] is True,
    )
