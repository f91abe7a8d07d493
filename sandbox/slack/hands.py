"""What a person does in Slack: types, runs a command, presses, looks at the App Home; modals are in `forms`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.slack.answering import apply
from sandbox.slack.channels import Channel
from sandbox.slack.courier import Courier, Receipt
from sandbox.slack.filled_in import Impossible, action_json, element_in, entered
from sandbox.slack.installed import bot_id
from sandbox.slack.messages import Message
from sandbox.slack.payloads import Payloads
from sandbox.slack.profiles import member_json
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.slack.triggers import Way
from sandbox.slack.views import View
from sandbox.world import Json

WHY = {"http_timeout": "operation_timeout", "connection_failed": "dispatch_failed"}


@dataclass(frozen=True, slots=True)
class Hands:
    """Addresses name people. Raises Impossible for what nobody could do in Slack."""

    state: State
    courier: Courier

    def payloads(self, address: str) -> Payloads:
        member = self.state.people.at(address)
        if member is None or member.deleted:
            raise Impossible(f"{address} has no account in Slack.")
        place = self.state.installed.of(member.team)
        if place is None:
            raise Impossible(f"The application is not installed in the workspace of {member.team.domain}.")
        return Payloads(self.state, member, member.team, place)

    def channel(self, told: Payloads, id: str) -> Channel:
        """The one meant; without an id, the direct messages with the application."""
        found = self.state.channels.of(id) if id else self.state.channels.direct(told.team, told.member.id)[0]
        if found is None or told.member.id not in found.members:
            raise Impossible("This person is not in that channel.")
        return found

    async def say(self, address: str, channel: str, text: str, *, thread: str = "") -> tuple[Message, Receipt | None]:
        """A message, in a thread if there is one; the application hears it in its direct messages, where it may."""
        told = self.payloads(address)
        where = self.channel(told, channel)
        message = self.state.messages.keep(
            Message(where.id, self.state.messages.stamp(), told.member.id, text, _written(text), thread=thread)
        )
        self.state.changes.tell()
        if where.kind != "im" or "im:history" not in self.state.installed.scopes(told.place):
            return message, None
        event = {
            **told.message(message),
            "type": "message",
            "channel": where.id,
            "channel_type": "im",
            "event_ts": message.ts,
        }
        return message, await self.courier.event(told.event(event))

    async def command(self, address: str, channel: str, line: str) -> Receipt:
        """`line` with its slash."""
        told = self.payloads(address)
        where = self.channel(told, channel)
        command, _, text = line.partition(" ")
        form = told.command(where, command, text.strip())
        way = Way(where.id, told.member.id, told.team.id, "", self.state.world.clock.now())
        receipt = await self.courier.bring("slash_commands", dict(form), form=form)
        self._answered(receipt, way, command)
        return receipt

    async def press(self, address: str, message: Message, block: str, action: str, value: Json = None) -> Receipt:
        """Press or choose something in a message."""
        told = self.payloads(address)
        where = self.channel(told, message.channel)
        if message.only not in ("", told.member.id):
            raise Impossible("This person does not see that message.")
        in_block, element = element_in(message.blocks, block, action)
        stamp = self.state.messages.stamp()
        acted = action_json(in_block, element, entered(element, value), stamp)
        return await self.interact(told, told.actions(acted, message, where), where)

    async def press_in_home(self, address: str, view: View, block: str, action: str, value: Json = None) -> Receipt:
        """The same in a view; what is chosen there stays chosen."""
        told = self.payloads(address)
        in_block, element = element_in(view.view["blocks"], block, action)
        chosen = entered(element, value)
        acted = action_json(in_block, element, chosen, self.state.messages.stamp())
        if element["type"] not in ("button", "overflow"):
            view = self.state.views.enter(view, block, action, chosen)
        return await self.interact(told, told.actions(acted, view, None), None)

    async def shortcut(self, address: str, callback: str) -> Receipt:
        told = self.payloads(address)
        return await self.interact(told, told.shortcut(callback), None)

    async def message_shortcut(self, address: str, message: Message, callback: str) -> Receipt:
        told = self.payloads(address)
        where = self.channel(told, message.channel)
        return await self.interact(told, told.message_shortcut(callback, message, where), where)

    async def look_at_home(self, address: str, tab: str = "home") -> Receipt:
        """Open the application's Home or Messages tab."""
        told = self.payloads(address)
        where = self.channel(told, "")
        event: dict[str, Json] = {
            "type": "app_home_opened",
            "user": told.member.id,
            "channel": where.id,
            "tab": tab,
            "event_ts": self.state.messages.stamp(),
        }
        view = self.state.views.home(told.member.id, self.bot(told))
        if view is not None and tab == "home":
            event["view"] = view.json(self.state.installed.app.id)
        return await self.courier.event(told.event(event))

    async def changed(self, address: str) -> Receipt:
        """user_change: the profile is different now."""
        told = self.payloads(address)
        now = self.state.world.clock.now()
        shown = member_json(told.member, now, locale=True, email=True)
        return await self.courier.event(
            told.event({"type": "user_change", "user": shown, "event_ts": self.state.messages.stamp()})
        )

    def bot(self, told: Payloads) -> str:
        return bot_id(told.place)

    async def interact(self, told: Payloads, payload: Mapping[str, Json], where: Channel | None) -> Receipt:
        """Bring it; where the application fails, Slack says so in the channel."""
        receipt = await self.courier.bring("interactive", payload)
        if not receipt.good and where is not None:
            self.complain(told, where, "That did not work: the app did not respond. Try again?")
        self.state.changes.tell()
        return receipt

    def complain(self, told: Payloads, where: Channel, sentence: str) -> None:
        """Slack's own words, for this person alone."""
        stamp = self.state.messages.stamp()
        self.state.messages.keep(Message(where.id, stamp, "USLACKBOT", sentence, only=told.member.id, failed=True))
        self.state.changes.tell()

    def _answered(self, receipt: Receipt, way: Way, command: str) -> None:
        channel = self.state.channels.of(way.channel)
        member = self.state.people.member(way.user)
        if channel is None or member is None:
            return
        told = self.payloads(member.address)
        if not receipt.good:
            code = WHY.get(receipt.why, "dispatch_failed")
            self.complain(told, channel, f"{command} failed with the error “{code}”")
            return
        answer = receipt.json()
        said = answer if isinstance(answer, dict) else {"text": receipt.text} if receipt.text.strip() else None
        if said:
            try:
                apply(self.state, way, said)
            except Refused as refused:
                self.complain(told, channel, f"{command} failed with the error “{refused.code}”")


def _written(text: str) -> tuple[Json, ...]:
    """What people write is rich text."""
    words: Json = {"type": "text", "text": text}
    inside: Json = {"type": "rich_text_section", "elements": [words]}
    return ({"type": "rich_text", "block_id": "typed", "elements": [inside]},)
