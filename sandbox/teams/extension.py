"""The message extension: what a person searches or asks for from the box in which they write, or about a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.rules.teams_cards import check_attachment
from sandbox.teams.activities import Activities
from sandbox.teams.dialogs import EXTENSION_SECONDS, THEME, Dialog, Dialogs
from sandbox.teams.hands import Hands
from sandbox.teams.messages import Message
from sandbox.teams.outcome import Outcome, of_query
from sandbox.world import Json

COUNT = 25


@dataclass(frozen=True, slots=True)
class Extension:
    hands: Hands
    dialogs: Dialogs

    async def search(self, address: str, conversation: str, command: str, parameters: Mapping[str, str]) -> Outcome:
        """composeExtension/query."""
        told = self._told(address, conversation)
        listed: list[Json] = [{"name": name, "value": value} for name, value in parameters.items()]
        value: Json = {
            "commandId": command,
            "parameters": listed,
            "queryOptions": {"skip": 0, "count": COUNT},
        }
        invoke = told.invoke("composeExtension/query", value)
        return of_query(await self.hands.courier.ask(invoke, EXTENSION_SECONDS))

    async def choose(self, address: str, conversation: str, attachment: Json) -> Message:
        """One of those found, sent by the person as their own message."""
        told = self._told(address, conversation)
        check_attachment(attachment)
        sent = Message(
            told.conversation.id, self.hands.state.messages.stamp(), told.person.address, attachments=(attachment,)
        )
        self.hands.state.messages.keep(sent)
        self.hands.state.changes.tell()
        return sent

    async def ask(self, address: str, conversation: str, command: str, message: str = "") -> Outcome:
        """composeExtension/fetchTask: a command that opens a dialog; `message`: the one it is about."""
        told = self._told(address, conversation)
        about = self.hands.message(told.person, conversation, message) if message else None
        also: dict[str, Json] = {"commandId": command, "commandContext": "message" if about else "compose"}
        if about is not None:
            also["messagePayload"] = _payload(self.hands, about)
        invoke = told.invoke("composeExtension/fetchTask", {**also, "context": dict(THEME)})
        receipt = await self.hands.courier.ask(invoke, EXTENSION_SECONDS)
        return self.dialogs.shown(Dialog("extension", told, also=also), receipt)

    def _told(self, address: str, conversation: str) -> Activities:
        person = self.hands.person(address)
        return Activities(self.hands.state, person, self.hands.conversation(person, conversation))


def _payload(hands: Hands, message: Message) -> Json:
    author = hands.state.people.at(message.by)
    bot = hands.state.bot
    by: Json = (
        {"application": {"id": bot.app_id, "displayName": bot.name, "applicationIdentityType": "bot"}}
        if author is None
        else {"user": {"id": author.object_id, "displayName": author.name, "userIdentityType": "aadUser"}}
    )
    attachments: list[Json] = list(message.attachments)
    return {
        "id": message.id,
        "messageType": "message",
        "replyToId": message.thread or None,
        "from": by,
        "body": {"contentType": "html", "content": message.text},
        "attachments": attachments,
        "linkToMessage": f"https://teams.microsoft.com/l/message/{message.conversation}/{message.id}",
    }
