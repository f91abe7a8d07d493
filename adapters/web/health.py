"""How the process is watched: alive, ready to work, and its figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import web

from calendar_core.errors import StoreUnavailable
from calendar_core.ports import Jobs

from .metrics import Metrics

PATIENCE_SECONDS = 4.0  # whoever asks gives up after five or ten


def health_routes(
    jobs: Jobs,
    metrics: Metrics,
    patience: float = PATIENCE_SECONDS,
    lines: Callable[[], Mapping[str, int]] = dict,
) -> list[web.RouteDef]:
    """Live as long as it answers at all; ready while the database answers within `patience` seconds. `lines`: how many
    connections are open to chats that are heard by connections of ours; without any it is ready still, and says so."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def ready(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience):
                await jobs.dead()
        except (StoreUnavailable, TimeoutError):
            return web.json_response({"status": "the database does not answer"}, status=503)
        chats = {chat: "connected" if count else "not connected" for chat, count in lines().items()}
        return web.json_response({"status": "ready", **chats})

    async def figures(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience):
                dead = await jobs.dead()
        except (StoreUnavailable, TimeoutError):
            return web.json_response({"error": "The database does not answer."}, status=503)
        body = metrics.written(dead, lines())
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return [web.get("/health/live", live), web.get("/health/ready", ready), web.get("/metrics", figures)]
