"""What Slack tells the application when somebody does something."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.slack.channels import Channel
from sandbox.slack.installed import bot_id, bot_user
from sandbox.slack.messages import Message
from sandbox.slack.people import Member, Team
from sandbox.slack.state import State
from sandbox.slack.views import View
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Payloads:
    """Made for one person in one workspace, through the installation `place`."""

    state: State
    member: Member
    team: Team
    place: str

    @property
    def is_org(self) -> bool:
        return self.place != self.team.id

    def command(self, channel: Channel, command: str, text: str) -> dict[str, str]:
        """A form: every value is a text."""
        told = {
            "token": "legacy",
            "team_id": self.team.id,
            "team_domain": self.team.domain.partition(".")[0],
            "channel_id": channel.id,
            "channel_name": self.channel_name(channel),
            "user_id": self.member.id,
            "user_name": self.member.address.partition("@")[0],
            "command": command,
            "text": text,
            "api_app_id": self.state.installed.app.id,
            "is_enterprise_install": str(self.is_org).lower(),
            "response_url": self.response_url(channel),
            "trigger_id": self.trigger(),
        }
        if self.team.enterprise:
            told |= {"enterprise_id": self.team.enterprise, "enterprise_name": "Organisation"}
        return told

    def actions(self, action: Mapping[str, Json], where: Message | View, channel: Channel | None) -> dict[str, Json]:
        """Something was pressed or chosen, in a message or in a view."""
        if isinstance(where, View):
            return {
                **self._interaction("block_actions", in_view=where.id),
                "team": None if self.is_org else self._team(),
                "container": {"type": "view", "view_id": where.id},
                "view": where.json(self.state.installed.app.id),
                "actions": [dict(action)],
            }
        if channel is None:
            raise ValueError("a message stands in a channel")
        ephemeral = where.only != ""
        told: dict[str, Json] = {
            **self._interaction("block_actions"),
            "container": {
                "type": "message",
                "message_ts": where.ts,
                "channel_id": channel.id,
                "is_ephemeral": ephemeral,
            },
            "channel": {"id": channel.id, "name": self.channel_name(channel)},
            "state": {"values": {}},
            "response_url": self.response_url(channel, where.ts),
            "actions": [dict(action)],
        }
        # Of what one person alone sees, Slack keeps nothing that it could send along.
        return told if ephemeral else {**told, "message": self.message(where)}

    def submission(self, view: View) -> dict[str, Json]:
        return {**self._of_view("view_submission", view), "response_urls": []}

    def closed(self, view: View, *, cleared: bool) -> dict[str, Json]:
        told = self._of_view("view_closed", view)
        del told["trigger_id"]
        return {**told, "is_cleared": cleared}

    def suggestion(
        self, view: View | None, message: Message | None, block: str, action: str, value: str
    ) -> dict[str, Json]:
        told = {**self._interaction("block_suggestion"), "action_id": action, "block_id": block, "value": value}
        if view is not None:
            return {
                **told,
                "container": {"type": "view", "view_id": view.id},
                "view": view.json(self.state.installed.app.id),
            }
        if message is not None:
            channel = {"id": message.channel, "name": "directmessage"}
            container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
            return {**told, "container": container, "channel": {**channel}, "message": self.message(message)}
        return told

    def shortcut(self, callback: str) -> dict[str, Json]:
        return {**self._interaction("shortcut"), "callback_id": callback, "action_ts": self.state.messages.stamp()}

    def message_shortcut(self, callback: str, message: Message, channel: Channel) -> dict[str, Json]:
        return {
            **self._interaction("message_action"),
            "callback_id": callback,
            "action_ts": self.state.messages.stamp(),
            "channel": {"id": channel.id, "name": self.channel_name(channel)},
            "message_ts": message.ts,
            "message": self.message(message),
            "response_url": self.response_url(channel),
        }

    def event(self, event: Mapping[str, Json]) -> dict[str, Json]:
        """The envelope around an event."""
        enterprise = self.team.enterprise or None
        return {
            "token": "legacy",
            "team_id": self.team.id,
            **({"enterprise_id": enterprise} if enterprise else {}),
            "api_app_id": self.state.installed.app.id,
            "event": dict(event),
            "type": "event_callback",
            "event_id": "Ev0" + secrets.token_hex(5).upper()[:8],
            "event_time": int(self.state.world.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": enterprise,
                    "team_id": None if self.is_org else self.team.id,
                    "user_id": bot_user(self.place),
                    "is_bot": True,
                    "is_enterprise_install": self.is_org,
                }
            ],
            "is_ext_shared_channel": False,
        }

    def message(self, message: Message) -> dict[str, Json]:
        """As it stands in a payload."""
        author: dict[str, Json] = {"user": message.user, "type": "message", "ts": message.ts, "text": message.text}
        if message.bot:
            author |= {"bot_id": bot_id(self.place), "app_id": self.state.installed.app.id}
        if message.thread:
            author["thread_ts"] = message.thread
        return {**author, "team": self.team.id, "blocks": list(message.blocks)}

    def response_url(self, channel: Channel, message: str = "") -> str:
        way = self.state.response_urls.give(channel.id, self.member.id, self.team.id, message)
        return f"{self.state.base()}/slack{way}"

    def trigger(self, in_view: str = "") -> str:
        return self.state.triggers.give(self.member.id, self.team.id, in_view)

    def channel_name(self, channel: Channel) -> str:
        return "directmessage" if channel.kind == "im" else channel.name

    def _of_view(self, kind: str, view: View) -> dict[str, Json]:
        shown = view.json(self.state.installed.app.id)
        team = None if self.is_org else self._team()
        return {**self._interaction(kind, in_view=view.id), "team": team, "view": shown}

    def _interaction(self, kind: str, in_view: str = "") -> dict[str, Json]:
        enterprise = {"id": self.team.enterprise, "name": "Organisation"} if self.team.enterprise else None
        name = self.member.address.partition("@")[0]
        return {
            "type": kind,
            "token": "legacy",
            "api_app_id": self.state.installed.app.id,
            "team": self._team(),
            "enterprise": {**enterprise} if enterprise else None,
            "is_enterprise_install": self.is_org,
            "user": {"id": self.member.id, "username": name, "name": name, "team_id": self.member.team.id},
            "trigger_id": self.trigger(in_view),
        }

    def _team(self) -> dict[str, Json]:
        shown: dict[str, Json] = {"id": self.team.id, "domain": self.team.domain.partition(".")[0]}
        if self.team.enterprise:
            shown |= {"enterprise_id": self.team.enterprise, "enterprise_name": "Organisation"}
        return shown
