"""Everything, joined, and the durable work it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from aiohttp import web

from adapters.console.page import Console
from adapters.programme_mail import AnswersByMail
from adapters.web.allowance import Allowance
from adapters.web.api import A_MINUTE, GUESSES_A_MINUTE, Api
from adapters.web.approval import ApprovalSite
from adapters.web.health import health_routes
from adapters.web.metrics import Metrics
from adapters.web.oauth import ConnectSite
from adapters.web.slack_install import SlackInstallSite
from bot.conversation import Conversation
from calendar_core.availability.holidays import read_tables
from calendar_core.connecting import Connecting
from calendar_core.enrolling import Enrolling
from calendar_core.examining import Examining
from calendar_core.job import (
    ANSWER_LEFT,
    CHECK_INSTALLATION,
    END_PROGRAMMES,
    FORGET,
    LOOK,
    MONITOR,
    READ_LETTERS,
    REMOVE_FILES,
    SWEEP,
)
from calendar_core.linking import Linking
from calendar_core.monitoring import Monitoring
from calendar_core.operating import Operating
from calendar_core.ports import Clock, Handler
from calendar_core.publishing import Publishing
from calendar_core.scheduling import Scheduling
from calendar_core.store import Store, newest_tick
from calendar_core.switching import Switching

from .slack import SlackIn
from .teams import TeamsIn

LOOK_AROUND_EVERY = timedelta(minutes=15)
PERIODIC = {  # of these, what this installation does
    SWEEP: timedelta(seconds=30),
    LOOK: LOOK_AROUND_EVERY,
    MONITOR: LOOK_AROUND_EVERY,
    END_PROGRAMMES: timedelta(hours=1),
    FORGET: timedelta(days=1),
    CHECK_INSTALLATION: timedelta(days=1),
    READ_LETTERS: timedelta(minutes=1),  # and at once where the mailbox tells of a letter
    REMOVE_FILES: timedelta(minutes=1),  # a picture leaves with its match
    ANSWER_LEFT: timedelta(minutes=1),  # what was heard by a process that died
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Everything, joined. Whoever holds it starts what is needed: `routes` to be served, `work` in a task."""

    clock: Clock
    store: Store
    scheduling: Scheduling
    conversation: Conversation
    console: Console
    enrolling: Enrolling
    connecting: Connecting
    operating: Operating
    linking: Linking
    monitoring: Monitoring
    examining: Examining
    publishing: Publishing
    connect_site: ConnectSite
    metrics: Metrics
    switching: Switching
    answers_by_mail: AnswersByMail | None
    slack: SlackIn | None
    teams: TeamsIn | None
    slack_install: SlackInstallSite | None
    handlers: Mapping[str, Handler]

    def routes(self) -> list[web.RouteDef]:
        """What every installation serves."""
        return [
            *health_routes(self.store.jobs, self.metrics, lines=self._lines),
            *self.connect_site.routes(),
            *ApprovalSite(self.connecting.approving).routes(),
            *Api(self.publishing, Allowance(A_MINUTE, monotonic), Allowance(GUESSES_A_MINUTE, monotonic)).routes(),
            *(self.slack.routes if self.slack is not None else ()),
            *(self.teams.routes if self.teams is not None else ()),
            *(self.slack_install.routes() if self.slack_install is not None else ()),
        ]

    def _lines(self) -> Mapping[str, int]:
        """Connections that chats are heard by: none where a chat sends to an address of ours."""
        socket = self.slack.socket if self.slack is not None else None
        return {} if socket is None else {"slack": socket.connections}

    async def worker_seen(self) -> datetime | None:
        """When somebody who does the durable work was last there."""
        return await newest_tick(self.store.database, SWEEP, PERIODIC[SWEEP])

    async def work(self) -> None:
        """Does the durable work until cancelled."""
        periodic = {name: every for name, every in PERIODIC.items() if name in self.handlers}
        await self.store.jobs.run(self.handlers, periodic)

    async def _watch(self) -> None:
        if self.answers_by_mail:
            await self.answers_by_mail.watch()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Does the durable work meanwhile; at the end what runs is given its grace, and the rest back. If the work
        itself fails, so does everything. What goes wrong alone is raised as it is, not as a group of one."""
        try:
            async with asyncio.TaskGroup() as tasks:
                working = tasks.create_task(self.work(), name="durable work")
                watching = tasks.create_task(self._watch(), name="mailbox")
                tables = asyncio.to_thread(read_tables)  # half a second at first use
                tasks.create_task(tables, name="tables of holidays")
                yield
                working.cancel()
                watching.cancel()
        except BaseExceptionGroup as several:
            if len(several.exceptions) > 1:
                raise
            raise several.exceptions[0] from None
