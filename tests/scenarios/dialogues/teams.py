"""Teams as a `Chat`: the sandbox's Teams signs what people do and brings it to the real edge, which answers through
the connector; what is read is the card that stands in the chat, as it is by then."""

from __future__ import annotations

import asyncio
import html
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tests.scenarios.teams.member import Members
from tests.scenarios.teams.member import Seen as Message
from tests.visiting import address_of

from .chat import Seen

JOIN = "Join"
CARD_SAYS_IT_TOO = ("Looks good", "Cannot make it")  # besides, what is answered stands below it


class TeamsChat:
    """A Chat. An answer to a press stands in the place of its card; what comes while nobody does anything is told."""

    name = "Teams"

    def __init__(self, members: Members) -> None:
        self._members = members
        self._read: defaultdict[str, dict[str, object]] = defaultdict(dict)

    async def settles_in(self, person: str) -> None:
        """What is there by now was read."""
        await self._ours(person)

    async def says(self, person: str, words: str) -> Seen:
        """See Chat."""
        await self._members.drive("say", person, text=words, conversation="")
        return await self._new(person)

    async def presses(self, person: str, label: str) -> Seen:
        """See Chat."""
        for message in reversed(await self._members.messages(person)):
            if message.message["bot"] and message.message["cards"] and label in seen(message).buttons:
                told = await self._members.drive(
                    "press", person, message=message.id, title=label, conversation=message.where
                )
                assert told["status"] in (200, 202), told
                assert not told["trouble"], told
                return await self._new(person, pressed=None if label in CARD_SAYS_IT_TOO else message)
        raise AssertionError(f"no [{label}] before {person}'s eyes")

    async def told(self, person: str) -> Seen:
        """See Chat."""
        changes = self._members.stage.sandbox.teams.state.changes
        async with asyncio.timeout(60):
            while True:
                number = changes.number
                news = [each for each in await self._messages(person) if each.id not in self._read[address_of(person)]]
                if news:
                    self._read[address_of(person)][news[0].id] = shows(news[0])
                    return seen(news[0])
                await changes.since(number, 60.0)

    async def _messages(self, person: str) -> list[Message]:
        return [each for each in await self._members.messages(person) if each.message["bot"]]

    async def _ours(self, person: str, pressed: Message | None = None) -> list[Message]:
        """What is new since it was looked at last, or stands where something was pressed. What confirmed a session is
        brought up to date at any time: nobody is answered by that."""
        messages, read = await self._messages(person), self._read[address_of(person)]
        changed = [each for each in messages if read.get(each.id) != shows(each)]
        ours = [each for each in changed if each.id not in read or (pressed is not None and each.id == pressed.id)]
        read |= {each.id: shows(each) for each in changed}
        return ours

    async def _new(self, person: str, pressed: Message | None = None) -> Seen:
        new = await self._ours(person, pressed) or ([pressed] if pressed else [])
        assert new, f"nothing was answered to {person}"
        parts = [seen(each) for each in new]
        links = {label: url for part in parts for label, url in part.links.items()}
        files = tuple(file for part in parts for file in part.files)
        return Seen("\n".join(part.words for part in parts), parts[-1].buttons, links, files)


def shows(message: Message) -> object:
    """What would be read anew if it were another."""
    return message.message["text"], message.message["cards"]


def seen(message: Message) -> Seen:
    """The card as it is drawn. Clients that draw none, and lock screens, get the same words."""
    if not message.message["cards"]:
        return Seen(message.text)
    lines = [line for block in drawn(message.card["body"]) for line in written(block)]
    assert message.lines[: len(lines)] == lines, "the text says something else than the card"
    actions = [*message.card.get("actions", ()), *(each for set_ in folded(message.card["body"]) for each in set_)]
    buttons = tuple(each["title"] for each in actions if not is_teams_own(each))
    links = {each["title"]: each["url"] for each in actions if each["type"] == "Action.OpenUrl"}
    pictures = tuple("picture" for each in drawn(message.card["body"]) if each["type"] == "Image")
    return Seen("\n".join(lines), buttons, links, pictures)


def is_teams_own(action: Mapping[str, Any]) -> bool:
    """[Join] beside an answer that has the link in its words, [More] that unfolds, what opens a dialog, and what goes
    with a field."""
    opens_dialog, has_a_field = "msteams" in action.get("data", {}), action.get("associatedInputs") == "auto"
    return action["type"] == "Action.ToggleVisibility" or action["title"] == JOIN or opens_dialog or has_a_field


def drawn(body: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What is seen at once, from above."""
    for element in body:
        if element.get("isVisible") is False:
            continue
        if element["type"] == "Container":
            yield from drawn(element["items"])
        else:
            yield element


def folded(body: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows of buttons behind [More]."""
    for element in body:
        if element["type"] == "Container":
            yield from folded(element["items"])
        elif element["type"] == "ActionSet":
            yield element["actions"]


def written(element: Mapping[str, Any]) -> list[str]:
    """A paragraph or a list, whose Markdown is emphasis alone: what people are called is escaped."""
    return html.unescape(element["text"].replace("*", "")).splitlines() if element["type"] == "TextBlock" else []
