"""What a browser sent, before anything is believed of it: sizes, forms, cookies, and whether our own page sent it."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

LONGEST_BODY = 32 * 1024
MOST_FIELDS = 24
LONGEST_VALUE = 8 * 1024  # a vendor's code may have a few thousand characters
FORM = "application/x-www-form-urlencoded"
SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
LASTS = 30 * 60  # seconds a browser is known by its cookie: three steps of ten minutes


class Unbelievable(Exception):
    """Too long, too much, or not a form."""


async def form_of(request: web.Request) -> dict[str, str]:
    """The fields of a form; of one that is there twice, neither. Raises Unbelievable."""
    if request.content_type != FORM or (request.content_length or 0) > LONGEST_BODY:
        raise Unbelievable
    body = await request.content.read(LONGEST_BODY + 1)
    while len(body) <= LONGEST_BODY and (more := await request.content.read(LONGEST_BODY + 1 - len(body))):
        body += more
    if len(body) > LONGEST_BODY:
        raise Unbelievable
    return fields_of(body.decode("ascii", "replace"))


def fields_of(encoded: str) -> dict[str, str]:
    """The fields of a form or of a query; of one that is there twice, neither. Raises Unbelievable."""
    if len(encoded) > LONGEST_BODY:
        raise Unbelievable
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Unbelievable from None
    names = [name for name, _ in pairs]
    if any(len(name) > 64 or len(value) > LONGEST_VALUE for name, value in pairs):
        raise Unbelievable
    return {name: value for name, value in pairs if names.count(name) == 1}


def secret_in(told: Mapping[str, str], name: str) -> str | None:
    """A secret of ours, as far as its form goes."""
    secret = told.get(name, "")
    return secret if SECRET.fullmatch(secret) else None


class BrowserCookie:
    """By which a browser is known again. The vendor's form comes from its own site, so over https the cookie is
    SameSite=None, which only a Secure one may be; over plain http, as on one machine, vendor and we are one site."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        self._name = "__Host-pairtime" if secure else "pairtime"

    def of(self, request: web.Request) -> str | None:
        """None where there is none, or one that we did not give."""
        return secret_in(request.cookies, self._name)

    def give(self, response: web.Response, browser: str) -> None:
        """The browser is known by it for half an hour."""
        same_site = "None" if self._secure else "Lax"
        response.set_cookie(
            self._name, browser, max_age=LASTS, httponly=True, secure=self._secure, samesite=same_site, path="/"
        )


def same_mark(browser: str) -> str:
    """Stands in our forms: another site's page can send the cookie along, but cannot know this."""
    return hashlib.sha256(f"form {browser}".encode()).hexdigest()


def is_own_form(request: web.Request, browser: str | None, told: str) -> bool:
    """Whether the form was on a page that we showed to this browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or browser is None:
        return False
    return hmac.compare_digest(same_mark(browser).encode(), told.encode())
