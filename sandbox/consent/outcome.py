"""What a visit to a consent page comes to: a page, or the way back to the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web

from sandbox.consent.pages import back_by_post
from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Page:
    """Something for the person to read, and mostly to decide."""

    html: str
    status: int = 200

    def response(self) -> web.Response:
        # As the services do: their pages are not to be framed, kept, or told of to others.
        headers = {"Cache-Control": "no-store", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}
        return web.Response(text=self.html, content_type="text/html", status=self.status, headers=headers)


@dataclass(frozen=True, slots=True)
class Return:
    """Back to a registered redirect_uri with an answer, in its query or (`by_post`) as a form that sends itself."""

    redirect_uri: str
    answer: Mapping[str, str] = field(default_factory=dict)
    by_post: bool = False

    @property
    def url(self) -> str:
        if self.by_post:
            return self.redirect_uri
        return f"{self.redirect_uri}{'&' if '?' in self.redirect_uri else '?'}{urlencode(self.answer)}"

    def response(self) -> web.Response:
        if self.by_post:
            return Page(back_by_post(self.redirect_uri, self.answer)).response()
        return web.Response(status=302, headers={"Location": self.url, "Cache-Control": "no-store"})

    def json(self) -> dict[str, Json]:
        """What a browser would send next."""
        return {
            "method": "POST" if self.by_post else "GET",
            "url": self.url,
            "form": dict(self.answer) if self.by_post else {},
        }


Outcome = Page | Return


class Blocked(Exception):
    """The request itself is wrong, or nobody here may allow it: the vendor says so on a page of its own, and sends
    nobody anywhere. `code` is the vendor's ("redirect_uri_mismatch", "AADSTS50011")."""

    def __init__(self, code: str, sentence: str, *, status: int = 400) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.status = status
