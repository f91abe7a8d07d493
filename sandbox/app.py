"""The sandbox as one server on 127.0.0.1: the vendors' doors and the control routes over one world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.calls import CallLog, Handler, Operation, Vendor
from sandbox.clock import WorldClock
from sandbox.control import control_routes
from sandbox.faults import Faults
from sandbox.google import Google
from sandbox.google.clients import Client
from sandbox.graph import Graph
from sandbox.imap import ImapServer, Letterbox
from sandbox.login import Entra, Registration
from sandbox.mailbox import Answering, MailServer
from sandbox.slack import Slack, page_routes, slack_routes
from sandbox.teams import Bot, Teams, teams_page, teams_routes
from sandbox.world import World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Sandbox:
    """`async with Sandbox() as sandbox: sandbox.url`.

    `port` 0 takes a free one. `folder` keeps the world across restarts. `now` (aware) sets the world's clock; without
    it the clock is where the folder's world left it, or real. `redirect_uris` are registered with Google and Entra.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        now: datetime | None = None,
        port: int = 0,
        redirect_uris: Collection[str] = (),
    ) -> None:
        self.clock = WorldClock()
        self.world = World(self.clock, folder)
        if now is not None:
            self.clock.set(now)
        self.faults = Faults()
        self.log = CallLog()
        self.google = Google(self.world)
        self.entra = Entra(self.world)
        self.graph = Graph(self.world, self.entra)
        if redirect_uris:
            self.google.registration(redirect_uris)
            self.entra.directory.registered(redirect_uris)
        self.mail = MailServer(self.world, self.faults, self.log)
        self.answering = Answering(self.world, self.mail)
        self.slack = Slack(self.world, lambda: self.url)
        self.teams = Teams(self.world, self.entra, lambda: self.url)
        self.vendors: tuple[Vendor, ...] = (self.google, self.entra, self.graph, self.slack, self.teams)
        self._under_way: Counter[tuple[str, str]] = Counter()
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def service_account_key(self, *domains: str) -> dict[str, str]:
        """A Google service account's key file, to which the admins of these domains (example.com where none is
        named) delegate `calendar.events.owned`, `calendar.freebusy` and `calendar.calendars.readonly`. Call it once
        the sandbox runs: `token_uri` points here. `google.access.delegate` grants other scopes."""
        return self.google.service_account_key(self.url, domains or ("example.com",))

    def entra_registration(self, *domains: str, redirect_uris: Iterable[str] = ()) -> Registration:
        """An application registered with Entra, in the tenant that owns these domains (example.com where none is
        named), whose administrator consents to USUAL_ROLES. `entra.directory.consent` grants other roles. It may send
        people back to these addresses, and to those named before."""
        return self.entra.directory.registration(domains or ("example.com",), redirect_uris)

    def google_client(self, *redirect_uris: str) -> Client:
        """The OAuth client registered with Google, which may send people back to these addresses, and to those
        named before. The same again each time."""
        return self.google.registration(redirect_uris)

    def free_busy_registration(self, *domains: str) -> Registration:
        """The same application in another tenant (of example.org where none is named), whose administrator consents to
        Calendars.ReadBasic.All alone."""
        return self.entra.directory.free_busy_registration(domains or ("example.org",))

    def teams_bot(self) -> Bot:
        """The bot registered with Azure, at home in the tenant of example.com. The same again each time."""
        return self.teams.state.bot

    def over_imap(self, address: str) -> ImapServer:
        """What that address is sent, read over IMAP: `async with sandbox.over_imap(...) as server: server.url`."""
        box = Letterbox()
        for letter in self.mail.post.letters(address):
            box.deliver(letter.raw)
        self.mail.post.on_arrival(address, box.deliver)
        return ImapServer(box, address, self.faults)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(self.driven())
        for vendor in self.vendors:
            for operation in vendor.operations:
                app.router.add_route(operation.method, f"/{vendor.name}{operation.path}", self._door(vendor, operation))
            for method in METHODS:
                unknown = Operation("unknown", method, "/{path:.*}", _nothing_here(vendor))
                app.router.add_route(method, f"/{vendor.name}{unknown.path}", self._door(vendor, unknown))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        await self.mail.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self.slack.close()
            await self.teams.close()
            await self._runner.cleanup()
            await self.mail.__aexit__(kind, error, trace)
        self.world.close()

    def controls(self) -> list[web.RouteDef]:
        """What is under /_/."""
        told = control_routes(self.world, self.clock, self.faults, self.log, self.answering)
        return [*told, *slack_routes(self.slack), *teams_routes(self.teams)]

    def driven(self) -> list[web.RouteDef]:
        """The controls, and the pages on which people look at what is played."""
        return [*self.controls(), *page_routes(self.slack.state), *teams_page(self.teams.files)]

    def _door(self, vendor: Vendor, operation: Operation) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            mailbox = await vendor.mailbox(request)
            n = self.log.begin(self.clock.now().isoformat(), vendor.name, operation, mailbox)
            status = 500
            place = (vendor.name, mailbox or "")
            self._under_way[place] += 1
            try:
                if mailbox and vendor.at_once is not None and self._under_way[place] > vendor.at_once:
                    answered: web.StreamResponse | None = vendor.error(429)
                else:
                    answered = await self.faults.answer(vendor, operation, mailbox, request)
                status = 0 if answered is None else answered.status
            finally:
                self._under_way[place] -= 1
                self.log.finish(n, status)
            # The transport is closed already when there is no answer; the server wants an object all the same.
            return answered if answered is not None else web.Response(status=503)

        return answer


def _nothing_here(vendor: Vendor) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return vendor.error(404)

    return answer
