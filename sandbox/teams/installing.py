"""The app comes into chats and teams and goes again, people block it, administrators forbid it, tenants move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.teams.activities import Activities
from sandbox.teams.conversations import EVERYWHERE, REGIONS, Conversation, Kind
from sandbox.teams.courier import Receipt
from sandbox.teams.hands import Hands, Impossible
from sandbox.teams.people import Person


@dataclass(frozen=True, slots=True)
class Installing:
    hands: Hands

    async def add(self, address: str, conversation: str = "", *, upgrade: bool = False) -> Receipt:
        """This person installs it: for themselves, or in a group or a team. The bot hears of it twice, as in Teams."""
        told = self._told(address, conversation)
        self._put(told.conversation, bot=True)
        receipt = await self._bring(told, "add-upgrade" if upgrade else "add")
        if not upgrade:
            state = self.hands.state
            added = [state.bot.id]
            if told.conversation.kind == "personal":
                added.append(told.person.id)
            await self.hands.courier.bring(told.members(added=added))
        return receipt

    async def remove(self, address: str, conversation: str = "", *, upgrade: bool = False) -> Receipt:
        """It is taken out again."""
        told = self._told(address, conversation)
        if not told.conversation.bot:
            raise Impossible("The app is not installed there.")
        if not upgrade:
            self._put(told.conversation, bot=False)
            if told.conversation.kind != "personal":
                await self.hands.courier.bring(told.members(removed=[self.hands.state.bot.id]))
        return await self._bring(told, "remove-upgrade" if upgrade else "remove")

    def block(self, address: str, *, blocked: bool) -> None:
        """The person wants nothing from it any more, or again something. The bot does not hear of it."""
        chat = self._told(address, "").conversation
        self.hands.state.conversations.changed(chat, blocked=blocked)
        self.hands.state.changes.tell()

    async def join(self, address: str, conversation: str) -> Receipt | None:
        """Somebody comes into a group or team; the bot hears of it where it is in there."""
        state, person = self.hands.state, self.hands.person(address)
        where = self._group(conversation)
        for each in self._together(where):
            state.conversations.with_members(each, dict.fromkeys((*each.members, person.address)))
        state.changes.tell()
        return await self._of_members(person, where, added=[person.id])

    async def leave(self, address: str, conversation: str) -> Receipt | None:
        """Somebody goes."""
        state, person = self.hands.state, self.hands.person(address)
        where = self._group(conversation)
        for each in self._together(where):
            state.conversations.with_members(each, [one for one in each.members if one != person.address])
        state.changes.tell()
        return await self._of_members(person, where, removed=[person.id])

    def group(self, kind: Kind, name: str, members: Iterable[str], *, bot: bool, team: str = "") -> Conversation:
        """A group chat, or a channel of a team, of the tenant of the first of these people."""
        people = [self.hands.person(address) for address in members]
        if not people:
            raise Impossible("Nobody would be in there.")
        if (kind == "channel") != bool(team):
            raise Impossible("A channel is a team's.")
        addresses = [each.address for each in people]
        made = self.hands.state.conversations.add(kind, people[0].tenant, name, addresses, bot=bot, team=team)
        self.hands.state.changes.tell()
        return made

    def move(self, domain: str, region: str) -> str:
        """The tenant's conversations are elsewhere from now on; their new serviceUrl."""
        if region not in (*REGIONS, EVERYWHERE):
            raise Impossible(f"There is no region {region!r}; there are {', '.join(REGIONS)}.")
        state = self.hands.state
        tenant = state.people.tenant_of(domain)
        state.conversations.move(tenant, region)
        return state.service(tenant)

    def _told(self, address: str, conversation: str) -> Activities:
        person = self.hands.person(address)
        return Activities(self.hands.state, person, self.hands.conversation(person, conversation))

    def _together(self, conversation: Conversation) -> list[Conversation]:
        """A team's channels have the same people."""
        return self.hands.state.conversations.channels(conversation.team) or [conversation]

    def _put(self, conversation: Conversation, *, bot: bool) -> None:
        for each in self._together(conversation):
            self.hands.state.conversations.changed(each, bot=bot)
        self.hands.state.changes.tell()

    def _group(self, id: str) -> Conversation:
        found = self.hands.state.conversations.of(id)
        if found is None or found.kind == "personal":
            raise Impossible("There is no such group or team.")
        return found

    async def _bring(self, told: Activities, action: str) -> Receipt:
        return await self.hands.courier.bring(told.installation(action))

    async def _of_members(
        self, person: Person, where: Conversation, *, added: list[str] | None = None, removed: list[str] | None = None
    ) -> Receipt | None:
        if not where.bot:
            return None
        told = Activities(self.hands.state, person, where)
        return await self.hands.courier.bring(told.members(added=added, removed=removed))
