"""The newest pictures of both calendars, each for the one it was made for: in memory, and not for long."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.replies import CalendarsShown, Reader
from bot.sentences import sentence
from bot.wording import LocalTimes, Voice, plain
from bot.words import Words
from calendar_core.errors import NotMatched, ProgrammeClosed, Refusal
from calendar_core.people import MatchId, User, UserId

from .render import Picture

if TYPE_CHECKING:
    from adapters.pictures import Drawing

KEPT = 60
PIXELS_A_POINT = 2


@dataclass(frozen=True, slots=True)
class _Page:
    owner: UserId
    match: MatchId
    drawing: Drawing


class Album:
    """Draws when asked for: most replies are read as text."""

    def __init__(self, insist_on_match: Callable[[User, MatchId], Awaitable[object]]) -> None:
        """`insist_on_match` raises a Refusal where that match is not, or not any more, the person's."""
        self._insist_on_match = insist_on_match
        self._pages: OrderedDict[str, _Page] = OrderedDict()

    def keep(self, user: User, reply: CalendarsShown, reader: Reader) -> Picture:
        """Remembers what is to be drawn; the oldest is forgotten."""
        from adapters.pictures import Names, laid_out

        voice = Voice(reader)
        names = Names(
            yours=voice.say(sentence(Words.PICTURE_YOU)),
            theirs=reply.partner.first_name,
            both=voice.say(sentence(Words.PICTURE_BOTH)),
        )
        drawing = laid_out(reply.view, names, voice.times, LocalTimes.of(reader.language, reply.partner.zone))
        name = token_urlsafe(12)
        self._pages[name] = _Page(user.id, reply.match, drawing)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        where, who = f"/console/pictures/{name}", quote(user.email, safe="@")
        return Picture(
            light=f"{where}-light?as={who}",
            dark=f"{where}-dark?as={who}",
            alt=plain(reply, reader).rpartition("\n")[0],
            width=drawing.width // PIXELS_A_POINT,
            height=drawing.height // PIXELS_A_POINT,
        )

    async def picture(self, user: User, name: str) -> bytes | None:
        """PNG; None for a name that never was, is forgotten, or was made for somebody else, and after the match."""
        from adapters.pictures import Theme, painted

        name, _, theme = name.rpartition("-")
        page = self._pages.get(name)
        if page is None or page.owner != user.id or theme.upper() not in Theme.__members__:
            return None
        try:
            await self._insist_on_match(user, page.match)
        except (NotMatched, ProgrammeClosed):
            self._forget(page.match)
            return None
        except Refusal:
            return None
        return await asyncio.to_thread(painted, page.drawing, Theme[theme.upper()])

    def _forget(self, match: MatchId) -> None:
        """Nobody is to see what its two had to do with each other's time (decision 13)."""
        for name in [name for name, page in self._pages.items() if page.match == match]:
            del self._pages[name]
