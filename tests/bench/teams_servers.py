"""Servers that are compared, each in a process of its own: `python -m tests.bench.teams_servers WHICH` with what they
have to know as a line of JSON on standard input.

memory, durable: our own door, from the request to the reply, with either inbox. sdk: the SDK's own adapter for aiohttp,
with our token given to it, so that it need not ask for one in each turn. All three say the same one sentence back.
acknowledging: our door, up to where the work begins. bare: an aiohttp handler that checks the token, and nothing else.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import TypedDict

import aiohttp
import jwt
from aiohttp import web
from typing_extensions import override

from adapters.main.real_clock import RealClock, real_now
from adapters.recent import Recent
from adapters.setting_values import Listen
from adapters.tasks import Tasks
from adapters.teams.activity import Activity
from adapters.teams.app import busy, is_wanted
from adapters.teams.auth import Authentication, Authority
from adapters.teams.connector import Connector, Json
from adapters.teams.edge import Edge
from adapters.teams.front import WHERE, Front
from adapters.teams.inbox import DurableInbox, Inbox, MemoryInbox
from adapters.teams.outlets import place_of
from adapters.teams.pace import Limit, Pace
from adapters.teams.sdk import TeamsAdapter, TeamsBot
from adapters.teams.signing_keys import SigningKeys
from adapters.teams.tokens import BotTokens, ClientCredentials
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving
from calendar_core.store import migrate, open_store

SAID = {"type": "message", "text": "You said it."}


class Known(TypedDict):
    """`token` is the bot's own; `jwks` where Teams' keys are published."""

    app_id: str
    tenant: str
    secret: str
    issuer: str
    metadata: str
    jwks: str
    login: str
    services: str
    token: str
    database: str


class Unhurried(Pace):
    """The peers do not wait for their turn either."""

    @override
    def wait(self, tenant: str, conversation: str, limit: Limit) -> float:
        """See Pace."""
        return 0.0


class Echo:
    """Deeds of a bot that has one answer."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def said(self, activity: Activity) -> None:
        """See Deeds."""
        await self._connector.send(place_of(activity), SAID)

    async def installed(self, activity: Activity) -> None:
        """See Deeds."""

    async def removed(self, activity: Activity) -> None:
        """See Deeds."""

    async def invoked(self, activity: Activity) -> Json:
        """See Deeds."""
        return {}


@asynccontextmanager
async def ours(known: Known, *, durable: bool = False, working: bool = True) -> AsyncIterator[web.Application]:
    """As it is wired in production, with the one answer."""
    async with AsyncExitStack() as closing:
        http = await closing.enter_async_context(aiohttp.ClientSession())
        registration = ClientCredentials(
            http=http,
            login_base=known["login"],
            tenant=known["tenant"],
            app_id=known["app_id"],
            resource="https://api.botframework.com",
            proof=known["secret"],
            real_now=real_now,
        )
        connector = Connector(http, BotTokens(registration, real_now), Unhurried(monotonic), (known["services"],))
        keys = SigningKeys(http, known["metadata"], real_now)
        authentication = Authentication(known["app_id"], Authority(known["issuer"], known["metadata"]), keys, real_now)
        inbox: Inbox = MemoryInbox(Recent(monotonic))
        if durable:
            migrate(known["database"])
            store = open_store(known["database"], RealClock())
            closing.push_async_callback(store.close)
            inbox = DurableInbox(store.teams_inbox, real_now)
        adapter, bot = TeamsAdapter(connector), TeamsBot(Echo(connector))

        async def process(activity: Activity) -> Json:
            return await adapter.process(activity, bot) if working else {}

        async def sorry(_activity: Activity) -> None:
            sys.exit("a turn failed")

        front = Front(
            edge=Edge(authentication, lambda tenant: tenant == known["tenant"], (known["services"],)),
            inbox=inbox,
            tasks=Tasks(most=sys.maxsize),  # of the bench nothing is sent again
            wanted=is_wanted,
            process=process,
            sorry=sorry,
            busy=busy,
        )
        yield web_app(front.routes(), Metrics())


@asynccontextmanager
async def sdk(known: Known) -> AsyncIterator[web.Application]:
    """As its documentation wires it."""
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
    from botframework.connector.auth import AppCredentials, ServiceClientCredentialsFactory

    class Given(AppCredentials):  # type: ignore[misc]  # it ships no types
        def get_access_token(self, force_refresh: bool = False) -> str:
            return known["token"]

    class Factory(ServiceClientCredentialsFactory):  # type: ignore[misc]  # it ships no types
        async def is_valid_app_id(self, app_id: str) -> bool:
            return app_id == known["app_id"]

        async def is_authentication_disabled(self) -> bool:
            return False

        async def create_credentials(self, *_: object, **__: object) -> AppCredentials:
            return Given(app_id=known["app_id"])

    class Configured:
        APP_ID = known["app_id"]
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = known["metadata"]
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = known["issuer"]
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
        TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"

    class Bot(ActivityHandler):  # type: ignore[misc]  # it ships no types
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(SAID["text"])

    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configured, credentials_factory=Factory()))
    bot = Bot()

    async def receive(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse | None = await adapter.process(request, bot)
        return answer or web.Response(status=201)

    app = web.Application()
    app.add_routes([web.post(WHERE, receive)])
    yield app


@asynccontextmanager
async def bare(known: Known) -> AsyncIterator[web.Application]:
    """The token alone, by the library that people take for it, its key at hand."""
    async with aiohttp.ClientSession() as http, http.get(known["jwks"]) as answer:
        listed = await answer.json()
    keys = {each.key_id: each for each in jwt.PyJWKSet.from_dict(listed).keys}

    async def receive(request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        key = keys[jwt.get_unverified_header(token)["kid"]]
        jwt.decode(token, key, algorithms=["RS256"], audience=known["app_id"], issuer=known["issuer"])
        await request.read()
        return web.Response(status=202)

    app = web.Application()
    app.add_routes([web.post(WHERE, receive)])
    yield app


async def _serve(which: str, known: Known) -> None:
    servers = {
        "memory": lambda: ours(known),
        "durable": lambda: ours(known, durable=True),
        "acknowledging": lambda: ours(known, working=False),
        "sdk": lambda: sdk(known),
        "bare": lambda: bare(known),
    }
    async with servers[which]() as app, serving(app, Listen(port=0), grace=0.0) as url:
        sys.stdout.write(f"Serving at {url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], json.loads(sys.stdin.readline())))
