"""The demo with the sandbox's Slack before it: over HTTP, and over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from adapters.cli.playing import Stage
from adapters.main.slack import hear_slack, open_slack
from adapters.main.telling import slack_chat, slack_lasting
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity

from .member import Members

LINKED = ("ana@example.com", "sam@example.com", "priya@example.com")


@pytest.fixture(params=["http", "socket"])
async def slack_stage(request: pytest.FixtureRequest, stage: Stage) -> AsyncIterator[Members]:
    """The app is installed in example.com's workspace, which is bound to the organisation; some accounts are linked."""
    application, slack = stage.application, stage.sandbox.slack
    app, team = slack.installed.app, slack.people.team_of("example.com").id
    await application.linking.bind(f"slack:{team}", "example.com")
    for address in LINKED:
        account = ChatAccount(account=Identity(f"slack:{team}", slack.people.id_of(address)), address=address)
        await application.linking.seen(account)
        [person] = await application.store.people.at_address(address)
        await application.store.accounts.confirm(account, person.id, application.clock.now())
    by_socket = request.param == "socket"
    settings = SlackSettings(
        signing_secret=None if by_socket else Secret(app.signing_secret),
        app_token=Secret(app.app_token) if by_socket else None,
        bot_token=Secret(slack.installed.install("example.com").access),
        api_base=f"{stage.sandbox.url}/slack/api",
    )
    async with AsyncExitStack() as closing:
        out = await closing.enter_async_context(open_slack(settings, application.store, None))
        assert out is not None
        here = await closing.enter_async_context(
            hear_slack(
                out,
                settings,
                application.conversation,
                application.linking,
                lasting=slack_lasting(
                    slack_chat(out, application.store, application.conversation, application.clock), application.store
                ),
            )
        )
        assert here is not None
        if by_socket:
            await closing.enter_async_context(here.connected())
            assert here.socket is not None
            await here.socket.open.wait()
        else:
            app_of_ours = web_app(here.routes, application.metrics)
            url = await closing.enter_async_context(serving(app_of_ours, Listen(port=0), grace=0.0))
            slack.courier.deliver_to(f"{url}/slack/events")
        http = await closing.enter_async_context(aiohttp.ClientSession(stage.sandbox.url))
        yield Members(http, here, stage)
