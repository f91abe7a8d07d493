"""How the process is watched: alive, ready to work, and its figures."""

from __future__ import annotations

from aiohttp import web

from calendar_core.errors import StoreUnavailable
from calendar_core.ports import Jobs

from .metrics import Metrics


def health_routes(jobs: Jobs, metrics: Metrics) -> list[web.RouteDef]:
    """Live as long as it answers at all; ready while the database does."""

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "live"})

    async def ready(_request: web.Request) -> web.Response:
        try:
            await jobs.dead()
        except StoreUnavailable:
            return web.json_response({"status": "the database does not answer"}, status=503)
        return web.json_response({"status": "ready"})

    async def figures(_request: web.Request) -> web.Response:
        try:
            body = metrics.written(await jobs.dead())
        except StoreUnavailable:
            return web.json_response({"error": "The database does not answer."}, status=503)
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return [web.get("/health/live", live), web.get("/health/ready", ready), web.get("/metrics", figures)]
