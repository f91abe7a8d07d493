"""The composition root: the one place that knows every part, joins them by their constructors, and has a real clock."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

from adapters.code_letters import CodeLetters
from adapters.console.album import Album
from adapters.console.arrivals import Arrivals
from adapters.console.deliver import ConsoleChat
from adapters.console.page import Console
from adapters.console.shelf import Shelf
from adapters.console.who import ConsolePeople
from adapters.programme_mail import answers_by_mail, reply_addresses, smtp_mailer
from adapters.setting_values import is_https
from adapters.settings import Settings
from adapters.web.hostile import BrowserCookie
from adapters.web.metrics import Metrics
from adapters.web.oauth import ConnectSite
from adapters.wish_letters import WishLetters, address_in_contact
from bot.conversation import Conversation
from bot.handlers.talk import Core, Own
from bot.letters import Letters
from bot.notices import Notices
from calendar_core.adjusting import Adjusting
from calendar_core.averaging import Averaging
from calendar_core.chat_account import DIGITS, SALT_BYTES
from calendar_core.counting import Counting
from calendar_core.ending import Ending
from calendar_core.enrolling import Enrolling
from calendar_core.event import Person
from calendar_core.examining import Examining
from calendar_core.following_up import FollowingUp
from calendar_core.forgetting import Forgetting
from calendar_core.job import (
    ANSWER_LEFT,
    CHECK_INSTALLATION,
    END_PROGRAMMES,
    FOLLOW_UP,
    FORGET,
    LOOK,
    MAIL,
    MAIL_CODE,
    MAIL_WISH,
    MONITOR,
    PROBE,
    READ_LETTERS,
    REMIND,
    REMOVE_FILES,
    REVOKE,
    SETTLE,
    SWEEP,
    TELL,
    TRANSFER,
    WELCOME,
    Job,
)
from calendar_core.linking import Linking
from calendar_core.mailing import Mailing
from calendar_core.monitoring import Monitoring
from calendar_core.notifying import Notifying
from calendar_core.operating import Operating
from calendar_core.opting_out import OptingOut
from calendar_core.ports import Clock, Handler, TxtRecords
from calendar_core.providers import Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.mailed import MailedFrom
from calendar_core.publishing import Publishing
from calendar_core.reporting import Reporting
from calendar_core.store import Store, is_migrated, migrate, open_store
from calendar_core.switching import Switching, Transferring
from calendar_core.wishing import Wishing

from .application import Application
from .connecting import connecting_of
from .mail_server import mail_check_of, name_servers
from .real_clock import RealClock, real_now
from .scheduling import scheduling_of
from .slack import hear_slack, in_homes_too, install_site_of, open_slack
from .teams import hear_teams, open_teams
from .telling import chats_of, delivery_of, homes_of, slack_chat, slack_files, slack_lasting, teams_chat
from .unwell import unwell_of
from .vendors import ends_of, providers_of, vault_of

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
        connections = await closing.enter_async_context(open_connections())
        store = open_store(settings.database.reveal(), clock, vault=vault_of(settings))
        closing.push_async_callback(store.close)
        homes = homes_of(settings, store, played=played)
        slack_out = await closing.enter_async_context(open_slack(settings.slack, store, settings.public_url))
        teams_out = open_teams(settings.teams, store, connections)
        mailbox = Person(settings.mail.address, settings.mail.name) if settings.mail else None
        around = Surroundings(
            settings=providers_of(settings),
            organisation=store.people.organisation,
            connections=connections,
            real_now=real_now,
            mailed_from=MailedFrom(invitations=store.invitations, user=store.people.user, mailbox=mailbox, clock=clock),
            credentials=store.credentials if settings.encryption_keys else None,
        )
        calendars = open_calendars(around, store.integrations, clock)
        joined = scheduling_of(store, calendars, clock, mailbox, _new_uid)
        pairs, evidence, scheduling = joined.pairs, joined.evidence, joined.scheduling
        settling = joined.settling
        ending = Ending(store.programmes, store.sessions, store.endings, clock)
        mailer = smtp_mailer(settings, real_now)
        code_letters = CodeLetters(mailer, mailbox) if mailer and mailbox else None
        operator = address_in_contact(settings.operator_contact)
        wish_letters = WishLetters(mailer, mailbox, operator) if mailer and mailbox and operator else None
        wishing = Wishing(store.people, store.programmes, store.operator_wishes, wish_letters, clock)
        own = Own(
            linking=Linking(store.people, store.accounts, code_letters, clock, _new_code, _new_salt),
            adjusting=Adjusting(store.people, calendars, clock),
            counting=Counting(store.people, calendars),
            opting_out=OptingOut(store.people, store.integrations, store.unconnected, clock),
            personal_data=store.personal_data,
        )
        connecting = connecting_of(settings, store, calendars, around, clock)
        monitoring = Monitoring(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            repairs=store.repairs,
            domains=store.domains,
            jobs=store.jobs,
            home_chats=homes,
            clock=clock,
            check_calendar=connecting.probing.check,
            ends=ends_of(settings),
            mail_works=mail_check_of(settings),
            unwell=unwell_of(settings, store.secrets, connections, records if played else name_servers(), real_now),
        )
        following_up = FollowingUp(
            store.people, store.programmes, store.sessions, store.feedbacks, store.steps, clock, _new_uid
        )
        core = Core(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            receipts=store.receipts,
            conversations=store.conversations,
            scheduling=scheduling,
            reporting=Reporting(store.people, store.programmes, store.integrations, homes),
            ending=ending,
            wishes=wishing,
            own=own,
            monitoring=monitoring,
            connecting=connecting,
            following_up=following_up,
            averaging=Averaging(store.people, store.programmes, store.averages, clock),
            clock=clock,
            contact=settings.operator_contact,
        )
        conversation = Conversation(core)
        files = slack_files(slack_out, store, clock)
        slack = slack_chat(slack_out, store, conversation, clock) if slack_out else None
        slack_in = await closing.enter_async_context(
            hear_slack(
                slack_out, settings.slack, conversation, own.linking, files=files, lasting=slack_lasting(slack, store)
            )
        )
        notices = Notices(core)
        mail = (mailer, mailbox) if mailer and mailbox else None
        teams = teams_chat(teams_out, store, conversation, clock) if teams_out else None
        teams_in = await closing.enter_async_context(
            hear_teams(
                teams_out,
                settings.teams,
                chat=teams,
                store=store,
                conversation=conversation,
                linking=own.linking,
                standing=notices.standing,
                mail=mail,
                clock=clock,
            )
        )
        arrivals = Arrivals()
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
        notifying = Notifying(store.people, store.programmes, store.sessions, store.happenings, delivery, clock)
        mailing = (
            Mailing(store.people, store.invitations, mailer, Letters(), store.jobs, clock, reply_addresses(settings))
            if mailer
            else None
        )
        answers = await closing.enter_async_context(answers_by_mail(settings, store, clock, records))
        transferring = Transferring(
            store.people, store.programmes, store.integrations, store.sessions, store.modes, calendars, clock
        )
        yield Application(
            clock=clock,
            store=store,
            scheduling=scheduling,
            conversation=conversation,
            console=Console(
                conversation, ConsolePeople(store.people), store.inbox, arrivals, Album(pairs.pair), Shelf(clock)
            ),
            enrolling=Enrolling(store.enrolments, store.endings, store.jobs, clock),
            connecting=connecting,
            operating=Operating(store.people, store.programmes, store.enrolments, store.endings, store.jobs, clock),
            connect_site=ConnectSite(
                connecting.in_browser, store.people, clock, BrowserCookie(secure=is_https(settings.public_url))
            ),
            linking=own.linking,
            monitoring=monitoring,
            publishing=Publishing(store.api_tokens, store.people, store.programmes, store.verifications, clock),
            examining=Examining(calendars.formerly, clock, _new_uid),
            metrics=Metrics(evidence.silences),
            switching=Switching(store.people, store.modes, clock, mails=settings.mail is not None),
            answers_by_mail=answers,
            slack=slack_in,
            teams=teams_in,
            slack_install=install_site_of(slack_out, settings.public_url),
            handlers={
                SETTLE: settling.settle,
                SWEEP: _one_after_the_other(settling.sweep, *((mailing.sweep,) if mailing else ())),
                TELL: notifying.tell,
                REMIND: notifying.remind,
                FOLLOW_UP: following_up.ask,
                MAIL_CODE: own.linking.mail_code,
                MAIL_WISH: wishing.mail_wish,
                PROBE: connecting.probing.probe,
                WELCOME: connecting.following.welcome,
                REVOKE: connecting.revoking.revoke,
                END_PROGRAMMES: ending.end_programmes,
                FORGET: _forgetting(store, clock).forget,
                **({MAIL: mailing.mail} if mailing else {}),
                TRANSFER: transferring.transfer,
                **({READ_LETTERS: answers.reading.read} if answers else {}),
                REMOVE_FILES: _one_after_the_other(
                    *((files.remove,) if files else ()), *((teams_in.remove,) if teams_in else ())
                ),
                **({CHECK_INSTALLATION: slack_out.uninstalls.check} if slack_out else {}),
                **({ANSWER_LEFT: teams_in.left} if teams_in else {}),
                LOOK: connecting.probing.look_around,
                MONITOR: monitoring.watch,
            },
        )


def is_prepared(settings: Settings) -> bool:
    """Whether the database is at the present schema. Changes nothing. Raises StoreUnavailable."""
    return is_migrated(settings.database.reveal())


def prepare(settings: Settings) -> None:
    """Brings the database to the present schema. Twice is once."""
    migrate(settings.database.reveal())


def _new_uid() -> str:
    return uuid4().hex


def _new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _one_after_the_other(*handlers: Callable[[Job], Awaitable[None]]) -> Handler:
    async def all_of_them(job: Job) -> None:
        for handle in handlers:
            await handle(job)

    return all_of_them


def _forgetting(store: Store, clock: Clock) -> Forgetting:
    return Forgetting(
        store.receipts,
        store.happenings,
        store.sign_ins,
        store.credentials,
        store.accounts,
        store.mailed_answers,
        store.posts,
        store.teams_inbox,
        store.teams_places,
        clock,
    )
