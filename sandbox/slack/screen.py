"""What one person sees in Slack: channels, the messages of one, the App Home, and the modal on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack.channels import Channel
from sandbox.slack.files import file_json, kind_of
from sandbox.slack.messages import Message
from sandbox.slack.payloads import Payloads
from sandbox.world import Json

if TYPE_CHECKING:
    from sandbox.slack.vendor import Slack

SHOWN_AT_MOST = 200


def screen(slack: Slack, address: str, channel: str) -> dict[str, Json]:
    """`channel` "" means the direct messages with the application. Raises Impossible."""
    told = slack.hands.payloads(address)
    here = slack.hands.channel(told, channel)
    channels = [each for each in slack.state.channels.all(told.team.id) if told.member.id in each.members]
    messages = [each for each in slack.state.messages.of(here.id) if each.only in ("", told.member.id)]
    home = slack.state.views.home(told.member.id, slack.hands.bot(told))
    modal = slack.state.views.shown(told.member.id)
    app = slack.installed.app
    return {
        "seen": slack.state.changes.number,
        "now": slack.state.world.clock.now().isoformat(),
        "me": {
            "id": told.member.id,
            "name": told.member.name,
            "address": told.member.address,
            "zone": told.member.time_zone,
            "locale": told.member.locale,
        },
        "app": app.name,
        "team": told.team.name,
        "channel": here.id,
        "channels": [{"id": each.id, "kind": each.kind, "name": _name(slack, told, each)} for each in channels],
        "messages": [_message(slack, each) for each in messages[-SHOWN_AT_MOST:]],
        "home": home.json(app.id) if home is not None else None,
        "modal": modal.json(app.id) if modal is not None else None,
        "names": _names(slack, told),
        "files": {file.id: _file(slack, file.id) for file in slack.state.files.all() if file.finished},
    }


def _name(slack: Slack, told: Payloads, channel: Channel) -> str:
    if channel.kind == "im":
        return slack.installed.app.name
    others = [slack.people.member(id) for id in channel.members if id != told.member.id]
    if channel.kind == "mpim":
        return ", ".join(member.name for member in others if member is not None)
    return channel.name


def _names(slack: Slack, told: Payloads) -> dict[str, Json]:
    return {member.id: member.name for member in slack.people.everybody(told.team.domain)}


def _message(slack: Slack, message: Message) -> dict[str, Json]:
    author = slack.people.member(message.user)
    name = slack.installed.app.name if message.bot else "Slack" if message.failed else author.name if author else "?"
    return {
        "ts": message.ts,
        "by": name,
        "bot": message.bot,
        "mine": not message.bot and not message.failed,
        "only": message.only != "",
        "edited": message.edited,
        "text": message.text,
        "blocks": list(message.blocks),
        "files": list(message.files),
    }


def _file(slack: Slack, id: str) -> Json:
    file = slack.state.files.of(id)
    return {**file_json(file, ""), "picture": kind_of(file).startswith("image/")} if file is not None else None
