"""What stands in the conversations, and how each person's own view of a card differs from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sandbox.world import Json, World

PREFIX = "teams message "
TARGETED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Message:
    """`by`: the author's address, "" for the bot. `only`: the address of the one person who sees it. `thread`: the
    message it answers, in a channel. A deleted one keeps its place."""

    conversation: str
    id: str
    by: str
    text: str = ""
    text_format: str = "markdown"
    attachments: tuple[Json, ...] = ()
    entities: tuple[Json, ...] = ()
    summary: str = ""
    only: str = ""
    thread: str = ""
    edited: bool = False
    deleted: bool = False

    @property
    def root(self) -> str:
        """The message at which its thread begins, in a channel."""
        return self.thread or self.id

    @property
    def card(self) -> dict[str, Json] | None:
        """Its Adaptive Card, if it has one."""
        for each in self.attachments:
            if isinstance(each, dict) and each.get("contentType") == CARD:
                content = each.get("content")
                return content if isinstance(content, dict) else None
        return None


CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class View:
    """What one person alone sees of a message: another card, words below it."""

    card: Json = None
    below: str = ""


class Messages:
    """Every conversation's, oldest first. Views are not kept across restarts: clients ask for them again."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._in: dict[str, dict[str, Message]] = {}
        self._views: dict[tuple[str, str, str], View] = {}
        self._latest = 0
        for _, kept in sorted(world.facts(PREFIX)):
            if isinstance(kept, dict):
                self._put(_message(kept))

    def stamp(self) -> str:
        """A time of the world, in milliseconds, that no other message has, later than all before."""
        self._latest = max(self._latest + 1, int(self._world.clock.now().timestamp() * 1_000))
        return str(self._latest)

    def of(self, conversation: str) -> list[Message]:
        """Without those deleted, and those for one person whose day is over."""
        return [each for each in self._in.get(conversation, {}).values() if not each.deleted and self.lasts(each)]

    def one(self, conversation: str, id: str) -> Message | None:
        """Deleted or not."""
        return self._in.get(conversation, {}).get(id)

    def lasts(self, message: Message) -> bool:
        """Whether it is still there, of what only one person sees."""
        now = self._world.clock.now().timestamp() * 1_000
        return not message.only or now - int(message.id) < TARGETED_FOR.total_seconds() * 1_000

    def keep(self, message: Message) -> Message:
        """Put it there, or in the place of the one with its id; everybody sees it anew."""
        self._put(message)
        for key in [key for key in self._views if key[:2] == (message.conversation, message.id)]:
            del self._views[key]
        self._world.remember(f"{PREFIX}{message.conversation} {message.id}", _kept(message))
        return message

    def remove(self, message: Message) -> Message:
        return self.keep(replace(message, text="", attachments=(), entities=(), summary="", deleted=True))

    def view(self, message: Message, address: str) -> View:
        return self._views.get((message.conversation, message.id, address), View())

    def show(self, message: Message, address: str, view: View) -> None:
        self._views[(message.conversation, message.id, address)] = view

    def _put(self, message: Message) -> None:
        self._in.setdefault(message.conversation, {})[message.id] = message
        self._latest = max(self._latest, int(message.id))


def _kept(message: Message) -> Json:
    attachments, entities = list(message.attachments), list(message.entities)
    return {
        "conversation": message.conversation,
        "id": message.id,
        "by": message.by,
        "text": message.text,
        "text_format": message.text_format,
        "attachments": attachments,
        "entities": entities,
        "summary": message.summary,
        "only": message.only,
        "thread": message.thread,
        "edited": message.edited,
        "deleted": message.deleted,
    }


def _message(kept: dict[str, Json]) -> Message:
    attachments, entities = kept["attachments"], kept["entities"]
    return Message(
        str(kept["conversation"]),
        str(kept["id"]),
        str(kept["by"]),
        str(kept["text"]),
        str(kept["text_format"]),
        tuple(attachments) if isinstance(attachments, list) else (),
        tuple(entities) if isinstance(entities, list) else (),
        str(kept["summary"]),
        str(kept["only"]),
        str(kept["thread"]),
        kept["edited"] is True,
        kept["deleted"] is True,
    )
