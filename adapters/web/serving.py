"""Serves an application at an address, and stops in order: no new requests, the present ones to their end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket

from aiohttp import web

from adapters.setting_values import Listen

GRACE_SECONDS = 35.0  # longer than a person waits for a booking


@asynccontextmanager
async def serving(app: web.Application, listen: Listen | socket, grace: float = GRACE_SECONDS) -> AsyncIterator[str]:
    """Gives the URL, without a slash at the end. A socket is one that is bound already: so its address can be known
    before there is anything to serve. Raises OSError if the address is taken."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=grace)
    await runner.setup()
    try:
        site: web.BaseSite
        if isinstance(listen, socket):
            site = web.SockSite(runner, listen)
        else:
            site = web.TCPSite(runner, listen.host, listen.port)
        await site.start()
        host, port = runner.addresses[0][:2]
        host = host if isinstance(listen, socket) else listen.host
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}"
    finally:
        await runner.cleanup()
