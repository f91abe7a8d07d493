"""The peer: a bare aiohttp handler that verifies the signature, as Slack's own library does, and nothing else.

`python -m tests.bench.slack_peer SECRET` prints its address.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from adapters.setting_values import Listen
from adapters.web.serving import serving


def bare(secret: str) -> web.Application:
    """200 for a right signature, 401 for anything else."""
    verifier = SignatureVerifier(secret)

    async def receive(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = (await request.read()).decode()
        return web.Response(status=200 if verifier.is_valid_request(body, headers) else 401)

    app = web.Application()
    app.add_routes([web.post("/slack/events", receive)])
    return app


async def _serve(secret: str) -> None:
    async with serving(bare(secret), Listen(port=0), grace=0.0) as url:
        sys.stdout.write(f"Serving at {url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
