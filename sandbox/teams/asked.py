"""A request of a bot, read: who asks, where, and the JSON it sends."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aiohttp import web

from sandbox.rules.teams_activities import BYTES_AT_MOST
from sandbox.teams.conversations import EVERYWHERE, Conversation
from sandbox.teams.messages import Message
from sandbox.teams.people import Person
from sandbox.teams.refusals import Refused
from sandbox.teams.state import State
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Asked:
    """One that was let in."""

    state: State
    request: web.Request

    @property
    def targeted(self) -> bool:
        return self.request.query.get("isTargetedActivity", "").lower() == "true"

    async def body(self) -> dict[str, Json]:
        """Raises Refused for what is no JSON object, and for what is too large."""
        if self.request.content_type != "application/json":
            raise Refused(415, "BadArgument", "The content type must be application/json.")
        raw = await self.request.read()
        if len(raw) > BYTES_AT_MOST:
            raise Refused(413)
        try:
            sent = json.loads(raw)
        except (ValueError, RecursionError):
            raise Refused(400, "BadSyntax", "Could not parse the request.") from None
        if not isinstance(sent, dict):
            raise Refused(400, "BadSyntax", "An object was expected.")
        return sent

    def conversation(self) -> Conversation:
        """The one in the path. Raises Refused where it is not, or not at this address."""
        found = self.state.conversations.of(self.request.match_info["conversation"])
        if found is None:
            raise Refused(404)
        self.at(found.tenant)
        return found

    def at(self, tenant: str) -> None:
        """Raises Refused where the tenant lives elsewhere."""
        region = self.request.match_info["region"]
        if region not in (EVERYWHERE, self.state.conversations.region(tenant)):
            raise Refused(404)

    @property
    def thread(self) -> str:
        """The message at which a channel's conversation begins, "" where none is named."""
        return self.request.match_info["conversation"].partition(";messageid=")[2]

    def writable(self) -> Conversation:
        """The conversation, if the bot may write there now. Raises Refused."""
        found = self.conversation()
        self.state.rates.count("sending", found.tenant, found.id)
        refuse_unwritable(self.state, found)
        return found

    def own(self, conversation: Conversation, id: str) -> Message:
        """A message of the bot's that is still there. Raises Refused."""
        found = self.state.messages.one(conversation.id, id)
        if found is None or found.deleted or not self.state.messages.lasts(found):
            raise Refused(404, "ActivityNotFoundInConversation")
        if found.by:
            raise Refused(403, "NotEnoughPermissions", "Only the bot's own messages can be changed.")
        if bool(found.only) != self.targeted:
            raise Refused(400, "BadArgument", "isTargetedActivity does not fit this message.")
        return found

    def member(self, conversation: Conversation, id: str) -> Person:
        """By either id. Raises Refused."""
        found = self.state.people.known_as(id)
        if found is None or found.deleted or found.address not in conversation.members:
            raise Refused(404, "MemberNotFoundInConversation")
        return found


def refuse_unwritable(state: State, conversation: Conversation) -> None:
    if state.is_disabled(conversation.tenant):
        raise Refused(403, "BotDisabledByAdmin")
    if conversation.blocked:
        raise Refused(403, "ConversationBlockedByUser")
    if not conversation.bot:
        raise Refused(403, "BotNotInConversationRoster")
