"""A plain page for somebody's browser: one card, no script, nothing fetched from elsewhere, nothing kept by caches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from jinja2 import Template

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".svg": "image/svg+xml"}
COMMON = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
PAGE = {**COMMON, "Cache-Control": "no-store"}
PART = {**COMMON, "Cache-Control": "public, max-age=3600"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose calendar it is about."""

    lead: str
    name: str
    email: str

    @property
    def initials(self) -> str:
        """For the round mark beside the name."""
        return "".join(part[0] for part in self.name.split()[:2]).upper()


@dataclass(frozen=True, slots=True)
class Form:
    """A button that sends `fields` to `action`."""

    label: str
    action: str
    fields: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the browser goes by itself, and by the link if it does not."""

    label: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Finished texts, drawn from top to bottom. `tone` is "calm", "done" or "trouble"."""

    title: str
    paragraphs: tuple[str, ...] = ()
    person: Person | None = None
    points_title: str = ""
    points: tuple[str, ...] = ()
    code: str = field(default="", repr=False)
    onward: Onward | None = None
    forms: tuple[Form, ...] = ()
    smalls: tuple[str, ...] = ()
    tone: str = "calm"


def shown(page: Page, language: str, status: int = 200) -> web.Response:
    """The page in that language (a BCP 47 tag)."""
    text = _template().render(page=page, language=language)
    return web.Response(text=text, content_type="text/html", status=status, headers=PAGE)


def part_routes() -> list[web.RouteDef]:
    """What the pages are made of, read once."""
    parts = {path.name: path.read_bytes() for path in (HERE / "static").iterdir()}

    async def part(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in parts:
            raise web.HTTPNotFound
        return web.Response(body=parts[name], content_type=KINDS[Path(name).suffix], headers=PART)

    return [web.get(r"/connect/{name:connect\.css|icon\.svg}", part)]


@cache
def _template() -> Template:
    # Loaded by the first who looks: most processes never draw a page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("connect.html")
