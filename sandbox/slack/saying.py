"""conversations.open and chat.*: where the application may talk, and what becomes of what it says."""

from __future__ import annotations

from sandbox.slack.asked import Asked
from sandbox.slack.channels import Channel
from sandbox.slack.content import content
from sandbox.slack.messages import Message
from sandbox.slack.people import Member
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.world import Json

PEOPLE_AT_MOST = 8
HISTORY, HISTORY_AT_MOST = 100, 1000


class Saying:
    def __init__(self, state: State) -> None:
        self._state = state
        self.messages_tab = True
        """Whether people can be written to at all: the application's App Home setting."""

    def open(self, asked: Asked) -> dict[str, Json]:
        """conversations.open."""
        users, channel_id = asked.given("users"), asked.text("channel")
        if channel_id:
            channel, known = self._state.channel(asked.token, channel_id), True
        else:
            channel, known = self._with(asked, [str(each) for each in users] if isinstance(users, list) else [])
        shown: dict[str, Json] = {"id": channel.id}
        if asked.given("return_im") is True:
            shown |= {"is_im": channel.kind == "im", "is_mpim": channel.kind == "mpim", "is_open": True}
        already: dict[str, Json] = {"no_op": True, "already_open": True} if known else {}
        return {"ok": True, **already, "channel": shown}

    def post(self, asked: Asked) -> dict[str, Json]:
        """chat.postMessage."""
        channel = self._place(asked)
        said = content(self._state, asked.arguments)
        message = self._state.messages.keep(
            Message(
                channel.id,
                self._state.messages.stamp(),
                asked.token.bot_user,
                said.text,
                said.blocks,
                bot=True,
                thread=asked.text("thread_ts"),
                broadcast=asked.given("reply_broadcast") is True,
                metadata=asked.given("metadata"),
            )
        )
        self._state.changes.tell()
        return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message_json(message, asked)}

    def past(self, asked: Asked) -> dict[str, Json]:
        """conversations.history, newest first; of direct messages alone."""
        channel = self._state.channel(asked.token, asked.text("channel"))
        if channel.kind != "im":
            raise Refused("missing_scope", needed=f"{channel.kind}:history")
        limit = asked.given("limit")
        most = limit if isinstance(limit, int) and 0 < limit < HISTORY_AT_MOST else HISTORY
        oldest, latest = (float(asked.text(name) or other) for name, other in (("oldest", "0"), ("latest", "inf")))
        everything = [each for each in self._state.messages.outside_threads(channel.id) if not each.only]
        found = [each for each in reversed(everything) if oldest < float(each.ts) < latest]
        shown: list[Json] = []
        for each in found[:most]:
            told = message_json(each, asked)
            if each.metadata is not None and asked.given("include_all_metadata") is True:
                told["metadata"] = each.metadata
            shown.append(told)
        return {"ok": True, "messages": shown, "has_more": len(found) > most}

    def whisper(self, asked: Asked) -> dict[str, Json]:
        """chat.postEphemeral."""
        channel = self._place(asked)
        user = self._state.member(asked.token, asked.text("user"))
        if user.id not in channel.members:
            raise Refused("user_not_in_channel")
        said = content(self._state, asked.arguments)
        ts = self._state.messages.stamp()
        self._state.messages.keep(
            Message(channel.id, ts, asked.token.bot_user, said.text, said.blocks, bot=True, only=user.id)
        )
        self._state.changes.tell()
        return {"ok": True, "message_ts": ts}

    def update(self, asked: Asked) -> dict[str, Json]:
        """chat.update."""
        message = self._own(asked, "cant_update_message")
        kept: dict[str, Json] = {"text": message.text, "blocks": list(message.blocks)}
        # Text alone takes the place of blocks that were there, as in Slack; blocks alone leave the text.
        said = {**kept, **asked.arguments}
        if "blocks" not in asked.arguments and "text" in asked.arguments:
            said["blocks"] = []
        checked = content(self._state, said)
        changed = self._state.messages.changed(message, checked.text, checked.blocks)
        self._state.changes.tell()
        return {
            "ok": True,
            "channel": changed.channel,
            "ts": changed.ts,
            "text": changed.text,
            "message": message_json(changed, asked),
        }

    def delete(self, asked: Asked) -> dict[str, Json]:
        """chat.delete."""
        message = self._own(asked, "cant_delete_message")
        self._state.messages.remove(message)
        self._state.changes.tell()
        return {"ok": True, "channel": message.channel, "ts": message.ts}

    def _with(self, asked: Asked, ids: list[str]) -> tuple[Channel, bool]:
        if not ids:
            raise Refused("users_list_not_supplied")
        if len(ids) > PEOPLE_AT_MOST:
            raise Refused("too_many_users")
        if len(ids) > 1:
            asked.needs("mpim:write")
        members = [self._partner(asked, id) for id in ids]
        if len(ids) > 1 and any(member.stranger for member in members):
            raise Refused("invalid_user_combination")
        if asked.given("prevent_creation") is True:
            raise Refused("channel_not_found")
        team = asked.token.team or members[0].team
        if len(members) == 1:
            return self._state.channels.direct(team, members[0].id)
        return self._state.channels.group(team, [member.id for member in members])

    def _partner(self, asked: Asked, id: str) -> Member:
        member = self._state.member(asked.token, id)
        if member.deleted:
            raise Refused("user_disabled")
        if member.bot:
            raise Refused("cannot_dm_bot")
        return member

    def _place(self, asked: Asked) -> Channel:
        """Where it may post now; a person's id stands for the direct messages with them. Raises Refused."""
        id = asked.text("channel")
        if id[:1] in ("U", "W"):
            member = self._state.member(asked.token, id, "channel_not_found")
            if member.bot:
                raise Refused("cannot_dm_bot")
            channel, _ = self._state.channels.direct(asked.token.team or member.team, member.id)
        else:
            channel = self._state.channel(asked.token, id)
        if not channel.bot and "chat:write.public" not in asked.token.scopes:
            raise Refused("not_in_channel")
        if channel.archived:
            raise Refused("is_archived")
        if channel.kind == "im":
            self._refuse_unreachable(channel)
        return channel

    def _refuse_unreachable(self, channel: Channel) -> None:
        member = self._state.people.member(channel.members[0])
        if member is None or member.deleted:
            raise Refused("channel_not_found")
        if not self.messages_tab:
            raise Refused("messages_tab_disabled")

    def _own(self, asked: Asked, not_own: str) -> Message:
        channel = self._state.channel(asked.token, asked.text("channel"))
        message = self._state.messages.one(channel.id, asked.text("ts"))
        if message is None or message.only:  # one cannot get at what only one person sees
            raise Refused("message_not_found")
        if not message.bot or message.user != asked.token.bot_user:
            raise Refused(not_own)
        if channel.archived:
            raise Refused("is_archived")
        return message


def message_json(message: Message, asked: Asked) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "type": "message",
        "user": message.user,
        "bot_id": asked.token.bot,
        "ts": message.ts,
        "text": message.text,
        "blocks": list(message.blocks),
    }
    if message.thread:
        shown["thread_ts"] = message.thread
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.ts}
    return shown
