"""What a person does in Teams with words: says, changes and takes back messages. Presses are in `pressing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.teams.activities import Activities
from sandbox.teams.conversations import Conversation
from sandbox.teams.courier import Courier, Receipt
from sandbox.teams.messages import Message
from sandbox.teams.offered import APP_ID
from sandbox.teams.people import Person
from sandbox.teams.state import State
from sandbox.world import Json


class Impossible(ValueError):
    """What nobody could do in Teams; says why."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Addresses name people. Raises Impossible for what nobody could do in Teams."""

    state: State
    courier: Courier

    def person(self, address: str) -> Person:
        found = self.state.people.at(address.lower())
        if found is None or found.deleted:
            raise Impossible(f"{address} has no account in Teams.")
        return found

    def conversation(self, person: Person, id: str) -> Conversation:
        """The one meant; without an id, the person's chat with the bot."""
        if not id:
            return self.state.conversations.personal(person, APP_ID)
        found = self.state.conversations.of(id)
        if found is None or person.address not in found.members:
            raise Impossible("This person is not in that conversation.")
        return found

    def message(self, person: Person, conversation: str, id: str) -> Message:
        """One that this person sees."""
        found = self.state.messages.one(self.conversation(person, conversation).id, id)
        if (
            found is None
            or found.deleted
            or found.only not in ("", person.address)
            or not self.state.messages.lasts(found)
        ):
            raise Impossible("There is no such message.")
        return found

    async def say(
        self,
        address: str,
        conversation: str,
        text: str,
        *,
        mention: bool = False,
        slash: bool = False,
        thread: str = "",
    ) -> tuple[Message, Receipt | None]:
        """The bot hears it in its own chats, and elsewhere where it is mentioned. `slash`: typed as a command that
        only the bot and its author see."""
        person = self.person(address)
        where = self.conversation(person, conversation)
        if slash and (where.kind == "personal" or not self.state.offered.allows_slash(where.kind)):
            raise Impossible("Private commands are for group chats and channels, and for apps that say they take them.")
        words = f"<at>{self.state.bot.name}</at>" if mention and where.kind != "personal" else ""
        said = self.state.messages.keep(
            Message(
                where.id, self.state.messages.stamp(), address, f"{words} {text}".strip(), "plain",
                only=address if slash else "", thread=thread if where.kind == "channel" else "",
            )
        )  # fmt: skip
        self.state.changes.tell()
        if not where.bot or where.blocked or not (where.kind == "personal" or words or slash):
            return said, None
        told = Activities(self.state, person, where, targeted=slash)
        return said, await self.courier.bring(told.message(said, mention=words))

    async def edit(self, address: str, conversation: str, id: str, text: str) -> Receipt | None:
        """The author's own words, said otherwise."""
        person, said = self._own(address, conversation, id)
        changed = self.state.messages.keep(replace(said, text=text, edited=True))
        return await self._tell(person, changed)

    async def take_back(self, address: str, conversation: str, id: str) -> Receipt | None:
        """The author deletes the own message."""
        person, said = self._own(address, conversation, id)
        return await self._tell(person, self.state.messages.remove(said))

    async def happen(self, address: str, conversation: str, kind: str, more: Mapping[str, Json]) -> Receipt:
        """Any other activity, in its envelope."""
        person = self.person(address)
        told = Activities(self.state, person, self.conversation(person, conversation))
        return await self.courier.bring(told.happened(kind, **more))

    def _own(self, address: str, conversation: str, id: str) -> tuple[Person, Message]:
        person = self.person(address)
        said = self.message(person, conversation, id)
        if said.by != person.address:
            raise Impossible("That is somebody else's message.")
        return person, said

    async def _tell(self, person: Person, said: Message) -> Receipt | None:
        self.state.changes.tell()
        where = self.conversation(person, said.conversation)
        if not where.bot or where.blocked:
            return None
        return await self.courier.bring(Activities(self.state, person, where).edited(said))
