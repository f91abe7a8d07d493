"""Serves an application at an address, and stops in order: no new requests, the present ones to their end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from adapters.settings import Listen

GRACE_SECONDS = 35.0  # longer than a person waits for a booking


@asynccontextmanager
async def serving(app: web.Application, listen: Listen, grace: float = GRACE_SECONDS) -> AsyncIterator[str]:
    """Gives the URL, without a slash at the end. Raises OSError if the address is taken."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=grace)
    await runner.setup()
    try:
        site = web.TCPSite(runner, listen.host, listen.port)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://{f'[{listen.host}]' if ':' in listen.host else listen.host}:{port}"
    finally:
        await runner.cleanup()
