"""The page on which one person's Slack is looked at and used: /slack/?as=ADDRESS. Everything it shows comes from
/_/slack/screen and is set as text; it asks nobody else for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from sandbox.calls import Handler
from sandbox.slack.files import kind_of
from sandbox.slack.state import State

HERE = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def page_routes(state: State) -> list[web.RouteDef]:
    """The page, what it is made of (read once), and the files that were shared."""
    parts = {path.name: path.read_bytes() for path in HERE.iterdir()}

    async def file(request: web.Request) -> web.Response:
        found = state.files.of(request.match_info["id"])
        if found is None or not found.finished:
            raise web.HTTPNotFound
        return web.Response(body=found.content, content_type=kind_of(found), headers=HEADERS)

    def part(name: Callable[[web.Request], str]) -> Handler:
        async def answer(request: web.Request) -> web.Response:
            if name(request) not in parts:
                raise web.HTTPNotFound
            kind = KINDS[Path(name(request)).suffix]
            return web.Response(body=parts[name(request)], content_type=kind, charset="utf-8", headers=HEADERS)

        return answer

    return [
        web.get("/slack/", part(lambda _request: "slack.html")),
        web.get("/slack/static/{name}", part(lambda request: request.match_info["name"])),
        web.get("/slack/shared/{id}", file),
    ]
