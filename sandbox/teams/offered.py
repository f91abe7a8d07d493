"""What the app offers in Teams, as its manifest says: commands to choose from, and a message extension's. As long as no
manifest was uploaded, nothing is listed and everything may be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any  # a manifest from outside, looked into

from sandbox.teams.conversations import Kind
from sandbox.world import Json, World

APP_ID = "5a4db0c5-0000-4000-8000-000000000004"
SCOPES: Mapping[Kind, str] = {"personal": "personal", "groupChat": "groupChat", "channel": "team"}
LISTED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Command:
    """`slash`: it can be said for the bot's eyes alone."""

    title: str
    about: str
    slash: bool

    def json(self) -> Json:
        return {"title": self.title, "about": self.about, "slash": self.slash}


class Offered:
    def __init__(self, world: World) -> None:
        self._world = world

    def upload(self, manifest: Mapping[str, Json], texts: Mapping[str, Json]) -> None:
        """As an administrator does; `texts` by language. Raises ValueError for another bot's."""
        bots: Any = manifest.get("bots")
        if not isinstance(bots, list) or not bots or not isinstance(bots[0], dict) or bots[0].get("botId") != APP_ID:
            raise ValueError("The manifest is of another bot, or of none.")
        self._world.remember("teams manifest", {"manifest": dict(manifest), "texts": dict(texts)})

    def allows_slash(self, kind: Kind) -> bool:
        """Whether anything can be said there for the bot's eyes alone."""
        bot = self._bot()
        if bot is None:
            return kind != "personal"
        told = bot.get("supportsTargetedMessages") is True
        return told and any(command.slash for command in self.commands(kind, ""))

    def commands(self, kind: Kind, locale: str) -> list[Command]:
        """Those listed in such a conversation, in the reader's language."""
        bot = self._bot()
        return [] if bot is None else list(self._commands(bot, kind, locale))[:LISTED_AT_MOST]

    def extension(self, locale: str) -> list[Json]:
        """The message extension's commands: {"id", "type", "title", "contexts", "parameter": the first, or null}, in
        the reader's language."""
        kept: Any = self._world.fact("teams manifest")
        extensions = kept["manifest"].get("composeExtensions") if isinstance(kept, dict) else None
        first = extensions[0] if isinstance(extensions, list) and extensions else {}
        return [self._of_extension(at, each, locale) for at, each in enumerate(first.get("commands", []))]

    def _of_extension(self, at: int, command: Any, locale: str) -> Json:
        place = f"composeExtensions[0].commands[{at}]"
        parameter = next(iter(command.get("parameters") or []), None)
        if parameter is not None:
            title = self._text(locale, f"{place}.parameters[0].title", parameter["title"])
            parameter = {"name": parameter["name"], "title": title}
        return {
            "id": command["id"],
            "type": command.get("type", "query"),
            "title": self._text(locale, f"{place}.title", command.get("title", command["id"])),
            "contexts": command.get("context", ["compose", "commandBox"]),
            "parameter": parameter,
        }

    def _bot(self) -> Any:
        kept: Any = self._world.fact("teams manifest")
        return kept["manifest"]["bots"][0] if isinstance(kept, dict) else None

    def _commands(self, bot: Any, kind: Kind, locale: str) -> Iterator[Command]:
        for at_list, listed in enumerate(bot.get("commandLists", [])):
            if SCOPES[kind] not in listed["scopes"]:
                continue
            for at, each in enumerate(listed["commands"]):
                place = f"bots[0].commandLists[{at_list}].commands[{at}]"
                title = self._text(locale, f"{place}.title", each["title"])
                about = self._text(locale, f"{place}.description", each.get("description", ""))
                yield Command(title, about, "slash" in listed.get("triggers", []))

    def _text(self, locale: str, key: str, usual: str) -> str:
        kept: Any = self._world.fact("teams manifest")
        texts = kept["texts"].get(locale) or kept["texts"].get(locale.partition("-")[0]) or {}
        return str(texts.get(key, usual))
