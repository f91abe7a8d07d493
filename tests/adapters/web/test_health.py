"""How the process is watched, while the database hangs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import aiohttp
import pytest

from adapters.setting_values import Listen
from adapters.web.app import web_app
from adapters.web.health import health_routes
from adapters.web.metrics import Metrics
from adapters.web.serving import serving
from calendar_core.job import Job
from calendar_core.ports import Handler


class HangingJobs:
    """Jobs in a database that takes a question and never answers."""

    async def defer(self, job: Job, *, not_before: datetime | None = None, lock: str | None = None) -> None:
        await asyncio.Event().wait()

    async def run(
        self, handlers: Mapping[str, Handler], periodic: Mapping[str, timedelta] = MappingProxyType({})
    ) -> None:
        await asyncio.Event().wait()

    async def dead(self) -> int:
        await asyncio.Event().wait()
        return 0

    async def overdue(self) -> int:
        return 0


@pytest.fixture
async def url() -> AsyncIterator[str]:
    metrics = Metrics()
    routes = health_routes(HangingJobs(), metrics, patience=0.01)
    async with serving(web_app(routes, metrics), Listen(port=0), grace=0.0) as where:
        yield where


async def test_a_database_that_hangs_is_not_ready_and_the_process_is_live(url: str) -> None:
    async with aiohttp.ClientSession(url) as http:
        statuses = []
        for path in ("/health/live", "/health/ready", "/metrics"):
            async with http.get(path) as answer:
                statuses.append(answer.status)
    assert statuses == [200, 503, 503]
