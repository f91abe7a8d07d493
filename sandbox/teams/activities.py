"""What Teams tells a bot, as JSON: each activity from somebody, in a conversation, at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from sandbox.teams.conversations import Conversation
from sandbox.teams.messages import Message
from sandbox.teams.people import Person
from sandbox.teams.state import State
from sandbox.world import Json

Fields = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Activities:
    """What this person does in this conversation. `targeted`: for the bot's eyes alone."""

    state: State
    person: Person
    conversation: Conversation
    targeted: bool = False

    def message(self, said: Message, *, mention: str = "", value: Json = None, reply_to: str = "") -> Fields:
        """`mention`: the words that name the bot, "" where it is not named. `value`: what a card sends."""
        made = self._made("message", said.id, said.thread)
        made |= {"textFormat": "plain", "locale": self.person.locale}
        if value is not None:
            return {**made, "value": value, "replyToId": reply_to}
        text = said.text
        if mention:
            made["entities"] = [*self._client(), self._mention(mention)]
        html: Json = {"contentType": "text/html", "content": f"<p>{_html(text)}</p>"}
        return {**made, "text": text, "attachments": [html]}

    def edited(self, said: Message, event: str = "editMessage") -> Fields:
        """messageUpdate, or messageDelete of one that is gone."""
        kind = "messageDelete" if said.deleted else "messageUpdate"
        made = self._made(kind, said.id, said.thread)
        data = made["channelData"]
        told = {"eventType": "softDeleteMessage" if said.deleted else event}
        made["channelData"] = {**(data if isinstance(data, dict) else {}), **told}
        return made if said.deleted else {**made, "text": said.text, "textFormat": "plain"}

    def invoke(self, name: str, value: Json, *, reply_to: str = "", thread: str = "") -> Fields:
        made = self._made("invoke", f"f:{uuid.uuid4()}", thread)
        made |= {"name": name, "value": value, "locale": self.person.locale}
        return {**made, "replyToId": reply_to} if reply_to else made

    def installation(self, action: str) -> Fields:
        """installationUpdate: add, remove, add-upgrade, remove-upgrade."""
        made = self._made("installationUpdate", f"f:{uuid.uuid4()}")
        data = made["channelData"]
        where: Json = {"selectedChannel": {"id": self.conversation.id}}
        made["channelData"] = {
            **(data if isinstance(data, dict) else {}),
            "settings": where,
            "source": {"name": "message"},
        }
        return {**made, "action": action, "locale": self.person.locale}

    def members(self, *, added: list[str] | None = None, removed: list[str] | None = None) -> Fields:
        """conversationUpdate; of accounts, by the bot's ids for them."""
        made = self._made("conversationUpdate", f"f:{uuid.uuid4()}")
        for name, ids in (("membersAdded", added), ("membersRemoved", removed)):
            if ids is not None:
                who: list[Json] = [self._member(id) for id in ids]
                made[name] = who
        return made

    def happened(self, kind: str, **more: Json) -> Fields:
        """Anything else."""
        return {**self._made(kind, f"f:{uuid.uuid4()}"), **more}

    def _member(self, id: str) -> Json:
        person = self.state.people.known_as(id)
        return {"id": id} if person is None else {"id": id, "aadObjectId": person.object_id}

    def _made(self, kind: str, id: str, thread: str = "") -> Fields:
        now = self.state.world.clock.now()
        there = now.astimezone(ZoneInfo(self.person.time_zone))
        recipient: Fields = {"id": self.state.bot.id, "name": self.state.bot.name}
        if self.targeted:
            recipient["isTargeted"] = True
        sender: Fields = {"id": self.person.id, "aadObjectId": self.person.object_id}
        if not self.person.nameless:
            sender["name"] = self.person.name
        return {
            "type": kind,
            "id": id,
            "timestamp": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03}Z",
            "localTimestamp": there.isoformat(timespec="milliseconds"),
            "localTimezone": self.person.time_zone,
            "channelId": "msteams",
            "serviceUrl": self.state.service(self.conversation.tenant),
            "from": sender,
            "conversation": self._where(thread or id),
            "recipient": recipient,
            "entities": self._client(),
            "channelData": self._channel(),
        }

    def _where(self, thread: str) -> Json:
        conversation = self.conversation
        told: Fields = {
            "conversationType": conversation.kind,
            "tenantId": conversation.tenant,
            "id": conversation.id,
        }
        if conversation.kind == "channel" and thread.isdecimal():
            told["id"] = f"{conversation.id};messageid={thread}"
        if conversation.kind != "personal":
            told |= {"isGroup": True, "name": conversation.name}
        return told

    def _channel(self) -> Fields:
        conversation = self.conversation
        told: Fields = {"tenant": {"id": conversation.tenant}}
        if conversation.kind == "channel":
            told |= {
                "teamsChannelId": conversation.id,
                "teamsTeamId": conversation.team,
                "channel": {"id": conversation.id},
                "team": {"id": conversation.team, "name": conversation.team_name},
            }
        return told

    def _client(self) -> list[Json]:
        language, _, country = self.person.locale.partition("-")
        return [
            {
                "type": "clientInfo",
                "locale": self.person.locale,
                "country": country or language.upper(),
                "platform": "Web",
                "timezone": self.person.time_zone,
            }
        ]

    def _mention(self, words: str) -> Json:
        return {"type": "mention", "text": words, "mentioned": {"id": self.state.bot.id, "name": self.state.bot.name}}


def _html(text: str) -> str:
    return escape(text.replace("<at>", "").replace("</at>", ""), quote=False).replace("\n", "<br>")
