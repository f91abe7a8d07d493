"""Conversations and activities, as a bot asks for them: create, send, answer, change, delete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any  # JSON from outside, looked into

from aiohttp import web

from sandbox.teams.asked import Asked, refuse_unwritable
from sandbox.teams.content import Content, content
from sandbox.teams.conversations import Conversation
from sandbox.teams.messages import Message
from sandbox.teams.offered import APP_ID
from sandbox.teams.people import Person
from sandbox.teams.refusals import Refused
from sandbox.teams.state import State
from sandbox.world import Json

BOT = f"28:{APP_ID}"


class Connector:
    def __init__(self, state: State) -> None:
        self._state = state

    async def create(self, asked: Asked) -> web.Response:
        """POST v3/conversations: a chat with one person, or a new thread in a channel."""
        sent = await asked.body()
        _refuse_other_bot(sent)
        if _channel(sent):
            return self._begin_thread(asked, sent)
        person = self._partner(sent)
        asked.at(person.tenant)
        self._state.rates.count("sending", person.tenant)
        chat = self._state.conversations.personal(person, APP_ID)
        if chat.blocked or self._state.is_disabled(person.tenant):
            refuse_unwritable(self._state, chat)
        if not chat.bot and not self._meets_elsewhere(person):
            raise Refused(403, "ForbiddenOperationException")
        answer: dict[str, Json] = {"id": chat.id}
        if isinstance(first := sent.get("activity"), dict):
            self._state.conversations.changed(chat, bot=True)
            answer["activityId"] = self._said(chat, content(first), "", "")
        elif not chat.bot:
            self._state.conversations.changed(chat, bot=True)
        return web.json_response(answer, status=201)

    async def send(self, asked: Asked) -> web.Response:
        """POST v3/conversations/{id}/activities, and .../{activity} in answer to one."""
        conversation = asked.writable()
        sent = await asked.body()
        said = content(sent)
        only = self._only(asked, conversation, sent)
        if said.typing:
            self._state.typing(conversation.id)
            return web.json_response({"id": self._state.messages.stamp()}, status=201)
        thread = asked.thread or asked.request.match_info.get("activity", "")
        if said.is_split:
            self._split(conversation, said, only, thread)
            return web.json_response({}, status=202)
        return web.json_response({"id": self._said(conversation, said, only, thread)}, status=201)

    async def update(self, asked: Asked) -> web.Response:
        """PUT v3/conversations/{id}/activities/{activity}."""
        conversation = asked.writable()
        message = asked.own(conversation, asked.request.match_info["activity"])
        sent = await asked.body()
        if asked.targeted and sent.get("recipient") is not None:
            raise Refused(400, "BadArgument", "Bad argument: recipient must not be told again.")
        said = content(sent)
        if message.card is not None and not said.attachments:
            # Clients go on showing the card: words alone do not take its place before people's eyes.
            return web.json_response({"id": message.id})
        self._state.messages.keep(
            replace(
                message,
                text=said.text,
                text_format=said.text_format,
                attachments=said.attachments,
                entities=said.entities,
                summary=said.summary,
                edited=True,
            )
        )
        self._state.changes.tell()
        return web.json_response({"id": message.id})

    async def delete(self, asked: Asked) -> web.Response:
        """DELETE v3/conversations/{id}/activities/{activity}."""
        conversation = asked.writable()
        self._state.messages.remove(asked.own(conversation, asked.request.match_info["activity"]))
        self._state.changes.tell()
        return web.Response()

    def _begin_thread(self, asked: Asked, sent: dict[str, Json]) -> web.Response:
        conversation = self._state.conversations.of(_channel(sent))
        if conversation is None:
            raise Refused(404)
        asked.at(conversation.tenant)
        self._state.rates.count("sending", conversation.tenant, conversation.id)
        refuse_unwritable(self._state, conversation)
        first = sent.get("activity")
        if not isinstance(first, dict):
            raise Refused(400, "BadArgument", "Missing activity: a thread begins with one.")
        id = self._said(conversation, content(first), "", "")
        return web.json_response({"id": f"{conversation.id};messageid={id}", "activityId": id}, status=201)

    def _partner(self, sent: dict[str, Json]) -> Person:
        """The one person it is to be with. Raises Refused."""
        members: Any = sent.get("members")
        if sent.get("isGroup") is True or not isinstance(members, list) or len(members) != 1:
            raise Refused(400, "BadArgument", "A bot begins chats with one person.")
        id = members[0].get("id") if isinstance(members[0], dict) else None
        person = self._state.people.known_as(id) if isinstance(id, str) else None
        if person is None or person.deleted:
            raise Refused(400, "BadArgument", "Failed to decrypt conversation id or find the user.")
        told = {_text(sent.get("tenantId")), _tenant(sent)} - {""}
        if not told:
            raise Refused(400, "BadArgument", "Missing tenant id.")
        if told != {person.tenant}:
            raise Refused(403, "ForbiddenOperationException", "The user is not of that tenant.")
        return person

    def _meets_elsewhere(self, person: Person) -> bool:
        return any(each.bot for each in self._state.conversations.with_member(person.address))

    def _only(self, asked: Asked, conversation: Conversation, sent: dict[str, Json]) -> str:
        """Whom alone it is for, by address; "" for everybody. Raises Refused."""
        recipient: Any = sent.get("recipient")
        if not asked.targeted:
            if isinstance(recipient, dict) and recipient.get("isTargeted") is True:
                raise Refused(400, "BadArgument", "Bad argument: isTargetedActivity is missing.")
            return ""
        if conversation.kind == "personal":
            raise Refused(400, "BadArgument", "Targeted messages are not for personal chats.")
        id = recipient.get("id") if isinstance(recipient, dict) else None
        if not isinstance(id, str) or recipient.get("isTargeted") is not True:
            raise Refused(400, "BadArgument", "Bad argument: recipient is missing.")
        return asked.member(conversation, id).address

    def _said(self, conversation: Conversation, said: Content, only: str, thread: str) -> str:
        message = Message(
            conversation.id,
            self._state.messages.stamp(),
            "",
            said.text,
            said.text_format,
            said.attachments,
            said.entities,
            said.summary,
            only,
            thread if conversation.kind == "channel" else "",
        )
        self._state.messages.keep(message)
        self._state.typing_in.discard(conversation.id)
        self._state.changes.tell()
        return message.id

    def _split(self, conversation: Conversation, said: Content, only: str, thread: str) -> None:
        """As clients show it: the words, then each card."""
        if said.text:
            self._said(conversation, replace(said, attachments=()), only, thread)
        for each in said.attachments:
            self._said(conversation, replace(said, text="", entities=(), attachments=(each,)), only, thread)


def _refuse_other_bot(sent: dict[str, Json]) -> None:
    bot: Any = sent.get("bot")
    if isinstance(bot, dict) and bot.get("id") not in (None, BOT, APP_ID):
        raise Refused(403, "NotEnoughPermissions", "The bot is another one.")


def _channel(sent: dict[str, Json]) -> str:
    data: Any = sent.get("channelData")
    channel = data.get("channel") if isinstance(data, dict) else None
    return _text(channel.get("id")) if isinstance(channel, dict) else ""


def _tenant(sent: dict[str, Json]) -> str:
    data: Any = sent.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    return _text(tenant.get("id")) if isinstance(tenant, dict) else ""


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
