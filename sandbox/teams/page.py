"""The page on which one person's Teams is looked at and used: /teams/?as=ADDRESS. Everything it shows comes from
/_/teams/screen and is set as text; it asks nobody else for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from sandbox.calls import Handler
from sandbox.teams.files import Files

HERE = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def teams_page(files: Files) -> list[web.RouteDef]:
    """The page, what it is made of (read once), and the files that were handed over."""
    parts = {path.name: path.read_bytes() for path in HERE.iterdir()}

    async def file(request: web.Request) -> web.Response:
        found = files.of(request.match_info["id"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found.content, content_type="application/octet-stream", headers=HEADERS)

    def part(name: Callable[[web.Request], str]) -> Handler:
        async def answer(request: web.Request) -> web.Response:
            if name(request) not in parts:
                raise web.HTTPNotFound
            kind = KINDS[Path(name(request)).suffix]
            return web.Response(body=parts[name(request)], content_type=kind, charset="utf-8", headers=HEADERS)

        return answer

    return [
        web.get("/teams/", part(lambda _request: "teams.html")),
        web.get("/teams/static/{name}", part(lambda request: request.match_info["name"])),
        web.get("/teams/shared/{id}", file),
    ]
