"""Answers go to Slack's own addresses, and to nobody else's who is named in a request."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web

from adapters.setting_values import Listen
from adapters.slack.outlets import ResponseUrls
from adapters.web.serving import serving


class Mailbox:
    """Hears what is posted to it, anywhere."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def app(self) -> web.Application:
        """To be served."""

        async def take(request: web.Request) -> web.Response:
            self.heard.append(str((await request.json())["text"]))
            return web.Response()

        app = web.Application()
        app.add_routes([web.post("/{rest:.*}", take)])
        return app


async def test_a_slack_that_is_played_here_may_answer_at_another_port() -> None:
    mailbox = Mailbox()
    async with serving(mailbox.app(), Listen(port=0), grace=0.0) as url, aiohttp.ClientSession() as http:
        urls = ResponseUrls(http, "http://127.0.0.1:9/api")
        assert await urls.post(f"{url}/commands/1", {"text": "Times"})
        assert not await urls.post(url.replace("//", "//x@"), {"text": "Elsewhere"})
    assert mailbox.heard == ["Times"]


@pytest.mark.parametrize("base", ["https://slack.com/api", "http://slack.example/api"])
async def test_a_true_slack_answers_at_its_own_addresses_alone(base: str) -> None:
    mailbox = Mailbox()
    async with serving(mailbox.app(), Listen(port=0), grace=0.0) as url, aiohttp.ClientSession() as http:
        urls = ResponseUrls(http, base)
        for foreign in (url, f"{url}/slack.com", "https://slack.com.evil.example/x", "https://[", "http:///x"):
            assert not await urls.post(foreign, {"text": "Times"}), foreign
    assert mailbox.heard == []
