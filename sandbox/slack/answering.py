"""Response URLs: how the application answers an interaction later, to whoever began it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aiohttp import web

from sandbox.slack.content import content
from sandbox.slack.installed import bot_user
from sandbox.slack.messages import Message
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.slack.triggers import Way, WayClosed
from sandbox.world import Json

KNOWN = frozenset(
    {
        "text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts", "mrkdwn",
        "unfurl_links", "unfurl_media", "metadata",
    }
)  # fmt: skip


async def respond(state: State, request: web.Request) -> web.Response:
    """The handler of /response/TEAM/KEY."""
    raw = await request.read()
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        told = None
    if request.content_type != "application/json" or not isinstance(told, dict) or told.keys() - KNOWN:
        return web.Response(status=400, text="invalid_payload")
    try:
        way = state.response_urls.take(request.match_info["key"])
        apply(state, way, told)
    except WayClosed as closed:
        return web.Response(status=404, text=str(closed))
    except Refused as refused:
        return web.Response(status=400 if refused.code != "message_not_found" else 404, text=refused.code)
    return web.Response(text="ok")


def apply(state: State, way: Way, told: Mapping[str, Json]) -> None:
    """Post, replace or delete. Raises Refused."""
    original = state.messages.one(way.channel, way.message) if way.message else None
    if told.get("delete_original") is True:
        if original is None:
            raise Refused("message_not_found")
        state.messages.remove(original)
    elif told.get("replace_original") is True and original is not None:
        said = content(state, told)
        state.messages.changed(original, said.text, said.blocks)
    else:
        said = content(state, told)
        everybody = told.get("response_type") == "in_channel"
        state.messages.keep(
            Message(
                way.channel,
                state.messages.stamp(),
                _bot(state, way),
                said.text,
                said.blocks,
                bot=True,
                only="" if everybody else way.user,
            )
        )
    state.changes.tell()


def _bot(state: State, way: Way) -> str:
    team = state.people.team(way.team)
    place = state.installed.of(team) if team is not None else None
    return bot_user(place or way.team)
