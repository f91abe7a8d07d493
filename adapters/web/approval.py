"""GET /consent/microsoft/callback: an administrator comes back from Entra's page. Nothing of it is believed."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.words import PageWords, Text
from calendar_core.connecting import Approving
from calendar_core.connecting.approving import Approved
from calendar_core.errors import StoreUnavailable

from .connect_pages import notice_page
from .hostile import Unbelievable, fields_of
from .oauth import language_of
from .page import shown

PAGES: dict[Approved, tuple[Text, Text, int]] = {
    Approved.YES: (PageWords.APPROVED_TITLE, PageWords.APPROVED, 200),
    Approved.LATER: (PageWords.APPROVED_LATER_TITLE, PageWords.APPROVED_LATER, 200),
    Approved.SOMEWHERE: (PageWords.APPROVED_TITLE, PageWords.APPROVED_FOR_PEOPLE, 200),
    Approved.DECLINED: (PageWords.NOT_APPROVED_TITLE, PageWords.NOT_APPROVED, 200),
    Approved.FOREIGN: (PageWords.NOT_APPROVED_TITLE, PageWords.FOREIGN_TENANT, 403),
    Approved.TAKEN: (PageWords.NOT_USED_TITLE, PageWords.TAKEN_TENANT, 403),
    Approved.NOTHING: (PageWords.ANSWERS_NOTHING_TITLE, PageWords.NOTHING_ASKED, 403),
}


@dataclass(frozen=True, slots=True)
class ApprovalSite:
    """The page that an administrator sees at the end."""

    approving: Approving

    def routes(self) -> list[web.RouteDef]:
        """The one of this module's docstring."""
        return [web.get("/consent/microsoft/callback", self._answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        try:
            title, text, status = PAGES[await self.approving.answered(fields_of(request.query_string))]
        except Unbelievable:
            title, text, status = PageWords.TOO_LONG_TITLE, PageWords.TOO_LONG, 400
        except StoreUnavailable:
            title, text, status = PageWords.STORE_AWAY_TITLE, PageWords.STORE_AWAY_PAGE, 503
        language = language_of(request)
        tone = "done" if title is PageWords.APPROVED_TITLE else "trouble"
        return shown(notice_page(title, text, language, tone=tone), language, status)
