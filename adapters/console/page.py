"""The console over HTTP: what a person says and presses, what was pushed, and pictures.

POST /console/say    {"as", "text"}   -> the one final reply, as data
POST /console/press  {"as", "token"}  -> the same
GET  /console/inbox?as=&after=N       -> {"messages": [{"id", ...reply}], "next": N}
GET  /console/changes?after=N         -> {"changes": N} once anything was pushed to anybody, or after half a minute
GET  /console/pictures/{name}?as=     -> PNG, to the person it was made for
GET  /console/files/{name}?as=        -> a file, to the person it was made for, once
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from aiohttp import web

from bot.conversation import Conversation
from bot.replies import Answer, CalendarsShown
from calendar_core.errors import StoreUnavailable
from calendar_core.people import User
from calendar_core.ports import Inbox

from .album import Album
from .arrivals import Arrivals
from .guard import Mistake, fields_of, guarded, number_of
from .render import message
from .shelf import Shelf
from .who import ConsolePeople, identity_of

log = logging.getLogger(__name__)

WAIT_SECONDS = 25.0
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True)
class Console:
    """One conversation, for everybody on this machine."""

    conversation: Conversation
    people: ConsolePeople
    inbox: Inbox
    arrivals: Arrivals
    album: Album
    shelf: Shelf

    def routes(self) -> list[web.RouteDef]:
        """All of this module's docstring, for this machine alone."""
        return [
            web.post("/console/say", guarded(self._say)),
            web.post("/console/press", guarded(self._press)),
            web.get("/console/inbox", guarded(self._inbox)),
            web.get("/console/changes", guarded(self._changes)),
            web.get("/console/pictures/{name}", guarded(self._picture)),
            web.get("/console/files/{name}", guarded(self._file)),
        ]

    async def _say(self, request: web.Request) -> web.Response:
        address, text = await fields_of(request, "as", "text")
        user = await self._user(address)
        return await self._answered(request, user, self.conversation.say(identity_of(user), text))

    async def _press(self, request: web.Request) -> web.Response:
        address, token = await fields_of(request, "as", "token")
        user = await self._user(address)
        return await self._answered(request, user, self.conversation.press(identity_of(user), token))

    async def _answered(self, request: web.Request, user: User, answering: Awaitable[Answer]) -> web.Response:
        """Whoever has gone meanwhile finds in the inbox how their booking ended."""
        answer = await answering
        picture = None
        if isinstance(answer.reply, CalendarsShown):
            picture = self.album.keep(user, answer.reply, answer.reader)
        download = self.shelf.keep(user, answer.reply.file) if answer.reply.file else None
        response = web.json_response(message(answer, picture, download))
        if answer.reply.outcomes:
            await response.prepare(request)  # breaks off here
            try:
                await self.conversation.brought(identity_of(user), answer.reply)
            except StoreUnavailable:
                log.warning("console: it could not be kept that an answer was brought")
        return response

    async def _inbox(self, request: web.Request) -> web.Response:
        user = await self._user(request.query.get("as", ""))
        after = number_of(request, "after")
        rows = await self.inbox.after(user.id, after)
        messages = [{"id": number, **json.loads(body)} for number, body in rows]
        return web.json_response({"messages": messages, "next": rows[-1][0] if rows else after})

    async def _changes(self, request: web.Request) -> web.Response:
        after = number_of(request, "after", -1)
        return web.json_response({"changes": await self.arrivals.later_than(after, WAIT_SECONDS)})

    async def _picture(self, request: web.Request) -> web.Response:
        user = await self._user(request.query.get("as", ""))
        png = await self.album.picture(user, request.match_info["name"])
        if png is None:
            raise Mistake("That picture is gone; ask for both calendars again.", 404)
        return web.Response(body=png, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    async def _file(self, request: web.Request) -> web.Response:
        file = self.shelf.fetch(await self._user(request.query.get("as", "")), request.match_info["name"])
        if file is None:
            raise Mistake("That file is gone: it can be fetched once, within 10 minutes. Ask for it again.", 404)
        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, content_type=file.media_type, headers=headers)

    async def _user(self, address: str) -> User:
        may_be_one = 0 < len(address) <= LONGEST_ADDRESS and address.isprintable()
        user = await self.people.at(address) if may_be_one else None
        if user is None:
            raise Mistake(f'"as" has to be the address of somebody in a programme, not {address[:80]!r}.', 404)
        return user
