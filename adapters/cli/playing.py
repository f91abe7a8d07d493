"""The demo's one process: the sandbox, the server on SQLite with its worker, and the page."""

from __future__ import annotations

import asyncio
import base64
import fcntl
import json
import logging
import os
import secrets
import socket
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
from aiohttp import web

from adapters.console.demo_page import DemoPage, Speaker
from adapters.console.guard import guarded
from adapters.console.running import announce, withdraw
from adapters.log import write_log
from adapters.mail_values import ImapSettings, MailSettings
from adapters.main import Application, build, prepare
from adapters.secret import Secret
from adapters.setting_values import EncryptionKey, Listen
from adapters.settings import Settings
from adapters.vendor_values import GoogleClient, MicrosoftApp
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.connecting import Site
from calendar_core.integration import Suite
from sandbox.app import Sandbox
from sandbox.imap import ImapServer
from sandbox.login.directory import Registration

from .installation import stop_on_signals
from .leaders import ANA, CAST, MAILBOX, ORGANISATION, PARTNER_ORGANISATION, PRIYA, PROGRAMME, SAM, Person
from .seeding import others, seed
from .slack_played import PlayedSlack, installed, link
from .teams_played import PlayedTeams, bind, registered, settle_in, with_accounts
from .teams_played import link as link_in_teams

HOST = "127.0.0.1"
ANY_PORT = 0
QUICK_STOP = 2.0
HINTS = {
    "mentee": ("book with my mentor", "book next Friday morning 30 min", "travel Tokyo 3-10 Dec", "privacy", "help"),
    "mentor": ("book with my mentee", "status", "settings", "pause until 1 Dec", "help"),
    "admin": ("who hasn't integrated?", "help"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What was asked of `pairtime demo`. `port` None: the usual one, or a free one where that is taken."""

    port: int | None
    browser: bool
    as_json: bool
    now: datetime | None
    data: Path | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that runs. `url` is the page's, without a slash at the end."""

    url: str
    sandbox: Sandbox
    application: Application
    slack: PlayedSlack | None = None
    teams: PlayedTeams | None = None


def play(wanted: Play) -> None:
    """Until SIGINT or SIGTERM."""
    write_log(logging.WARNING)
    with _folder(wanted.data) as folder:
        asyncio.run(_run(wanted, folder))


async def _run(wanted: Play, folder: Path) -> None:
    stop = stop_on_signals()
    async with staged(
        folder, now=wanted.now, port=_port(wanted.port), keep=wanted.data is not None, slack=True, teams=True
    ) as stage:
        announced = announce(stage.url, os.getpid())
        try:
            _tell(wanted, stage)
            await stop.wait()
        finally:
            withdraw(announced, os.getpid())


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    now: datetime | None,
    port: int = ANY_PORT,
    keep: bool = True,
    database: str | None = None,
    slack: bool = False,
    teams: bool = False,
    workspace: str = ORGANISATION,
) -> AsyncIterator[Stage]:
    """Everything that runs, until the end of the block: seeded, working, and served at `port`.

    `keep`: the world lives in the folder like the database, and is found there again. `database`: the address of
    another one. `slack`: the cast of that organisation's `workspace` is in Slack, too. `teams`: those with Outlook are
    at home in Teams.
    """
    async with AsyncExitStack() as closing:
        sandbox = await closing.enter_async_context(Sandbox(folder=folder / "world" if keep else None, now=now))
        door = closing.enter_context(socket.create_server((HOST, port)))
        site = Site(f"http://{HOST}:{door.getsockname()[1]}")
        ways_back = (site.callback(Suite.MICROSOFT), site.approval)
        microsoft = sandbox.entra_registration(ORGANISATION, redirect_uris=ways_back)
        limited = sandbox.free_busy_registration(PARTNER_ORGANISATION)
        imap = await closing.enter_async_context(sandbox.over_imap(MAILBOX))
        settings = _settings(sandbox, microsoft, imap, folder, site)
        played = installed(sandbox, site.url, workspace) if slack else None
        if played is not None:
            settings = replace(settings, slack=played.settings())
        in_teams = registered(sandbox, site.url) if teams else None
        if in_teams is not None:
            settings = replace(settings, teams=in_teams.settings())
        if database is not None:
            settings = replace(settings, database=Secret(database))
        prepare(settings)
        application = await closing.enter_async_context(build(settings, sandbox.clock, PlayedRecords(sandbox)))
        tenants = {ORGANISATION: microsoft.tenant, PARTNER_ORGANISATION: limited.tenant}
        await seed(application, sandbox.world, tenants)
        if in_teams is not None:
            in_teams = with_accounts(sandbox, in_teams)
            await bind(application, in_teams)
            await link_in_teams(application, in_teams, at_home=False)
        if played is not None:
            await link(application, played, workspace)
        if in_teams is not None:
            await link_in_teams(application, in_teams, at_home=True)
        await closing.enter_async_context(application.working())
        chats = {ANA.email: "slack"} if slack else {}
        chats |= {SAM.email: "teams"} if teams else {}
        url = await closing.enter_async_context(serving(_app(application, sandbox, chats), door, QUICK_STOP))
        if in_teams is not None:
            await settle_in(sandbox, in_teams)
        yield Stage(url, sandbox, application, played, in_teams)


@dataclass(frozen=True, slots=True)
class PlayedRecords:
    """TxtRecords of the sandbox's world."""

    sandbox: Sandbox

    async def txt(self, name: str) -> tuple[bytes, ...]:
        """See TxtRecords."""
        return tuple(self.sandbox.answering.txt(name))


def _settings(sandbox: Sandbox, microsoft: Registration, imap: ImapServer, folder: Path, site: Site) -> Settings:
    """As on a real installation, with the sandbox in every vendor's place."""
    google = sandbox.google_client(site.callback(Suite.GOOGLE))
    return Settings(
        database=Secret(f"sqlite:///{folder.resolve() / 'pairtime.sqlite3'}"),
        google_api_base=f"{sandbox.url}/google/calendar/v3",
        google_oauth_base=f"{sandbox.url}/google/oauth2",
        google_service_account=Secret(json.dumps(sandbox.service_account_key(ORGANISATION))),
        google_accounts_base=f"{sandbox.url}/google",
        google_client=GoogleClient(client_id=google.client_id, client_secret=Secret(google.client_secret)),
        public_url=site.url,
        graph_base=f"{sandbox.url}/graph",
        login_base=f"{sandbox.url}/login",
        encryption_keys=(EncryptionKey("demo", _key(folder)),),
        microsoft=MicrosoftApp(client_id=microsoft.client_id, client_secret=Secret(microsoft.client_secret)),
        mail=_mail(sandbox),
        imap=_imap(imap),
    )


def _mail(sandbox: Sandbox) -> MailSettings:
    server = urlsplit(sandbox.mail.url)
    return MailSettings(
        host=server.hostname or "",
        port=server.port or 0,
        private="plain",
        username=None,
        password=None,
        address=MAILBOX,
        name="Pairtime",
    )


def _imap(mailbox: ImapServer) -> ImapSettings:
    url = urlsplit(mailbox.url)
    return ImapSettings(
        host=url.hostname or "",
        port=url.port or 0,
        username=unquote(url.username or ""),
        password=Secret(unquote(url.password or "")),
        tls=False,
    )


def _key(folder: Path) -> Secret:
    """Made once, and kept beside what it seals: in a demo there is nothing to steal."""
    file = folder / "encryption-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
    return Secret(file.read_text())


def _app(application: Application, sandbox: Sandbox, chats: Mapping[str, str]) -> web.Application:
    """The page, the console, and the sandbox's controls, so that the page needs no second address."""
    speakers = [_speaker(person) for person in (*CAST, *others())]
    page = DemoPage(
        PROGRAMME,
        speakers,
        [_speaker(person) for person in (ANA, SAM, PRIYA)],
        HINTS,
        chats=chats,
    )
    return web_app(
        [
            *application.routes(),
            *application.console.routes(),
            *page.routes(),
            *(web.route(each.method, each.path, guarded(each.handler)) for each in sandbox.driven()),
        ],
        application.metrics,
    )


def _port(asked: int | None) -> int:
    """The one asked for if it is free; the usual one, or else any, where none was."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, Listen().port if asked is None else asked))
        except OSError as taken:
            if asked is None:
                return ANY_PORT
            raise click.ClickException(f"Port {asked} is taken. Name another with --port.") from taken
        return Listen().port if asked is None else asked


def _tell(wanted: Play, stage: Stage) -> None:
    if wanted.as_json:
        slack = {} if stage.slack is None else {"slack": stage.slack.json()}
        teams = {} if stage.teams is None else {"teams": stage.teams.json()}
        click.echo(json.dumps({"url": stage.url, "sandbox": stage.sandbox.url, **slack, **teams}))
    else:
        click.echo(f"Pairtime's demo is at {stage.url}")
        click.echo(f"The world it lives in is at {stage.sandbox.url}/_/world; Ctrl-C ends both.")
        click.echo('In a second terminal: pairtime chat --as ana@example.com "book with my mentor"')
    if wanted.browser:
        webbrowser.open(stage.url)


@contextmanager
def _folder(named: Path | None) -> Iterator[Path]:
    """The named folder, for one demo at a time, or one that is gone afterwards."""
    if named is None:
        with tempfile.TemporaryDirectory(prefix="pairtime-", ignore_cleanup_errors=True) as made:
            yield Path(made)
        return
    named.mkdir(parents=True, exist_ok=True)
    with (named / "in-use").open("w", encoding="utf-8") as mark:
        try:
            # The system lets go of it when the process ends, however it ends.
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise click.ClickException(f"Another demo is using {named}. Stop it, or name another folder.") from None
        yield named


def _speaker(person: Person) -> Speaker:
    return Speaker(person.email, person.name, person.role.value, person.time_zone)
