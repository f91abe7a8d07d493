"""Teams, joined. Where it is not set up, nothing of it is loaded, botbuilder least of all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from aiohttp import ClientSession, web

from adapters.outbox import Outbox
from adapters.tasks import Tasks, Turns
from adapters.teams_values import AppType, InboxKind, TeamsSettings
from bot.conversation import Conversation
from bot.replies import Answer
from calendar_core.event import Person
from calendar_core.linking import Linking
from calendar_core.people import User
from calendar_core.ports import Clock, Handler, Mailer
from calendar_core.session import SessionUid
from calendar_core.store import Store

from .real_clock import real_now

if TYPE_CHECKING:
    from adapters.teams.connector import Connector
    from adapters.teams.deliver import TeamsChat
    from adapters.teams.front import Door
    from adapters.teams.inbox import Inbox
    from adapters.teams.private_chats import PrivateChats
    from adapters.teams.tokens import BotTokens

HowItStands = Callable[[SessionUid, User], Awaitable[Answer | None]]
DRAIN_SECONDS = 30.0  # longer than an answer may take


@dataclass(frozen=True, slots=True)
class TeamsOut:
    """What is needed to send there."""

    connector: Connector
    chats: PrivateChats
    http: ClientSession


@dataclass(frozen=True, slots=True)
class TeamsIn:
    """What hears from there. `left` answers what a process that died has left; `remove` takes pictures away again."""

    tasks: Tasks
    routes: tuple[web.RouteDef, ...]
    left: Handler
    remove: Handler


def open_teams(teams: TeamsSettings | None, store: Store, http: ClientSession) -> TeamsOut | None:
    """Everybody's one session to Teams. Raises ValueError for a certificate that is none."""
    if teams is None:
        return None
    from adapters.teams.connector import Connector
    from adapters.teams.pace import Pace
    from adapters.teams.private_chats import PrivateChats

    tokens = None if teams.anonymous else _tokens(teams, http)
    connector = Connector(http, tokens, Pace(monotonic), teams.service_urls)
    return TeamsOut(connector, PrivateChats(store.teams_places, connector, teams.service, real_now), http)


def teams_chat(out: TeamsOut, store: Store, conversation: Conversation, clock: Clock) -> TeamsChat:
    """Teams, as far as pushing goes."""
    from adapters.teams.deliver import DOUBTFUL_FOR, TeamsChat

    outbox = Outbox(posts=store.posts, conversation=conversation, clock=clock, doubtful_for=DOUBTFUL_FOR)
    return TeamsChat(connector=out.connector, chats=out.chats, outbox=outbox)


@asynccontextmanager
async def hear_teams(
    out: TeamsOut | None,
    teams: TeamsSettings | None,
    *,
    chat: TeamsChat | None,
    store: Store,
    conversation: Conversation,
    linking: Linking,
    standing: HowItStands,
    mail: tuple[Mailer, Person] | None,
    clock: Clock,
) -> AsyncIterator[TeamsIn | None]:
    """Everything that comes in. `standing`: how a session is to read now; `mail`: what files are sent with, and from
    whom, to those who have no OneDrive. At the end what was begun is brought to its end."""
    if out is None or teams is None or chat is None:
        yield None
        return
    from adapters.recent import Recent
    from adapters.teams.answering import Answering
    from adapters.teams.app import TeamsApp, busy, is_wanted
    from adapters.teams.dialogs import Dialogs
    from adapters.teams.extension import Extension
    from adapters.teams.file_letters import FileLetters
    from adapters.teams.files import TeamsFiles
    from adapters.teams.front import Front
    from adapters.teams.inbox import renewing
    from adapters.teams.invoking import Invoking
    from adapters.teams.lasting import Lasting
    from adapters.teams.pictures import Pictures
    from adapters.teams.sdk import TeamsAdapter, TeamsBot
    from adapters.teams.shared_sessions import SharedSessions
    from adapters.teams.suggesting import Suggesting
    from adapters.teams.who import TeamsPeople

    tasks, adapter = Tasks(), TeamsAdapter(out.connector)
    pictures = Pictures(out.connector, out.chats, store.people, store.uploads, clock)
    answering = Answering(
        conversation=conversation,
        people=TeamsPeople(linking, out.connector, store.teams_places, monotonic, real_now),
        connector=out.connector,
        chats=out.chats,
        pictures=pictures,
        lasting=Lasting(chat, store.people, standing),
        files=TeamsFiles(
            conversation=conversation,
            connector=out.connector,
            chats=out.chats,
            http=out.http,
            recent=Recent(monotonic),
            letters=FileLetters(*mail, store.people) if mail else None,
            stores=teams.service_urls,
        ),
        typing=adapter.typing,
        turns=Turns(),
    )
    shared = SharedSessions(answering=answering, people=store.people, reach=store.reach, places=store.teams_places)
    app = TeamsApp(
        answering=answering,
        invoking=Invoking(
            answering=answering,
            dialogs=Dialogs(answering=answering, tasks=tasks),
            extension=Extension(answering, shared),
            suggesting=Suggesting(answering=answering, people=store.people, monitoring=conversation.core.monitoring),
            tasks=tasks,
        ),
        places=store.teams_places,
        people=store.people,
        reach=store.reach,
        clock=clock,
    )
    bot = TeamsBot(app)
    inbox = _inbox(teams, store)
    front = Front(
        edge=_edge(teams, out.http),
        inbox=inbox,
        tasks=tasks,
        wanted=is_wanted,
        process=lambda activity: adapter.process(activity, bot),
        sorry=app.sorry,
        busy=busy,
    )
    renewed = asyncio.create_task(renewing(inbox), name="what Teams' people wait for")
    try:
        yield TeamsIn(tasks, tuple(front.routes()), front.left, pictures.remove)
    finally:
        await tasks.drain(DRAIN_SECONDS)
        renewed.cancel()
        await asyncio.wait({renewed})


def _edge(teams: TeamsSettings, http: ClientSession) -> Door:
    from adapters.teams.auth import Authentication, Authority
    from adapters.teams.edge import Edge
    from adapters.teams.signing_keys import SigningKeys
    from adapters.teams.unsigned import Unsigned

    if teams.anonymous:
        return Unsigned(teams.service_urls)
    keys = SigningKeys(http, teams.metadata_url, real_now)
    authentication = Authentication(teams.app_id, Authority(teams.issuer, teams.metadata_url), keys, real_now)
    return Edge(authentication, lambda tenant: tenant in teams.tenants, teams.service_urls)


def _inbox(teams: TeamsSettings, store: Store) -> Inbox:
    from adapters.recent import Recent
    from adapters.teams.inbox import DurableInbox, MemoryInbox

    if teams.inbox is InboxKind.MEMORY:
        return MemoryInbox(Recent(monotonic))
    return DurableInbox(store.teams_inbox, real_now)


def _tokens(teams: TeamsSettings, http: ClientSession) -> BotTokens:
    from adapters.teams.assertion import Certificate
    from adapters.teams.tokens import BotTokens, ClientCredentials, ManagedIdentity

    if teams.app_type is AppType.MANAGED_IDENTITY:
        machine = ManagedIdentity(
            http=http, base=teams.identity_base, app_id=teams.app_id, resource=teams.resource, real_now=real_now
        )
        return BotTokens(machine, real_now)
    secret = teams.secret.reveal() if teams.secret else ""
    registration = ClientCredentials(
        http=http,
        login_base=teams.login_base,
        tenant=teams.token_tenant,
        app_id=teams.app_id,
        resource=teams.resource,
        proof=Certificate.from_pem(teams.certificate.reveal()) if teams.certificate else secret,
        real_now=real_now,
    )
    return BotTokens(registration, real_now)
