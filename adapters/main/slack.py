"""Slack, joined. Where it is not set up, nothing of it is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from aiohttp import ClientSession, DummyCookieJar, web

from adapters.deliver import Chat
from adapters.outbox import Outbox
from adapters.secret import Secret
from adapters.setting_values import is_https
from adapters.slack_values import SlackSettings
from adapters.web.hostile import BrowserCookie
from adapters.web.slack_install import SlackInstallSite
from bot.conversation import Conversation
from calendar_core.linking import Linking
from calendar_core.ports import Clock, Installing
from calendar_core.store import Store

from .real_clock import real_now

if TYPE_CHECKING:
    from adapters.slack.answering import Files
    from adapters.slack.deliver import SlackChat
    from adapters.slack.files import SlackFiles
    from adapters.slack.front import Hearing
    from adapters.slack.home import Home
    from adapters.slack.installation import Installations
    from adapters.slack.lasting import Lasting
    from adapters.slack.socket import SocketMode
    from adapters.slack.uninstalls import Uninstalls
    from adapters.slack.web_api import WebApi
    from adapters.tasks import Tasks

DRAIN_SECONDS = 30.0  # longer than an answer may take


@dataclass(frozen=True, slots=True)
class SlackOut:
    """What is needed to send there."""

    api: WebApi
    installations: Installations
    http: ClientSession
    uninstalls: Uninstalls
    installing: Installing | None = None


@dataclass(frozen=True, slots=True)
class SlackIn:
    """What hears from there. `routes` is empty where everything comes over Socket Mode."""

    hearing: Hearing
    tasks: Tasks
    routes: tuple[web.RouteDef, ...]
    socket: SocketMode | None
    home: Home

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Keeps connections open meanwhile, where there is Socket Mode."""
        connecting = asyncio.create_task(self.socket.run(), name="Socket Mode") if self.socket is not None else None
        try:
            yield
        finally:
            if connecting is not None:
                connecting.cancel()
                await asyncio.gather(connecting, return_exceptions=True)


@asynccontextmanager
async def open_slack(
    slack: SlackSettings | None, store: Store, public_url: str | None
) -> AsyncIterator[SlackOut | None]:
    """The one session to Slack, and whose tokens speak."""
    if slack is None:
        yield None
        return
    from adapters.recent import Recent
    from adapters.slack.install import SlackInstalling
    from adapters.slack.installation import OneToken
    from adapters.slack.kept_installations import KeptInstallations
    from adapters.slack.oauth import SlackOAuth
    from adapters.slack.pace import FOR_ONE, Pace
    from adapters.slack.uninstalls import Uninstalls
    from adapters.slack.web_api import WebApi

    kept = store.slack_installations
    async with _session() as http:
        if slack.client_id is None or slack.client_secret is None or public_url is None:
            token = slack.bot_token or Secret("")
            one = OneToken(token, lambda unknown: api.call(unknown, "auth.test"), kept.forget_people)
            api = WebApi(http, slack.api_base, monotonic, withdrawn=one.withdrawn, renewed=one.renewed)
            yield SlackOut(api, one, http, Uninstalls(one, api, store.jobs))
            return
        client = (slack.client_id, slack.client_secret)
        several = KeptInstallations(kept, SlackOAuth(http, slack.api_base, client, real_now), real_now, monotonic)
        api = WebApi(http, slack.api_base, monotonic, withdrawn=several.withdrawn, renewed=several.renewed)
        installing = SlackInstalling(
            oauth=SlackOAuth(http, slack.api_base, client, real_now),
            store=kept,
            public_url=public_url,
            key=slack.client_secret,
            pace=Pace(monotonic),
            for_one=Pace(monotonic, FOR_ONE),
            spent=Recent(monotonic),
            now=real_now,
            forget=several.forget,
        )
        try:
            yield SlackOut(api, several, http, Uninstalls(several, api, store.jobs), installing)
        finally:
            await several.close()


def slack_chat(out: SlackOut, store: Store, conversation: Conversation, clock: Clock) -> SlackChat:
    """Slack, as far as pushing goes."""
    from adapters.slack.deliver import DOUBTFUL_FOR, SlackChat
    from adapters.slack.render import drawn

    outbox = Outbox(posts=store.posts, conversation=conversation, clock=clock, doubtful_for=DOUBTFUL_FOR)
    return SlackChat(calls=out.api, installations=out.installations, outbox=outbox, drawn=drawn)


def slack_lasting(chat: SlackChat | None, store: Store) -> Lasting | None:
    """How bookings end there; None where there is no Slack."""
    if chat is None:
        return None
    from adapters.slack.lasting import Lasting

    return Lasting(chat, store.people)


def slack_files(out: SlackOut | None, store: Store, clock: Clock) -> SlackFiles | None:
    """Pictures and files in Slack; None where there is no Slack."""
    if out is None:
        return None
    from adapters.slack.files import SlackFiles

    return SlackFiles(
        calls=out.api, installations=out.installations, people=store.people, uploads=store.uploads, clock=clock
    )


@asynccontextmanager
async def hear_slack(
    out: SlackOut | None,
    slack: SlackSettings | None,
    conversation: Conversation,
    linking: Linking,
    now: Callable[[], float] = lambda: real_now().timestamp(),
    *,
    files: Files | None = None,
    lasting: Lasting | None = None,
) -> AsyncIterator[SlackIn | None]:
    """Everything that comes in. At the end what was begun is brought to its end. `now`: seconds since 1970."""
    if out is None or slack is None:
        yield None
        return
    from adapters.recent import Recent
    from adapters.slack.answer_window import AnswerWindow
    from adapters.slack.answering import Answering
    from adapters.slack.app import SlackApp
    from adapters.slack.booking_form import BookingForm
    from adapters.slack.directory_events import DirectoryEvents
    from adapters.slack.front import Front, Hearing
    from adapters.slack.handing_over import HandingOver
    from adapters.slack.home import Home
    from adapters.slack.home_news import HomeNews
    from adapters.slack.latest_installations import LatestInstallations
    from adapters.slack.outlets import ResponseUrls
    from adapters.slack.render import drawn
    from adapters.slack.signature import Signature
    from adapters.slack.socket import SocketMode
    from adapters.slack.who import SlackPeople
    from adapters.slack.windows import Windows
    from adapters.tasks import Tasks, Turns

    tasks = Tasks()
    people = SlackPeople(linking, out.api, monotonic)
    news = HomeNews(files)
    answering = Answering(
        conversation=conversation,
        people=people,
        installations=LatestInstallations(out.installations),
        calls=out.api,
        urls=ResponseUrls(out.http, slack.api_base),
        drawn=drawn,
        tasks=tasks,
        turns=Turns(),
        files=news,
        lasting=lasting,
    )
    events = DirectoryEvents(people, out.installations, tasks, out.uninstalls)
    answers = AnswerWindow(answering, Windows(out.api))
    home = Home(answering, answers, monotonic)
    news.changed = home.changed
    app = SlackApp(answering, events, slack.commands, BookingForm(answering, answers), home)
    recent = Recent(monotonic)
    hearing = Hearing(app.dispatch, HandingOver(app.dispatch, tasks).take, recent)
    routes: list[web.RouteDef] = []
    if slack.signing_secret is not None:
        front = Front(hearing, Signature(slack.signing_secret), recent, now)
        routes = front.routes()
    socket = SocketMode(_session, slack.api_base, slack.app_token, hearing) if slack.app_token is not None else None
    try:
        yield SlackIn(hearing, tasks, tuple(routes), socket, home)
    finally:
        await tasks.drain(DRAIN_SECONDS)


def in_homes_too(chats: dict[str, Chat], slack: SlackIn | None) -> dict[str, Chat]:
    """What is told in Slack is soon in the Home that somebody has open, too."""
    if slack is None or "slack" not in chats:
        return chats
    from adapters.slack.home_news import HomeToo

    return {**chats, "slack": HomeToo(chats["slack"], slack.home.changed)}


def _session() -> ClientSession:
    return ClientSession(cookie_jar=DummyCookieJar())


def install_site_of(out: SlackOut | None, public_url: str | None) -> SlackInstallSite | None:
    """Where workspaces install the app themselves."""
    if out is None or out.installing is None:
        return None
    return SlackInstallSite(out.installing, BrowserCookie(secure=is_https(public_url)))
