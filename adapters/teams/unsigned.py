"""Development without an app: whoever is on this machine may play Teams. Never anywhere else.

It takes an explicit setting, a server that listens on this machine alone, and requests that came straight.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

from aiohttp import web

from .activity import Activity, activity_of
from .auth import CHANNEL
from .edge import object_of
from .service_urls import is_allowed

FORWARDED = re.compile(r"forwarded|via|x-real-ip|x-forwarded-.*", re.IGNORECASE)


class Unsigned:
    """Reads requests as `Edge` does, but for what is signed and for whom."""

    def __init__(self, services: Collection[str]) -> None:
        self._services = services

    async def activity(self, request: web.Request) -> Activity:
        """Raises the answer for what is no activity, and for whoever is somewhere else: 403, 400, 413 or 415."""
        if not _is_here(request.remote or "") or any(FORWARDED.fullmatch(name) for name in request.headers):
            raise web.HTTPForbidden(reason="Without signatures only this machine is heard")
        if request.headers.get("Origin") is not None:
            raise web.HTTPForbidden(reason="No page may play Teams")
        try:
            raw = await object_of(request)
            activity = activity_of(raw)
        except ValueError:
            raise web.HTTPBadRequest(reason="This is no activity of Teams") from None
        if raw.get("channelId") != CHANNEL:
            raise web.HTTPBadRequest(reason="This is of another channel")
        if not is_allowed(activity.service_url, self._services):
            raise web.HTTPForbidden(reason="Answers are not sent to that service")
        return activity


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
