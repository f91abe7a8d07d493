"""The addresses that chats send to, tried as a stranger would: something of ours has to be there, and to refuse."""

from __future__ import annotations

import aiohttp

from calendar_core.examining.finding import Finding, ok, problem

from .surroundings import HERE, PATIENCE


async def refuses_strangers(chat: str, url: str, connections: aiohttp.ClientSession) -> Finding:
    """Sends what nobody has signed. Asked from here: that the chat's own servers find the way cannot be seen from
    inside."""
    what = f"{chat} is heard at {url}, and nobody else"
    try:
        async with connections.post(url, json={}, timeout=PATIENCE, allow_redirects=False) as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError):
        return problem(HERE, what, "It does not answer. Start `pairtime serve`, and have the proxy lead there.")
    if status == 401:
        return ok(HERE, what)
    if status == 503:
        return problem(HERE, what, "It cannot check signatures now: look at this machine's way to the network.")
    if 200 <= status < 300:
        return problem(HERE, what, "It takes what nobody has signed: have the proxy lead to `pairtime serve` itself.")
    return problem(HERE, what, f"Something else answers there ({status}): have the proxy pass this path on, unchanged.")
