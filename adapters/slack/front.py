"""Where Slack sends: POST /slack/events, for commands, buttons, forms and events alike.

Nothing is read before its signature was checked, nothing of it is written to the log, and nobody is asked before it is
answered: what is done about it is handed over. Socket Mode comes in behind the signature, at `Hearing`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from adapters.recent import Recent

from .payload import FORM, JSON, Unreadable, payload_of, text_at
from .signature import Signature

log = logging.getLogger(__name__)

WHERE = "/slack/events"
LONGEST_BODY = 512 * 1024  # a form of a hundred options, and each letter of it as %XX
READ_WITHIN = 10.0  # seconds: whoever proves nothing holds nothing for long
LONGEST_CHALLENGE = 1_000
ANSWERED_IN_WORDS = ("view_submission", "block_suggestion")  # all else is only acknowledged


@dataclass(frozen=True, slots=True)
class Ack:
    """What Slack is answered at once: nothing, as a rule; options of a menu, or what becomes of a form."""

    body: str = ""
    content_type: str = "text/plain"


DONE = Ack()


@dataclass(frozen=True, slots=True)
class Hearing:
    """What both ways in share. `dispatch` finds the answer for what is answered in words, and raises nothing;
    `take` keeps everything else for later, unless there is no room for it."""

    dispatch: Callable[[dict[str, object]], Awaitable[Ack]]
    take: Callable[[dict[str, object]], bool]
    recent: Recent

    async def hear(self, payload: dict[str, object]) -> Ack | None:
        """Answers at once; None if it cannot be taken now, and has to be sent again. An event that Slack sends again,
        because our answer was late or lost, is done once."""
        kind, event = payload.get("type"), ""
        if kind in ANSWERED_IN_WORDS:
            return await self.dispatch(payload)
        match kind:
            case "url_verification":
                challenge = text_at(payload, "challenge")[:LONGEST_CHALLENGE]
                return Ack(json.dumps({"challenge": challenge}), JSON)
            case "event_callback":
                event = text_at(payload, "event_id")
                if not event or not self.recent.is_new(f"event {event}"):
                    return DONE
            case None if payload.get("ssl_check") == "1":
                return DONE
        if self.take(payload):
            return DONE
        self.recent.forget(f"event {event}")
        return None


@dataclass(frozen=True, slots=True)
class Front:
    """The HTTP way in. `now` in seconds since 1970, by real time: others sign by it."""

    hearing: Hearing
    signature: Signature
    recent: Recent
    now: Callable[[], float]

    def routes(self) -> list[web.RouteDef]:
        """One address for everything."""
        return [web.post(WHERE, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        if request.headers.get("Content-Encoding"):  # a few bytes may be very many
            return _refused(415, "Slack sends nothing packed.")
        try:
            body = await _body(request)
        except (web.RequestPayloadError, TimeoutError):
            return _refused(400, "The body broke off.")
        if body is None:
            return _refused(413, "That is longer than anything Slack sends.")
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not timestamp and not signature and _is_ssl_check(body, request.content_type):
            return web.Response()
        if not self.signature.proves(body, timestamp, signature, self.now()):
            return _refused(401, "The signature is not Slack's for this app.")
        if not self.recent.is_new(signature):
            return web.Response()  # the very same request once more: somebody has recorded it
        return await self._proved(body, request.content_type, signature)

    async def _proved(self, body: bytes, content_type: str, signature: str) -> web.Response:
        try:
            payload = payload_of(body, content_type)
        except Unreadable:
            return _refused(400, "The body is no payload of Slack's.")
        ack = await self.hearing.hear(payload)
        if ack is None:
            self.recent.forget(signature)
            return _refused(503, "There is too much to do at the moment.")
        return web.Response(text=ack.body, content_type=ack.content_type) if ack.body else web.Response()


async def _body(request: web.Request) -> bytes | None:
    """As it came; None if it is too long, however long it says it is. Mostly it has come with its headers."""
    if (request.content_length or 0) > LONGEST_BODY:
        return None
    if request.content.is_eof():
        whole = request.content.read_nowait(LONGEST_BODY + 1)
        return whole if len(whole) <= LONGEST_BODY else None
    async with asyncio.timeout(READ_WITHIN):
        body = bytearray(await request.content.read(LONGEST_BODY + 1))
        while len(body) <= LONGEST_BODY and (more := await request.content.read(LONGEST_BODY + 1 - len(body))):
            body += more
    return bytes(body) if len(body) <= LONGEST_BODY else None


def _is_ssl_check(body: bytes, content_type: str) -> bool:
    """Slack asks, without a signature, whether our certificate is good. Nothing is done about it."""
    if len(body) > 1_000 or content_type != FORM:
        return False
    try:
        payload = payload_of(body, content_type)
    except Unreadable:
        return False
    return payload.get("ssl_check") == "1" and payload.keys() <= {"ssl_check", "token"}


def _refused(status: int, sentence: str) -> web.Response:
    log.info("slack: refused", extra={"status": status})
    return web.json_response({"error": sentence}, status=status)
