"""Installing Pairtime in Slack, in a browser.

GET /slack/install          sends it to Slack's page
GET /slack/oauth_redirect   Slack's answer: what came of it
"""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.replies import Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import PageWords, SlackPageWords, Text
from calendar_core.errors import StoreUnavailable
from calendar_core.ports import Installed, Installing
from calendar_core.sign_in import new_secret

from .hostile import BrowserCookie, Unbelievable, fields_of
from .oauth import language_of
from .page import PAGE, Page, shown
from .whence import whence

PAGES: dict[Installed, tuple[Text, Text, int]] = {
    Installed.YES: (SlackPageWords.INSTALLED_TITLE, SlackPageWords.INSTALLED, 200),
    Installed.DECLINED: (SlackPageWords.NOT_INSTALLED_TITLE, SlackPageWords.SAID_NO_TO_SLACK, 200),
    Installed.FOREIGN: (SlackPageWords.NOT_INSTALLED_TITLE, SlackPageWords.NOT_ASKED_HERE, 403),
    Installed.UNAVAILABLE: (SlackPageWords.NOT_INSTALLED_TITLE, SlackPageWords.SLACK_AWAY, 503),
    Installed.REFUSED: (SlackPageWords.NOT_INSTALLED_TITLE, SlackPageWords.SLACK_REFUSED, 502),
}


@dataclass(frozen=True, slots=True)
class SlackInstallSite:
    """Both routes of this module's docstring."""

    installing: Installing
    cookie: BrowserCookie

    def routes(self) -> list[web.RouteDef]:
        """As above."""
        return [web.get("/slack/install", self._begin), web.get("/slack/oauth_redirect", self._finish)]

    async def _begin(self, request: web.Request) -> web.Response:
        browser = self.cookie.of(request) or new_secret()
        address = await self.installing.begin(browser)
        response = web.Response(status=302, headers={"Location": address, **PAGE})
        self.cookie.give(response, browser)
        return response

    async def _finish(self, request: web.Request) -> web.Response:
        try:
            told = fields_of(request.query_string)
            came_of_it, place = await self.installing.finish(self.cookie.of(request), told, whence(request))
        except Unbelievable:
            return _page(request, SlackPageWords.NOT_INSTALLED_TITLE, SlackPageWords.NOT_ASKED_HERE, 400)
        except StoreUnavailable:
            return _page(request, PageWords.STORE_AWAY_TITLE, PageWords.STORE_AWAY_PAGE, 503)
        title, text, status = PAGES[came_of_it]
        return _page(request, title, text, status, place=place, done=came_of_it is Installed.YES)


def _page(
    request: web.Request, title: Text, text: Text, status: int, *, place: str = "", done: bool = False
) -> web.Response:
    language = language_of(request)
    voice = Voice(Reader(language))
    said = voice.say(sentence(text, place=place)) if place else voice.say(sentence(text))
    page = Page(title=voice.say(sentence(title)), paragraphs=(said,), tone="done" if done else "trouble")
    return shown(page, language, status)
