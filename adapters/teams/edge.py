"""From a request to an activity that is believed: what anybody else sends is answered here, and goes no further."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from aiohttp import web

from .activity import Activity, activity_of
from .auth import Authentication, Untrusted
from .service_urls import is_allowed
from .signing_keys import KeysUnavailable

LARGEST = 256 * 1024
ASK_AGAIN = "30"  # seconds
SERVICE_HOSTS = ("smba.trafficmanager.net", "botframework.com", "teams.microsoft.com")


class Edge:
    """Reads requests. `tenants` says whether anybody of that tenant is served here; `services` are those to which
    answers, with a token of ours, may be sent (`is_allowed`)."""

    def __init__(
        self,
        authentication: Authentication,
        tenants: Callable[[str], bool],
        services: Collection[str] = SERVICE_HOSTS,
    ) -> None:
        self._authentication = authentication
        self._tenants = tenants
        self._services = services

    async def activity(self, request: web.Request) -> Activity:
        """The activity. Raises the answer otherwise: 401, 403, 400, 413 or 415, and 503 while Microsoft's keys are not
        to be had, upon which Teams asks again. Nothing is read of a request whose token is not believed."""
        try:
            proof = await self._authentication.proof(request.headers.getall("Authorization", []))
            raw = await object_of(request)
            proof.insist_sent(raw)
        except Untrusted:
            raise web.HTTPUnauthorized(
                reason="This is not signed by Microsoft for this bot", headers={"WWW-Authenticate": "Bearer"}
            ) from None
        except KeysUnavailable:
            raise web.HTTPServiceUnavailable(
                reason="Microsoft's keys cannot be read now", headers={"Retry-After": ASK_AGAIN}
            ) from None
        try:
            activity = activity_of(raw)
        except ValueError:
            raise web.HTTPBadRequest(reason="This is no activity of Teams") from None
        if not is_allowed(activity.service_url, self._services):
            raise web.HTTPForbidden(reason="Answers are not sent to that service")
        if not self._tenants(activity.tenant):
            raise web.HTTPForbidden(reason="That tenant is not served here")
        return activity


async def object_of(request: web.Request) -> dict[str, object]:
    """The body. Raises the answer for one that is too large, of another kind, or no JSON object."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(reason="Send application/json")
    told = b""
    async for piece in request.content.iter_any():  # as it comes unpacked: a small request may hold a large one
        told += piece
        if len(told) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(told), reason="Send at most 256 KiB")
    try:
        raw: object = json.loads(told.decode())  # UTF-8 alone: `json` would take UTF-16 too
        if b"\\u" in told:  # halves of letters can be written so, which nothing can send or store
            json.dumps(raw, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(reason="This is no JSON") from None
    if not isinstance(raw, dict):
        raise web.HTTPBadRequest(reason="Send one JSON object")
    return raw
