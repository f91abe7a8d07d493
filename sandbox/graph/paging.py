"""Pages of a list: each but the last ends with a link to the next, good only if sent back byte for byte."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import quote

from aiohttp import web

from sandbox.graph.errors import GraphError
from sandbox.graph.querying import Options
from sandbox.world import Event


class Pages:
    """The links given out and where each goes on."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[str, int]] = {}

    def page(self, request: web.Request, found: Sequence[Event], asked: Options) -> tuple[Sequence[Event], str | None]:
        """This page's events, and the link to the next one if there are more."""
        start = self._start(request, asked.token)
        end = start + asked.top
        return found[start:end], self._link(request, end) if end < len(found) else None

    def _start(self, request: web.Request, token: str | None) -> int:
        if token is None:
            return 0
        path, start = self._given.get(token, ("", 0))
        if path != request.raw_path:
            raise GraphError(400, "BadRequest", "The $skiptoken is invalid, or the link was not sent back as given.")
        return start

    def _link(self, request: web.Request, start: int) -> str:
        token = f"{secrets.token_urlsafe(9)}/+={start}"
        path, _, query = request.raw_path.partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith("%24skiptoken=")]
        # Encoded more than a client would: one that takes the link apart and builds it anew is found out.
        next_path = f"{path}?" + "&".join([*kept, f"%24skiptoken={quote(token, safe='')}"])
        self._given[token] = (next_path, start)
        return f"{request.scheme}://{request.host}{next_path}"
