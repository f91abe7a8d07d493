"""The demo with the sandbox's Teams before it: the tenant is bound, and some people have the app."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.cli.leaders import MAILBOX, ORGANISATION, PARTNER_ORGANISATION
from adapters.cli.playing import Stage, _settings
from adapters.cli.seeding import seed
from adapters.main import build, prepare
from adapters.secret import Secret
from adapters.teams_values import InboxKind, TeamsSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.connecting import Site
from calendar_core.integration import Suite
from sandbox.app import Sandbox
from tests.staging import NOW

from .member import Members

INSTALLED = ("ana@example.com", "sam@example.com", "priya@example.com")


@pytest.fixture
def inbox() -> InboxKind:
    """As usual; stories about what comes twice are told with both."""
    return InboxKind.DURABLE


def teams_settings(sandbox: Sandbox, inbox: InboxKind) -> TeamsSettings:
    """As on a real installation."""
    bot = sandbox.teams_bot()
    return TeamsSettings(
        app_id=bot.app_id,
        tenant=bot.tenant,
        tenants=frozenset({bot.tenant}),
        secret=Secret(bot.secret),
        login_base=f"{sandbox.url}/login",
        metadata_url=sandbox.teams.metadata,
        service=sandbox.teams.state.everywhere(),
        service_urls=(f"{sandbox.url}/teams",),
        inbox=inbox,
    )


@pytest.fixture
async def teams_stage(tmp_path: Path, inbox: InboxKind) -> AsyncIterator[Members]:
    async with AsyncExitStack() as closing:
        sandbox = await closing.enter_async_context(Sandbox(now=NOW))
        door = closing.enter_context(socket.create_server(("127.0.0.1", 0)))
        site = Site(f"http://127.0.0.1:{door.getsockname()[1]}")
        ways_back = (site.callback(Suite.MICROSOFT), site.approval)
        microsoft = sandbox.entra_registration(ORGANISATION, redirect_uris=ways_back)
        limited = sandbox.free_busy_registration(PARTNER_ORGANISATION)
        imap = await closing.enter_async_context(sandbox.over_imap(MAILBOX))
        settings = _settings(sandbox, microsoft, imap, tmp_path, site)
        settings = replace(settings, teams=teams_settings(sandbox, inbox))
        prepare(settings)
        application = await closing.enter_async_context(build(settings, sandbox.clock))
        tenants = {ORGANISATION: microsoft.tenant, PARTNER_ORGANISATION: limited.tenant}
        await seed(application, sandbox.world, tenants)
        await application.linking.bind(f"teams:{sandbox.teams_bot().tenant}", ORGANISATION)
        await closing.enter_async_context(application.working())
        url = await closing.enter_async_context(
            serving(web_app(application.routes(), application.metrics), door, grace=2.0)
        )
        sandbox.teams.courier.deliver_to(f"{url}/api/messages")
        http = await closing.enter_async_context(aiohttp.ClientSession(sandbox.url))
        assert application.teams is not None
        members = Members(http, application.teams, Stage(url, sandbox, application), inbox is InboxKind.DURABLE)
        for who in INSTALLED:
            await members.drive("install", who)
        yield members
