"""Where Teams sends: POST /api/messages. What is believed is written down and acknowledged at once, and done in tasks;
what somebody's client waits for is answered there and then."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from adapters.tasks import MOST_WAITING, NoRoom, Tasks
from calendar_core.errors import StoreUnavailable
from calendar_core.job import Job

from .activity import Activity
from .connector import Json
from .edge import ASK_AGAIN
from .inbox import Inbox

log = logging.getLogger(__name__)

WHERE = "/api/messages"
READ_WITHIN = 10.0  # seconds: whoever proves nothing holds nothing for long
REMEMBERED = 500  # answers to invokes, so that one that is sent again gets the same
ACCEPTED = 202

Whose = tuple[str, str]  # the tenant, and the account in it
Key = tuple[str, str, str]


class Door(Protocol):
    """Whom to believe."""

    async def activity(self, request: web.Request) -> Activity:
        """See adapters.teams.edge."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """`wanted` says from what anything follows; `process` does it, and `sorry` tells whoever waits that it failed.
    `busy` is what somebody's client is answered where so much is going on that nothing more is begun."""

    edge: Door
    inbox: Inbox
    tasks: Tasks
    wanted: Callable[[Activity], bool]
    process: Callable[[Activity], Awaitable[Json]]
    sorry: Callable[[Activity], Awaitable[None]]
    busy: Callable[[Activity], Json]
    asking: dict[asyncio.Future[Json], Whose] = field(default_factory=dict)
    answers: OrderedDict[Key, asyncio.Future[Json]] = field(default_factory=OrderedDict)

    def routes(self) -> list[web.RouteDef]:
        """One address for everything."""
        return [web.post(WHERE, self._receive)]

    async def left(self, _job: Job) -> None:
        """Begins to answer what another process has taken, and died with: each for itself, whatever becomes of the
        others. Twice is once."""
        for activity in await self.inbox.left():
            self._begin(activity)

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(READ_WITHIN):
                activity = await self.edge.activity(request)
        except (web.RequestPayloadError, TimeoutError):
            raise web.HTTPBadRequest(reason="The body broke off") from None
        if activity.kind == "invoke":
            answer = await self._answer_of(activity)
            return web.json_response(answer) if answer else web.Response()
        if not self.wanted(activity):
            return web.Response(status=ACCEPTED)
        try:
            self.tasks.insist_on_room()
            is_new = await self.inbox.take(activity)
        except NoRoom:
            log.warning("teams: more is said than can be answered")
            raise _not_now("There is too much to do at the moment") from None
        except StoreUnavailable:
            raise _not_now("Nothing can be written down now") from None
        if is_new:
            self._begin(activity)
        return web.Response(status=ACCEPTED)

    def _begin(self, activity: Activity) -> None:
        self.tasks.start(self._do(activity), lambda: self._sorry(activity))

    async def _do(self, activity: Activity) -> None:
        await self.process(activity)
        await self.inbox.done(activity)

    async def _sorry(self, activity: Activity) -> None:
        await self.inbox.done(activity)
        await self.sorry(activity)

    async def _answer_of(self, activity: Activity) -> Json:
        """The same for the same, however often it comes; even if whoever asked has gone meanwhile."""
        key = (activity.sender, activity.conversation, activity.id)
        answer = self.answers.get(key) if activity.id else None
        if answer is None:
            if not self._has_room(activity):
                log.warning("teams: more is asked than can be answered")
                return self.busy(activity)
            answer = asyncio.ensure_future(self.process(activity))
            self.asking[answer] = (activity.tenant, activity.sender)
            answer.add_done_callback(lambda ended: self._answered(key, ended))
            if activity.id:
                self.answers[key] = answer
                while len(self.answers) > REMEMBERED:
                    self.answers.popitem(last=False)
        return await asyncio.shield(answer)

    def _has_room(self, activity: Activity) -> bool:
        """One account's own, too: cards that draw themselves anew ask by themselves."""
        try:
            self.tasks.insist_on_room()
        except NoRoom:
            return False
        whose = (activity.tenant, activity.sender)
        return len(self.asking) < self.tasks.most and list(self.asking.values()).count(whose) < MOST_WAITING

    def _answered(self, key: Key, ended: asyncio.Future[Json]) -> None:
        """What failed is not the answer for ever: who asks again is answered anew."""
        del self.asking[ended]
        if (ended.cancelled() or ended.exception() is not None) and self.answers.get(key) is ended:
            del self.answers[key]


def _not_now(reason: str) -> web.HTTPServiceUnavailable:
    """Upon which Teams asks again."""
    return web.HTTPServiceUnavailable(reason=reason, headers={"Retry-After": ASK_AGAIN})
