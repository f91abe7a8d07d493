"""Who may use the console over HTTP: only this machine, only directly, and only pages that came from here."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web

from calendar_core.errors import StoreUnavailable

FORWARDED = re.compile(r"forwarded|via|x-real-ip|x-forwarded-.*", re.IGNORECASE)
OURSELVES = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Mistake(Exception):
    """What was asked cannot be answered: a sentence for whoever asked."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


def guarded(handler: Handler) -> Handler:
    """The handler, for callers on this machine alone. Mistakes become {"error"} with their status."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            refuse_strangers(request)
            return await handler(request)
        except Mistake as mistake:
            return web.json_response({"error": mistake.sentence}, status=mistake.status)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({"error": "That is too long for a message. Say it in fewer words."}, status=400)
        except StoreUnavailable:
            return web.json_response({"error": "The database does not answer. Try again in a minute."}, status=503)

    return answer


def refuse_strangers(request: web.Request) -> None:
    """Raises Mistake unless the caller is on this machine, came straight, and no foreign page sent it."""
    if not _is_loopback(request.remote or "") or any(FORWARDED.fullmatch(name) for name in request.headers):
        raise Mistake("The console answers on this machine alone, without a proxy in between.", 403)
    # A name that somebody else points at 127.0.0.1 would let their page in: the Host has to be ours by itself.
    host = request.headers.get("Host", "")
    if not OURSELVES.fullmatch(host):
        raise Mistake("Open the console as http://127.0.0.1 or http://localhost.", 403)
    origin = request.headers.get("Origin")
    if (origin is not None and origin.lower() != f"http://{host.lower()}") or _is_sent_by_another_site(request):
        raise Mistake("The console takes nothing from another site's page.", 403)
    # Of what a page can post elsewhere without being asked first, nothing is JSON.
    if request.method == "POST" and request.content_type != "application/json":
        raise Mistake("The body has to be sent as application/json.", 415)


def _is_sent_by_another_site(request: web.Request) -> bool:
    """As browsers say themselves; a link that opens in a window of its own is no such request."""
    told = request.headers.get("Sec-Fetch-Site", "none")
    opened = (request.method, request.headers.get("Sec-Fetch-Dest")) == ("GET", "document")
    return told not in ("none", "same-origin") and not opened


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


async def fields_of(request: web.Request, *names: str) -> tuple[str, ...]:
    """The named texts of a JSON object. Raises Mistake for anything else."""
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        wanted = ", ".join(f'"{name}": "..."' for name in names)
        raise Mistake(f"The body has to be a JSON object: {{{wanted}}}.")
    for name in names:
        if not isinstance(body.get(name), str):
            raise Mistake(f'"{name}" is missing, or is no text.')
    return tuple(body[name] for name in names)


def number_of(request: web.Request, name: str, unset: int = 0) -> int:
    """A whole number from the query. Raises Mistake."""
    told = request.query.get(name, str(unset))
    if not WHOLE_NUMBER.fullmatch(told):
        raise Mistake(f"{name} has to be a whole number, not {told[:40]!r}.")
    return int(told)
