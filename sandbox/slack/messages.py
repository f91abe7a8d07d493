"""What stands in the channels. Messages for one pair of eyes alone are not kept across restarts, as in Slack."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sandbox.world import Json, World


@dataclass(frozen=True, slots=True)
class Message:
    """`user`: who wrote it; `bot`: it was the application. `only`: the one person who sees it, "" for everybody.
    `failed`: Slack itself says so, in the application's place. `thread`: the first message's stamp; `broadcast`: an
    answer there that is shown outside of it, too."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    bot: bool = False
    only: str = ""
    edited: bool = False
    thread: str = ""
    broadcast: bool = False
    files: tuple[str, ...] = ()
    failed: bool = False
    metadata: Json = None


class Messages:
    """Every channel's, oldest first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._in: dict[str, dict[str, Message]] = {}
        self._latest = 0
        for key, kept in sorted(world.facts("slack message ")):
            if isinstance(kept, dict):
                channel, ts = key.removeprefix("slack message ").split(" ")
                self._put(_message(channel, ts, kept))

    def stamp(self) -> str:
        """A time of the world that no other message has, later than all before."""
        self._latest = max(self._latest + 1, int(self._world.clock.now().timestamp() * 1_000_000))
        return f"{self._latest // 1_000_000}.{self._latest % 1_000_000:06}"

    def of(self, channel: str) -> list[Message]:
        return list(self._in.get(channel, {}).values())

    def one(self, channel: str, ts: str) -> Message | None:
        return self._in.get(channel, {}).get(ts)

    def outside_threads(self, channel: str) -> list[Message]:
        """Without the answers that stand in a thread alone."""
        return [each for each in self.of(channel) if each.thread in ("", each.ts) or each.broadcast]

    def keep(self, message: Message) -> Message:
        """Put it there, or in the place of the one with its stamp."""
        self._put(message)
        if not message.only:
            blocks: list[Json] = list(message.blocks)
            files: list[Json] = list(message.files)
            kept: Json = {
                "user": message.user,
                "text": message.text,
                "blocks": blocks,
                "bot": message.bot,
                "edited": message.edited,
                "thread": message.thread,
                "broadcast": message.broadcast,
                "files": files,
                "metadata": message.metadata,
            }
            self._world.remember(f"slack message {message.channel} {message.ts}", kept)
        return message

    def remove(self, message: Message) -> None:
        self._in.get(message.channel, {}).pop(message.ts, None)
        if not message.only:
            self._world.remember(f"slack message {message.channel} {message.ts}", None)

    def changed(self, message: Message, text: str, blocks: tuple[Json, ...]) -> Message:
        return self.keep(replace(message, text=text, blocks=blocks, edited=True))

    def _put(self, message: Message) -> None:
        self._in.setdefault(message.channel, {})[message.ts] = message
        seconds, _, rest = message.ts.partition(".")
        self._latest = max(self._latest, int(seconds) * 1_000_000 + int(rest))


def _message(channel: str, ts: str, kept: dict[str, Json]) -> Message:
    blocks, files = kept["blocks"], kept["files"]
    return Message(
        channel,
        ts,
        str(kept["user"]),
        str(kept["text"]),
        tuple(blocks) if isinstance(blocks, list) else (),
        bot=kept["bot"] is True,
        edited=kept["edited"] is True,
        thread=str(kept["thread"]),
        broadcast=kept.get("broadcast") is True,
        files=tuple(map(str, files)) if isinstance(files, list) else (),
        metadata=kept.get("metadata"),
    )
