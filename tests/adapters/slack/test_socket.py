"""Socket Mode's connections: kept, counted, opened anew without haste, by way of the sandbox's Slack."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from adapters.cli.playing import Stage
from adapters.main.slack import hear_slack, open_slack
from adapters.recent import Recent
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.front import Ack, Hearing
from adapters.slack.payload import JSON
from adapters.slack.socket import FIRST_WAIT, LONGEST_WAIT, STEADY, SocketMode
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.health import health_routes
from adapters.web.serving import serving
from sandbox.app import Sandbox
from sandbox.faults import Fault, Faults
from sandbox.slack import Slack
from sandbox.world import Json
from tests.staging import stage

__all__ = ["stage"]

EVENT: dict[str, Json] = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened"}}


@dataclass
class Line:
    """`waited` are the pauses so far, which take no time; `seconds` is the clock that connections are measured by."""

    slack: Slack
    faults: Faults
    waited: list[float] = field(default_factory=list)
    seconds: float = 0.0
    payloads: list[dict[str, object]] = field(default_factory=list)
    has_room: bool = True
    sessions: Callable[[], aiohttp.ClientSession] = aiohttp.ClientSession
    pausing: Callable[[], Awaitable[None]] | None = None

    async def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        await asyncio.sleep(0)
        if self.pausing is not None:
            await self.pausing()

    def take(self, payload: dict[str, object]) -> bool:
        if self.has_room:
            self.payloads.append(payload)
        return self.has_room

    async def dispatch(self, payload: dict[str, object]) -> Ack:
        self.payloads.append(payload)
        return Ack('{"response_action": "clear"}', JSON)

    @asynccontextmanager
    async def running(self, api: str = "", token: str = "") -> AsyncIterator[SocketMode]:
        """The side under test."""
        socket = SocketMode(
            self.sessions,
            api or self.slack.api,
            Secret(token or self.slack.installed.app.app_token),
            Hearing(self.dispatch, self.take, Recent(lambda: self.seconds)),
            greeted_within=0.05 if api else 10.0,
            pause=self.pause,
            now=lambda: self.seconds,
        )
        running = asyncio.create_task(socket.run())
        try:
            yield socket
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def until(self, so: Callable[[], bool]) -> None:
        """Nobody tells of it."""
        async with asyncio.timeout(30):
            while not so():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.001)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with Sandbox() as sandbox:
        yield Line(sandbox.slack, sandbox.faults)


async def test_it_is_open_while_slack_greets_and_not_when_the_last_connection_is_gone(line: Line) -> None:
    gate = asyncio.Event()
    line.pausing = lambda: _passed(gate)
    async with line.running() as socket:
        await line.until(lambda: socket.connections == 2)
        assert socket.open.is_set()
        assert await line.slack.lines.refresh("warning") == 2
        await line.until(lambda: socket.connections == 0)
        assert not socket.open.is_set()
        gate.set()
        await socket.open.wait()
        assert line.slack.lines.open > 0
    assert socket.connections == 0
    assert not socket.open.is_set()


async def test_connections_that_are_greeted_and_ended_at_once_are_opened_less_and_less_often(line: Line) -> None:
    async with line.running():
        while LONGEST_WAIT not in line.waited:
            await line.until(lambda: line.slack.lines.open > 0)
            await line.slack.lines.refresh("refresh_requested")
    counted = Counter(line.waited)
    assert counted[FIRST_WAIT] == 2, "each of the two begins with the shortest pause, and comes back to it no more"
    assert sorted(counted) == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0]
    assert max(counted[wait] for wait in counted if wait < LONGEST_WAIT) == 2


async def test_after_a_steady_connection_the_next_follows_at_once(line: Line) -> None:
    async with line.running() as socket:
        for _ in range(3):
            await line.until(lambda: socket.connections == line.slack.lines.open == 2)
            line.seconds += STEADY
            await line.slack.lines.refresh("refresh_requested")
        await socket.open.wait()
    assert line.waited == []


async def test_a_session_that_was_closed_is_not_tried_for_ever(line: Line) -> None:
    made: list[aiohttp.ClientSession] = []
    closed = [aiohttp.ClientSession() for _ in range(3)]
    for each in closed:
        await each.close()

    def session() -> aiohttp.ClientSession:
        made.append(closed[len(made)] if len(made) < len(closed) else aiohttp.ClientSession())
        return made[-1]

    line.sessions = session
    async with line.running() as socket:
        await line.until(lambda: socket.connections == 2)
    assert len(made) == len(closed) + 2, "each try has a session of its own"
    assert len(line.waited) == len(closed)
    assert all(each.closed for each in made)


async def test_a_connection_on_which_nobody_greets_is_given_up(line: Line) -> None:
    opened: list[web.WebSocketResponse] = []

    async def silent(request: web.Request) -> web.WebSocketResponse:
        opened.append(web.WebSocketResponse())
        await opened[-1].prepare(request)
        async for _ in opened[-1]:
            pass
        return opened[-1]

    async def address(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://{request.host}/silent"})

    app = web.Application()
    app.add_routes([web.post("/api/apps.connections.open", address), web.get("/silent", silent)])
    async with serving(app, Listen(port=0), grace=0.0) as url, line.running(f"{url}/api", "xapp-1-A0-1-a") as socket:
        await line.until(lambda: len(opened) > 4)
        assert socket.connections == 0
        assert not socket.open.is_set()
    assert line.waited[:2] == [FIRST_WAIT, FIRST_WAIT]


async def test_a_refused_token_is_tried_less_and_less_often(line: Line) -> None:
    async with line.running(token="xapp-1-A0-1-wrong") as socket:
        await line.until(lambda: LONGEST_WAIT in line.waited)
        assert not socket.open.is_set()


async def test_slack_says_when_it_wants_to_be_asked_again(line: Line) -> None:
    line.faults.add(Fault("status", vendor="slack", operation="apps.connections.open", status=429, retry_after=77))
    async with line.running() as socket:
        await line.until(lambda: socket.connections == 2)
    assert line.waited == [77.0]


async def test_an_envelope_that_comes_twice_is_done_once_and_acknowledged_twice(line: Line) -> None:
    async with line.running() as socket:
        await socket.open.wait()
        for _ in range(2):
            assert await line.slack.lines.send("events_api", EVENT, 5) is None
        assert line.payloads == [EVENT]


async def test_what_there_is_no_room_for_is_not_acknowledged_and_done_when_it_comes_again(line: Line) -> None:
    async with line.running() as socket:
        await socket.open.wait()
        line.has_room = False
        assert await line.slack.lines.send("events_api", EVENT, 0.1) is False
        line.has_room = True
        assert await line.slack.lines.send("events_api", EVENT, 5) is None
        assert line.payloads == [EVENT]


async def test_a_form_is_answered_with_its_acknowledgement(line: Line) -> None:
    async with line.running() as socket:
        await socket.open.wait()
        answer = await line.slack.lines.send("interactive", {"type": "view_submission"}, 5)
        assert answer == {"response_action": "clear"}


async def test_whoever_watches_the_process_sees_whether_slack_is_connected(stage: Stage) -> None:
    application, slack = stage.application, stage.sandbox.slack
    settings = SlackSettings(
        app_token=Secret(slack.installed.app.app_token),
        bot_token=Secret(slack.installed.install("example.com").access),
        api_base=slack.api,
    )
    async with (
        open_slack(settings, application.store, None) as out,
        hear_slack(out, settings, application.conversation, application.linking) as here,
    ):
        assert here is not None
        assert here.socket is not None
        socket = here.socket
        routes = health_routes(application.store.jobs, application.metrics, lines=lambda: {"slack": socket.connections})
        async with (
            serving(web_app(routes, application.metrics), Listen(port=0), grace=0.0) as url,
            aiohttp.ClientSession(url) as http,
        ):
            assert await _told(http) == ("not connected", "0.0")
            async with here.connected():
                await socket.open.wait()
                assert (await _told(http))[0] == "connected"
            assert await _told(http) == ("not connected", "0.0")


async def _told(http: aiohttp.ClientSession) -> tuple[str, str]:
    """As /health/ready and as /metrics have it."""
    async with http.get("/health/ready") as answer:
        ready = await answer.json()
    async with http.get("/metrics") as answer:
        figures = (await answer.text()).splitlines()
    [gauge] = [each for each in figures if each.startswith('pairtime_chat_connections{chat="slack"}')]
    assert ready["status"] == "ready"
    return str(ready["slack"]), gauge.split()[-1]


async def _passed(gate: asyncio.Event) -> None:
    await gate.wait()
