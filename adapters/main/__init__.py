"""The composition root: the one place that knows every part, joins them by their constructors, and has a real clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from adapters.console.album import Album
from adapters.console.arrivals import Arrivals
from adapters.console.deliver import ConsoleChat
from adapters.console.page import Console
from adapters.console.shelf import Shelf
from adapters.console.who import ConsolePeople
from adapters.programme_mail import answers_by_mail, smtp_mailer
from adapters.setting_values import is_https
from adapters.settings import Settings
from adapters.web.hostile import BrowserCookie
from adapters.web.metrics import Metrics
from adapters.web.oauth import ConnectSite
from bot.conversation import Conversation
from bot.notices import Notices
from calendar_core.enrolling import Enrolling
from calendar_core.event import Person
from calendar_core.examining import Examining
from calendar_core.operating import Operating
from calendar_core.ports import Clock, TxtRecords
from calendar_core.providers import Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.mailed import MailedFrom
from calendar_core.publishing import Publishing
from calendar_core.store import is_migrated, migrate, open_store
from calendar_core.switching import Switching

from .application import Application
from .core import core_of, new_uid
from .job_handlers import handlers_of
from .mail_server import name_servers
from .real_clock import RealClock, real_now
from .scheduling import scheduling_of
from .slack import hear_slack, in_homes_too, install_site_of, open_slack, slack_chat, slack_files, slack_lasting
from .teams import hear_teams, open_teams, teams_chat
from .telling import chats_of, delivery_of, homes_of
from .unwell import unwell_of
from .vendors import providers_of, vault_of

__all__ = ["Application", "RealClock", "build", "is_prepared", "prepare", "real_now"]


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock | None = None, records: TxtRecords | None = None
) -> AsyncIterator[Application]:
    """Opens everything on a database that is migrated already, and closes it in order.

    `clock` is domain time, `records` what domains publish; the system's unless somebody plays the world. Raises
    ValueError for a key that is none.
    """
    played = clock is not None
    clock = clock or RealClock()
    async with AsyncExitStack() as closing:
        # The ways out: the store, calendars, chats, mail.
        connections = await closing.enter_async_context(open_connections())
        store = open_store(settings.database.reveal(), clock, vault=vault_of(settings))
        closing.push_async_callback(store.close)
        mailbox = Person(settings.mail.address, settings.mail.name) if settings.mail else None
        mailer = smtp_mailer(settings, real_now)
        mail = (mailer, mailbox) if mailer and mailbox else None
        around = Surroundings(
            settings=providers_of(settings),
            organisation=store.people.organisation,
            connections=connections,
            real_now=real_now,
            mailed_from=MailedFrom(invitations=store.invitations, user=store.people.user, mailbox=mailbox, clock=clock),
            credentials=store.credentials if settings.encryption_keys else None,
        )
        calendars = open_calendars(around, store.integrations, clock)
        slack_out = await closing.enter_async_context(open_slack(settings.slack, store, settings.public_url))
        teams_out = open_teams(settings.teams, store, connections)

        # The core, and the conversation about it.
        homes = homes_of(settings, store, played=played)
        joined = scheduling_of(store, calendars, clock, mailbox, new_uid)
        unwell = unwell_of(settings, store.secrets, connections, records if played else name_servers(), real_now)
        core = core_of(
            settings, store, calendars, around, joined.scheduling, homes=homes, mail=mail, unwell=unwell, clock=clock
        )
        conversation = Conversation(core)
        notices = Notices(core)

        # The ways in: chats, and answers by mail.
        files = slack_files(slack_out, store, clock)
        slack = slack_chat(slack_out, store, conversation, clock) if slack_out else None
        lasting = slack_lasting(slack, store)
        linking = core.own.linking
        slack_in = await closing.enter_async_context(
            hear_slack(slack_out, settings.slack, conversation, linking, files=files, lasting=lasting)
        )
        teams = teams_chat(teams_out, store, conversation, clock) if teams_out else None
        teams_in = await closing.enter_async_context(
            hear_teams(
                teams_out,
                settings.teams,
                chat=teams,
                store=store,
                conversation=conversation,
                linking=linking,
                standing=notices.standing,
                mail=mail,
                clock=clock,
            )
        )
        arrivals = Arrivals()
        console = Console(
            conversation, ConsolePeople(store.people), store.inbox, arrivals, Album(joined.pairs.pair), Shelf(clock)
        )
        answers = await closing.enter_async_context(answers_by_mail(settings, store, clock, records))

        # What is done durably, and told.
        delivery = delivery_of(
            store,
            homes,
            notices,
            chats=in_homes_too(chats_of(slack, teams), slack_in),
            console=ConsoleChat(conversation, store.inbox, arrivals),
            mail=mail,
            clock=clock,
            slack=slack,
        )
        handlers = handlers_of(
            settings,
            store,
            calendars,
            clock,
            core=core,
            settling=joined.settling,
            delivery=delivery,
            mailer=mailer,
            answers=answers,
            slack=slack_out,
            slack_files=files,
            teams=teams_in,
        )

        yield Application(
            clock=clock,
            store=store,
            scheduling=core.scheduling,
            conversation=conversation,
            console=console,
            enrolling=Enrolling(store.enrolments, store.endings, store.jobs, clock),
            connecting=core.connecting,
            operating=Operating(store.people, store.programmes, store.enrolments, store.endings, store.jobs, clock),
            connect_site=ConnectSite(
                core.connecting.in_browser, store.people, clock, BrowserCookie(secure=is_https(settings.public_url))
            ),
            linking=linking,
            monitoring=core.monitoring,
            publishing=Publishing(store.api_tokens, store.people, store.programmes, store.verifications, clock),
            examining=Examining(calendars.formerly, clock, new_uid),
            metrics=Metrics(joined.evidence.silences),
            switching=Switching(store.people, store.modes, clock, mails=settings.mail is not None),
            answers_by_mail=answers,
            slack=slack_in,
            teams=teams_in,
            slack_install=install_site_of(slack_out, settings.public_url),
            handlers=handlers,
        )


def is_prepared(settings: Settings) -> bool:
    """Whether the database is at the present schema. Changes nothing. Raises StoreUnavailable."""
    return is_migrated(settings.database.reveal())


def prepare(settings: Settings) -> None:
    """Brings the database to the present schema. Twice is once."""
    migrate(settings.database.reveal())
