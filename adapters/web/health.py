"""How the process is watched: alive, ready to work, and its figures."""

from __future__ import annotations

import asyncio

from aiohttp import web

from calendar_core.errors import StoreUnavailable
from calendar_core.ports import Jobs

from .metrics import Metrics

PATIENCE_SECONDS = 4.0  # whoever asks gives up after five or ten


def health_routes(jobs: Jobs, metrics: Metrics, patience: float = PATIENCE_SECONDS) -> list[web.RouteDef]:
    """Live as long as it answers at all; ready while the database answers within `patience` seconds."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def ready(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience):
                await jobs.dead()
        except (StoreUnavailable, TimeoutError):
            return web.json_response({"status": "the database does not answer"}, status=503)
        return web.json_response({"status": "ready"})

    async def figures(_request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience):
                dead = await jobs.dead()
        except (StoreUnavailable, TimeoutError):
            return web.json_response({"error": "The database does not answer."}, status=503)
        body = metrics.written(dead)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return [web.get("/health/live", live), web.get("/health/ready", ready), web.get("/metrics", figures)]
