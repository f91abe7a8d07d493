"""The composition root: the one place that knows every part, joins them by their constructors, and has a real clock."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from aiohttp import web

from adapters.console.album import Album
from adapters.console.arrivals import Arrivals
from adapters.console.deliver import ConsoleChat
from adapters.console.page import Console
from adapters.console.who import ConsolePeople
from adapters.deliver import Delivery, OneChat
from adapters.programme_mail import AnswersByMail, AnswersKept, answers_by_mail, reply_addresses
from adapters.settings import Settings
from adapters.web.health import health_routes
from adapters.web.metrics import Metrics
from bot.conversation import Conversation
from bot.handlers.talk import Core
from bot.letters import Letters
from bot.notices import Notices
from calendar_core.availability.holidays import read_tables
from calendar_core.connecting import Connecting, Probing
from calendar_core.enrolling import Enrolling
from calendar_core.event import Person
from calendar_core.forgetting import Forgetting
from calendar_core.job import (
    FORGET,
    MAIL,
    PROBE,
    READ_LETTERS,
    REMIND,
    REVOKE,
    SETTLE,
    SWEEP,
    TELL,
    TRANSFER,
    Job,
)
from calendar_core.mail import Security, SmtpMailer, SmtpServer
from calendar_core.mailing import Mailing
from calendar_core.notifying import Notifying
from calendar_core.ports import Clock, Handler, TxtRecords
from calendar_core.providers import ProviderSettings, Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.auth import ServiceAccount
from calendar_core.providers.google.opening import GoogleSettings
from calendar_core.providers.mailed import MailedFrom
from calendar_core.providers.microsoft.auth import Application as EntraApplication
from calendar_core.providers.microsoft.auth import ClientSecret
from calendar_core.providers.microsoft.opening import MicrosoftSettings
from calendar_core.reporting import Reporting
from calendar_core.scheduling import Asking, Booking, Looking, MailedSessions, Pairs, Scheduling, Settling
from calendar_core.scheduling.evidence import Evidence
from calendar_core.scheduling.lookups import Lookups
from calendar_core.store import Store, migrate, open_store
from calendar_core.store.vault import Vault
from calendar_core.switching import Revoking, Switching, Transferring

SWEEP_EVERY = timedelta(seconds=30)
READ_LETTERS_EVERY = timedelta(minutes=1)  # and at once where the mailbox tells of a letter
FORGET_EVERY = timedelta(days=1)
LONGEST_SLEEP = 3600.0  # seconds: the system's clock may be set while we sleep


class RealClock:
    """Domain time where nobody plays the world."""

    def now(self) -> datetime:
        """See Clock."""
        return real_now()

    async def sleep_until(self, instant: datetime) -> None:
        """See Clock."""
        while (left := (instant - real_now()).total_seconds()) > 0:  # noqa: ASYNC110 - clocks tell nobody when set
            await asyncio.sleep(min(left, LONGEST_SLEEP))


def real_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


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
    metrics: Metrics
    switching: Switching
    answers_by_mail: AnswersByMail | None
    handlers: Mapping[str, Handler]

    def routes(self) -> list[web.RouteDef]:
        """What every installation serves."""
        return health_routes(self.store.jobs, self.metrics)

    async def work(self) -> None:
        """Does the durable work until cancelled."""
        reading = {READ_LETTERS: READ_LETTERS_EVERY} if self.answers_by_mail else {}
        await self.store.jobs.run(self.handlers, {SWEEP: SWEEP_EVERY, FORGET: FORGET_EVERY, **reading})

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


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock | None = None, records: TxtRecords | None = None
) -> AsyncIterator[Application]:
    """Opens everything on a database that is migrated already, and closes it in order.

    `clock` is domain time, `records` what domains publish; the system's unless somebody plays the world. Raises
    ValueError for a key that is none.
    """
    clock = clock or RealClock()
    async with AsyncExitStack() as closing:
        connections = await closing.enter_async_context(open_connections())
        store = open_store(settings.database.reveal(), clock, vault=_vault(settings))
        closing.push_async_callback(store.close)
        mailbox = Person(settings.mail.address, settings.mail.name) if settings.mail else None
        mailed_from = MailedFrom(invitations=store.invitations, user=store.people.user, mailbox=mailbox, clock=clock)
        around = Surroundings(
            settings=_providers(settings),
            organisation=store.people.organisation,
            connections=connections,
            real_now=real_now,
            mailed_from=mailed_from,
        )
        calendars = open_calendars(around, store.integrations, clock)
        pairs = Pairs(store.people, store.programmes, store.integrations, clock)
        evidence = Evidence(store.sessions, calendars, clock)
        lookups = Lookups(store.receipts, clock)
        looking = Looking(pairs, evidence, store.sessions, lookups, clock)
        booking = Booking(store.people, pairs, store.sessions, calendars, evidence, lookups, clock, _new_uid)
        asking = Asking(store.people, store.programmes, store.requests, pairs, looking, booking, clock, mailbox)
        settling = Settling(store.people, pairs, store.sessions, calendars, evidence, store.jobs, clock, store.modes)
        mailed = MailedSessions(store.sessions, store.invitations, clock)
        scheduling = Scheduling(pairs, looking, booking, asking, settling, mailed)
        conversation = Conversation(
            Core(
                people=store.people,
                programmes=store.programmes,
                integrations=store.integrations,
                receipts=store.receipts,
                conversations=store.conversations,
                scheduling=scheduling,
                reporting=Reporting(store.people, store.programmes, store.integrations, OneChat()),
                clock=clock,
            )
        )
        arrivals = Arrivals()
        delivery = Delivery(
            Notices(scheduling, store.programmes, store.sessions),
            ConsoleChat(conversation, store.inbox, arrivals),
        )
        notifying = Notifying(store.people, store.programmes, store.sessions, store.happenings, delivery, clock)
        probing = Probing(store.people, store.integrations, store.unconnected, calendars, store.jobs, clock)
        mailing = _mailing(settings, store, clock)
        kept = AnswersKept(
            people=store.people,
            sessions=store.sessions,
            invitations=store.invitations,
            answers=store.answers,
            jobs=store.jobs,
        )
        answers = await closing.enter_async_context(answers_by_mail(settings, kept, clock, records))
        transferring = Transferring(
            store.people,
            store.integrations,
            store.sessions,
            store.modes,
            calendars,
            clock,
        )
        revoking = Revoking(store.people, store.integrations, store.credentials, store.modes, {}, clock)
        yield Application(
            clock=clock,
            store=store,
            scheduling=scheduling,
            conversation=conversation,
            console=Console(conversation, ConsolePeople(store.people), store.inbox, arrivals, Album(pairs.pair)),
            enrolling=Enrolling(store.enrolments, store.jobs, clock),
            connecting=Connecting(probing),
            metrics=Metrics(evidence.silences),
            switching=Switching(store.people, store.modes, clock, mails=settings.mail is not None),
            answers_by_mail=answers,
            handlers={
                SETTLE: settling.settle,
                SWEEP: _one_after_the_other(settling.sweep, *((mailing.sweep,) if mailing else ())),
                TELL: notifying.tell,
                REMIND: notifying.remind,
                PROBE: probing.probe,
                **({MAIL: mailing.mail} if mailing else {}),
                TRANSFER: transferring.transfer,
                REVOKE: revoking.revoke,
                **({READ_LETTERS: answers.answering.read} if answers else {}),
                FORGET: Forgetting(store.receipts, store.happenings, store.answers, clock).forget,
            },
        )


def prepare(settings: Settings) -> None:
    """Brings the database to the present schema. Twice is once."""
    migrate(settings.database.reveal())


def _new_uid() -> str:
    return uuid4().hex


def _vault(settings: Settings) -> Vault:
    return Vault((each.id, base64.b64decode(each.key.reveal())) for each in settings.encryption_keys)


def _one_after_the_other(*handlers: Callable[[Job], Awaitable[None]]) -> Handler:
    async def all_of_them(job: Job) -> None:
        for handle in handlers:
            await handle(job)

    return all_of_them


def _mailing(settings: Settings, store: Store, clock: Clock) -> Mailing | None:
    """None where no mail is set up: then nobody is invited by mail either, and no such work is left lying."""
    mail = settings.mail
    if mail is None:
        return None
    server = SmtpServer(
        host=mail.host,
        port=mail.port,
        security={"tls": Security.TLS, "starttls": Security.STARTTLS, "plain": Security.PLAIN}[mail.private],
        username=mail.username,
        password=mail.password.reveal() if mail.password else None,
    )
    mailer, addresses = SmtpMailer(server, real_now), reply_addresses(settings)
    return Mailing(store.people, store.invitations, mailer, Letters(), store.jobs, clock, addresses)


def _providers(settings: Settings) -> ProviderSettings:
    google, microsoft = settings.google_service_account, settings.microsoft
    return ProviderSettings(
        google=GoogleSettings(
            service_account=ServiceAccount.from_json(google.reveal()),
            api_base=settings.google_api_base,
            oauth_base=settings.google_oauth_base,
        )
        if google
        else None,
        microsoft=MicrosoftSettings(
            application=EntraApplication(microsoft.client_id, ClientSecret(microsoft.client_secret.reveal())),
            graph_base=settings.graph_base,
            login_base=settings.login_base,
        )
        if microsoft
        else None,
    )
