"""The demo's page: three chats side by side, the calendars they are about, and the world's clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from adapters.homes import NAMES

from .guard import guarded

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " frame-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody the page can speak as."""

    email: str
    name: str
    role: str
    time_zone: str

    @property
    def first_name(self) -> str:
        """For buttons and tabs."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class DemoPage:
    """`panes` are the three who are shown at first, `chats` by address in which chat those are who are not on the
    console: "slack" or "teams"; `hints` are things to say, by role."""

    programme: str
    people: Sequence[Speaker]
    panes: Sequence[Speaker]
    hints: Mapping[str, Sequence[str]]
    chats: Mapping[str, str] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """The page at /, and what it is made of, read once."""
        parts = {path.name: path.read_bytes() for path in (HERE / "static").iterdir()}

        async def show(_request: web.Request) -> web.Response:
            return web.Response(text=self._rendered(), content_type="text/html", headers=HEADERS)

        async def part(request: web.Request) -> web.Response:
            name = request.match_info["name"]
            if name not in parts:
                raise web.HTTPNotFound
            return web.Response(body=parts[name], content_type=KINDS[Path(name).suffix], headers=HEADERS)

        return [web.get("/", guarded(show)), web.get("/console/static/{name}", guarded(part))]

    def _rendered(self) -> str:
        # Loaded by the first who looks: a demo without a browser starts quicker.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        return environment.get_template("demo.html").render(
            programme=self.programme,
            people=self.people,
            panes=self.panes,
            hints=self.hints,
            chats=self.chats,
            names=NAMES,
        )
