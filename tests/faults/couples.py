"""One couple for each trouble, in one application over one sandbox: every calendar fails for its owner alone."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import aiohttp

from adapters.mail_values import MailSettings
from adapters.main import Application, build, prepare
from adapters.secret import Secret
from adapters.setting_values import EncryptionKey, Listen
from adapters.settings import Settings
from adapters.slack_values import ALIASES, SlackSettings
from adapters.vendor_values import GoogleClient, MicrosoftApp
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.chat_account import ChatAccount
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import Identity, Match, MatchId, Role, User
from sandbox.app import Sandbox
from sandbox.slack.messages import Message
from sandbox.world import Event, Mailbox, Suite

NOW = datetime.fromisoformat("2026-11-22T11:02:00-05:00")
ORGANISATION, PROGRAMME, ZONE = "example.com", "Leaders 2026", "Europe/Lisbon"
MAILBOX = "sessions@pairtime.example"
KINDS: dict[Suite, IntegrationKind] = {
    "google": IntegrationKind.GOOGLE_DOMAIN,
    "microsoft": IntegrationKind.OUTLOOK_DOMAIN,
}


@dataclass(frozen=True, slots=True)
class Suites:
    """Where the calendars of a couple are, and by which clocks the two live."""

    mentee: Suite
    mentor: Suite
    mentee_zone: str = ZONE
    mentor_zone: str = ZONE


@dataclass(frozen=True, slots=True)
class Couple:
    """A mentee and a mentor, matched."""

    match: Match
    mentee: User
    mentor: User


@dataclass(frozen=True, slots=True)
class Hamlet:
    """The world, the application, and a way to talk to it."""

    sandbox: Sandbox
    application: Application
    http: aiohttp.ClientSession
    couples: tuple[Couple, ...]
    url: str

    def shown(self, user: User) -> list[Event]:
        """What that person sees in the calendar."""
        events = self.sandbox.world.events(user.email)
        return [each for each in events if not each.deleted and each.status != "cancelled"]


@asynccontextmanager
async def settled(
    folder: Path,
    suites: Sequence[Suites],
    now: datetime = NOW,
    *,
    slack: bool = False,
    commands: Mapping[str, str] = ALIASES,
) -> AsyncIterator[Hamlet]:
    """A couple for each of the suites, every calendar empty. `slack`: everybody has an account there, where the slash
    commands have these names."""
    async with Sandbox(now=now) as sandbox:
        settings, tenant = _settings(sandbox, folder)
        if slack:
            settings = replace(settings, slack=replace(_slack_settings(sandbox), commands=dict(commands)))
        prepare(settings)
        async with build(settings, sandbox.clock) as application, application.working():
            couples = await _enrolled(sandbox, application, suites, tenant)
            if slack:
                await _in_slack(sandbox, application, couples)
            routes = [*application.routes(), *application.console.routes()]
            async with (
                serving(web_app(routes, application.metrics), Listen("127.0.0.1", 0), 1.0) as url,
                aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=0)) as http,
            ):
                sandbox.slack.courier.deliver_to(f"{url}/slack/events")
                yield Hamlet(sandbox, application, http, couples, url)


def _slack_settings(sandbox: Sandbox) -> SlackSettings:
    return SlackSettings(
        signing_secret=Secret(sandbox.slack.installed.app.signing_secret),
        bot_token=Secret(sandbox.slack.installed.install(ORGANISATION).access),
        api_base=f"{sandbox.url}/slack/api",
    )


def _settings(sandbox: Sandbox, folder: Path) -> tuple[Settings, str]:
    microsoft, google = sandbox.entra_registration(ORGANISATION), sandbox.google_client()
    settings = Settings(
        database=Secret(f"sqlite:///{folder / 'pairtime.sqlite3'}"),
        google_api_base=f"{sandbox.url}/google/calendar/v3",
        google_oauth_base=f"{sandbox.url}/google/oauth2",
        google_service_account=Secret(json.dumps(sandbox.service_account_key(ORGANISATION))),
        google_accounts_base=f"{sandbox.url}/google",
        google_client=GoogleClient(client_id=google.client_id, client_secret=Secret(google.client_secret)),
        encryption_keys=(EncryptionKey("couples", Secret(base64.b64encode(bytes(32)).decode())),),
        graph_base=f"{sandbox.url}/graph",
        login_base=f"{sandbox.url}/login",
        microsoft=MicrosoftApp(client_id=microsoft.client_id, client_secret=Secret(microsoft.client_secret)),
        mail=MailSettings(
            host="127.0.0.1",
            port=int(sandbox.mail.url.rpartition(":")[2]),
            private="plain",
            username=None,
            password=None,
            address=MAILBOX,
            name="Pairtime",
        ),
    )
    return settings, microsoft.tenant


async def _enrolled(
    sandbox: Sandbox, application: Application, suites: Sequence[Suites], tenant: str
) -> tuple[Couple, ...]:
    store = application.store
    people: list[PersonEnrolled] = []
    for number, each in enumerate(suites):
        mentee, mentor = (Role.MENTEE, each.mentee, each.mentee_zone), (Role.MENTOR, each.mentor, each.mentor_zone)
        for role, suite, zone in (mentee, mentor):
            address, name = f"{role}{number}@{ORGANISATION}", f"{role.title()} {number}"
            sandbox.world.add_mailbox(Mailbox(address, name, suite, zone))
            people.append(
                PersonEnrolled(
                    organisation=ORGANISATION, programme=PROGRAMME, role=role, email=address, name=name, time_zone=zone
                )
            )
    matches = tuple(
        MatchEnrolled(
            organisation=ORGANISATION,
            programme=PROGRAMME,
            mentor=f"mentor{number}@{ORGANISATION}",
            mentee=f"mentee{number}@{ORGANISATION}",
        )
        for number in range(len(suites))
    )
    enrolled = await store.enrolments.apply(Batch(tuple(people), matches), sandbox.clock.now())
    (organisation,) = await store.people.organisations()
    await store.people.update_organisation(replace(organisation, entra_tenant=tenant))
    return tuple(
        [await _connected(application, number, each) for number, each in zip(enrolled.matches, suites, strict=True)]
    )


async def _in_slack(sandbox: Sandbox, application: Application, couples: Sequence[Couple]) -> None:
    await application.linking.bind(f"slack:{sandbox.slack.people.team_of(ORGANISATION).id}", ORGANISATION)
    for user in (each for couple in couples for each in (couple.mentee, couple.mentor)):
        account = ChatAccount(account=slack_account(sandbox, user), address=user.email, time_zone=user.time_zone)
        await application.linking.seen(account)
        await application.store.accounts.confirm(account, user.id, application.clock.now())


def slack_account(sandbox: Sandbox, user: User) -> Identity:
    """That person's."""
    people = sandbox.slack.people
    return Identity(f"slack:{people.team_of(ORGANISATION).id}", people.id_of(user.email))


def first_button(message: Message) -> tuple[str, str]:
    """Where it is: its block, and its action."""
    for block in message.blocks:
        if isinstance(block, dict) and block["type"] == "actions" and isinstance(block["elements"], list):
            [first, *_] = block["elements"]
            if isinstance(first, dict):
                return str(block["block_id"]), str(first["action_id"])
    raise AssertionError("There is no button.")


async def _connected(application: Application, number: MatchId, suites: Suites) -> Couple:
    store, now = application.store, application.clock.now()
    match = await store.programmes.match(number)
    assert match is not None
    mentee, mentor = [await store.people.user(user) for user in (match.mentee, match.mentor)]
    for user, suite in ((mentee, suites.mentee), (mentor, suites.mentor)):
        await store.integrations.connected(Integration(user.id, KINDS[suite], Health.OK, user.email, since=now))
    await store.programmes.opened(match.id, now)
    return Couple(match, mentee, mentor)
