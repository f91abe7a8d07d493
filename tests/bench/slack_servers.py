"""The two that are compared, each in a process of its own: `python -m tests.bench.slack_servers ours|bare` prints its
port. What an acknowledged command leads to is not done: it is measured apart."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import cast

from aiohttp import web
from slack_sdk.signature import Clock, SignatureVerifier
from typing_extensions import override

from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.answering import Answering
from adapters.slack.app import SlackApp
from adapters.slack.directory_events import DirectoryEvents
from adapters.slack.front import Front, Hearing
from adapters.slack.recent import Recent
from adapters.slack.render import drawn
from adapters.slack.signature import Signature
from adapters.slack_values import ALIASES
from adapters.tasks import Tasks, Turns
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_795_340_000


class HandedOver(Tasks):
    """Takes the work, and leaves it."""

    @override
    def start(self, work: Awaitable[None], sorry: Callable[[], Awaitable[None]] | None = None) -> None:
        """See Tasks."""
        if inspect.iscoroutine(work):
            work.close()


def ours() -> web.Application:
    """The door as it is, up to where the work begins."""
    tasks, nobody = HandedOver(), cast("object", None)
    answering = Answering(
        conversation=nobody,  # type: ignore[arg-type]  # the work would ask these, and is not done
        people=nobody,  # type: ignore[arg-type]
        installations=nobody,  # type: ignore[arg-type]
        calls=nobody,  # type: ignore[arg-type]
        urls=nobody,  # type: ignore[arg-type]
        drawn=drawn,
        tasks=tasks,
        turns=Turns(),
    )
    events = DirectoryEvents(nobody, nobody, tasks)  # type: ignore[arg-type]  # the same
    recent = Recent(monotonic)
    front = Front(
        Hearing(SlackApp(answering, events, ALIASES).dispatch, recent), Signature(Secret(SECRET)), recent, lambda: NOW
    )
    return web_app(front.routes(), Metrics())


def bare() -> web.Application:
    """Verifies the signature, as Slack's own library does, and nothing else."""
    verifier = SignatureVerifier(SECRET, clock=_Stopped())

    async def receive(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = (await request.read()).decode()
        return web.Response(status=200 if verifier.is_valid_request(body, headers) else 401)

    app = web.Application()
    app.add_routes([web.post("/slack/events", receive)])
    return app


class _Stopped(Clock):
    @override
    def now(self) -> float:
        """Always the same."""
        return float(NOW)


async def _serve(app: web.Application) -> None:
    async with serving(app, Listen(port=0), grace=0.0) as url:
        sys.stdout.write(f"{url.rpartition(':')[2]}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve({"ours": ours, "bare": bare}[sys.argv[1]]()))
