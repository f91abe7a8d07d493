"""Connecting one's own calendar in a browser.

GET  /connect/{vendor}?link=      names whom the link connects; changes nothing, however often it is opened
GET  /connect/{vendor}?sign_in=   how far a sign-in has come, for the browser that it is bound to
POST /connect/{vendor}            [Continue], [Sign in again], [Use ...]
GET, POST /connect/{vendor}/callback   the vendor's answer; then the browser is sent to the page above
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from babel import negotiate_locale

from bot.handlers.broken_connection import VENDORS
from bot.words import PageWords, Text
from calendar_core.connecting import InBrowser
from calendar_core.connecting.site import PATHS
from calendar_core.errors import ProviderRejected, ProviderUnavailable, StoreUnavailable
from calendar_core.integration import Suite
from calendar_core.ports import Clock, People
from calendar_core.sign_in import SignIn, SignInState, new_secret

from .connect_pages import CONTINUE, DO, LINK, SAME, SIGN_IN, USE, ConnectPage, notice_page
from .hostile import BrowserCookie, Unbelievable, fields_of, form_of, is_own_form, same_mark, secret_in
from .page import PAGE, part_routes, shown

log = logging.getLogger(__name__)

KEY = re.compile(r"[0-9a-f]{64}")
LANGUAGES = ("en", "de", "es", "fr")
SUITES = {path: suite for suite, path in PATHS.items()}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class ConnectSite:
    """`in_browser` is None where this installation lets nobody connect by themselves."""

    in_browser: InBrowser | None
    people: People
    clock: Clock
    cookie: BrowserCookie

    def routes(self) -> list[web.RouteDef]:
        """All of this module's docstring, and what the pages are made of."""
        vendor = r"/connect/{vendor:google|microsoft}"
        return [
            web.get(vendor, self._answering(self._look)),
            web.post(vendor, self._answering(self._press)),
            web.get(f"{vendor}/callback", self._answering(self._answer)),
            web.post(f"{vendor}/callback", self._answering(self._answer)),
            *part_routes(),
        ]

    # --- pages -------------------------------------------------------------------------------------------------------

    async def _look(self, request: web.Request) -> web.Response:
        told, browser = fields_of(request.query_string), self.cookie.of(request)
        if LINK not in told:
            return await self._standing(request, told.get(SIGN_IN, ""), browser)
        link = secret_in(told, LINK)
        sign_in = await self._core.opened(link) if link else None
        if link is None or sign_in is None or sign_in.suite is not _suite(request):
            return _notice(request, PageWords.NO_LINK_TITLE, PageWords.NO_LINK, 404)
        if sign_in.state is not SignInState.OFFERED:
            return await self._used(request, sign_in, browser)
        if sign_in.is_over(self.clock.now()):
            return _notice(request, PageWords.ENDED_TITLE, PageWords.ENDED, 410)
        browser = browser or new_secret()
        page = await self._page(sign_in, browser)
        response = shown(page.offered(link), page.user.language)
        self.cookie.give(response, browser)
        return response

    async def _used(self, request: web.Request, sign_in: SignIn, browser: str | None) -> web.Response:
        """A link that was spent: its own browser goes on where it is, others are told."""
        if browser is not None and sign_in.is_of(browser):
            raise web.HTTPSeeOther(_standing_at(sign_in))
        return _notice(request, PageWords.USED_TITLE, PageWords.USED, 410)

    async def _standing(self, request: web.Request, key: str, browser: str | None) -> web.Response:
        sign_in = await self._core.seen(key, browser) if KEY.fullmatch(key) else None
        if sign_in is None or browser is None or sign_in.suite is not _suite(request):
            return _notice(request, PageWords.NO_LINK_TITLE, PageWords.NO_LINK, 404)
        page = await self._page(sign_in, browser)
        return shown(page.standing(over=sign_in.is_over(self.clock.now())), page.user.language)

    async def _page(self, sign_in: SignIn, browser: str) -> ConnectPage:
        return ConnectPage(sign_in, await self.people.user(sign_in.user), same_mark(browser))

    # --- buttons -----------------------------------------------------------------------------------------------------

    async def _press(self, request: web.Request) -> web.Response:
        told, browser = await form_of(request), self.cookie.of(request)
        if browser is None or not is_own_form(request, browser, told.get(SAME, "")):
            log.warning("sign-in: a form from elsewhere")
            return _notice(request, PageWords.FROM_ELSEWHERE_TITLE, PageWords.FROM_ELSEWHERE, 403)
        match told.get(DO):
            case value if value == CONTINUE:
                link = secret_in(told, LINK)
                sign_in = await self._core.opened(link) if link else None
            case _:
                key = told.get(SIGN_IN, "")
                sign_in = await self._core.seen(key, browser) if KEY.fullmatch(key) else None
        if sign_in is None or sign_in.suite is not _suite(request):
            return _notice(request, PageWords.NO_LINK_TITLE, PageWords.NO_LINK, 404)
        if told.get(DO) == USE:
            await self._core.use_other(sign_in, browser)
            raise web.HTTPSeeOther(_standing_at(sign_in))
        if (told.get(DO) == CONTINUE) != (sign_in.state is SignInState.OFFERED):
            return await self._used(request, sign_in, browser)
        return await self._begin(request, sign_in, browser)

    async def _begin(self, request: web.Request, sign_in: SignIn, browser: str) -> web.Response:
        page = await self._page(sign_in, browser)
        try:
            address = await self._core.begin(sign_in, browser)
        except ProviderUnavailable:
            return _notice(
                request, PageWords.NOTHING_TITLE, PageWords.UNAVAILABLE, 503, language=page.user.language, about=sign_in
            )
        except ProviderRejected:
            return _notice(
                request, PageWords.NOTHING_TITLE, PageWords.NOT_SET_UP, 503, language=page.user.language, about=sign_in
            )
        if address is not None:
            return shown(page.onward(address), page.user.language)
        if sign_in.is_over(self.clock.now()):
            return _notice(request, PageWords.ENDED_TITLE, PageWords.ENDED, 410, language=page.user.language)
        now = await self._core.seen(sign_in.key, browser)
        if now is None:
            return _notice(request, PageWords.USED_TITLE, PageWords.USED, 410)
        raise web.HTTPSeeOther(_standing_at(now))

    # --- the vendor's answer -----------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.Response:
        told = await form_of(request) if request.method == "POST" else fields_of(request.query_string)
        suite = _suite(request)
        found = await self._core.answer(suite, self.cookie.of(request), told)
        if found is None:
            return _notice(request, PageWords.ANSWERS_NOTHING_TITLE, PageWords.ANSWERS_NOTHING, 403)
        key, browser = found
        response = web.Response(status=303, headers={"Location": f"/connect/{PATHS[suite]}?{SIGN_IN}={key}", **PAGE})
        self.cookie.give(response, browser)
        return response

    # --- what every route shares -------------------------------------------------------------------------------------

    @property
    def _core(self) -> InBrowser:
        if self.in_browser is None:
            raise _NotHere
        return self.in_browser

    def _answering(self, handler: Handler) -> Handler:
        """The handler, with a page for each thing that can be wrong with a request."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPSeeOther as onward:
                return web.Response(status=303, headers={"Location": str(onward.location), **PAGE})
            except _NotHere:
                return _notice(request, PageWords.NOT_HERE_TITLE, PageWords.NOT_HERE, 404)
            except Unbelievable:
                return _notice(request, PageWords.TOO_LONG_TITLE, PageWords.TOO_LONG, 400)
            except StoreUnavailable:
                return _notice(request, PageWords.STORE_AWAY_TITLE, PageWords.STORE_AWAY_PAGE, 503)

        return answer


class _NotHere(Exception):
    """This installation lets nobody connect by themselves."""


def _suite(request: web.Request) -> Suite:
    return SUITES[request.match_info["vendor"]]


def _standing_at(sign_in: SignIn) -> str:
    return f"/connect/{PATHS[sign_in.suite]}?{SIGN_IN}={sign_in.key}"


def _notice(
    request: web.Request, title: Text, text: Text, status: int, *, language: str = "", about: SignIn | None = None
) -> web.Response:
    """In the person's language where one is known, else in one of those the browser asks for."""
    language = language or language_of(request)
    fields = {"vendor": VENDORS[about.suite]} if about else {}
    return shown(notice_page(title, text, language, **fields), language, status)


def language_of(request: web.Request) -> str:
    """Of those we have, the one the browser likes best."""
    liked = [each.partition(";")[0].strip() for each in request.headers.get("Accept-Language", "")[:200].split(",")]
    return negotiate_locale([each for each in liked if each], LANGUAGES, sep="-") or "en"
