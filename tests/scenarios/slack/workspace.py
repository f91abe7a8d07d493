"""The sandbox's Slack before a running demo: over HTTP, where the demo is set up for that, or over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from adapters.cli.playing import Stage
from adapters.main.slack import hear_slack, open_slack, slack_chat, slack_files, slack_lasting
from adapters.secret import Secret
from adapters.slack_values import SlackSettings

from .member import Members


@asynccontextmanager
async def in_slack(stage: Stage, *, by_socket: bool = False) -> AsyncIterator[Members]:
    """The people of a stage that is set up with Slack. `by_socket`: what they do comes down a line instead, which is
    what Slack prefers where one is open."""
    async with AsyncExitStack() as closing:
        http = await closing.enter_async_context(aiohttp.ClientSession(stage.sandbox.url))
        here = stage.application.slack
        if by_socket:
            assert stage.slack is not None
            app_token = Secret(stage.sandbox.slack.installed.app.app_token)
            settings = SlackSettings(app_token=app_token, bot_token=Secret(stage.slack.token), api_base=stage.slack.api)
            application = stage.application
            out = await closing.enter_async_context(open_slack(settings, application.store, None))
            assert out is not None
            chat = slack_chat(out, application.store, application.conversation, application.clock)
            lasting = slack_lasting(chat, application.store)
            files = slack_files(out, application.store, application.clock)
            here = await closing.enter_async_context(
                hear_slack(out, settings, application.conversation, application.linking, files=files, lasting=lasting)
            )
            assert here is not None
            await closing.enter_async_context(here.connected())
            assert here.socket is not None
            await here.socket.open.wait()
        assert here is not None
        yield Members(http, here, stage)
