"""How a booking ended, brought once whatever dies: by a message that stays, in the conversation (decisions/0037).

What only the asker sees is gone with the next reload of Slack, and cannot be changed when the session is.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol

from adapters.deliver import NotReached, ended
from bot.replies import Answer, SessionShown
from calendar_core.errors import ProviderUnavailable, StoreUnavailable
from calendar_core.people import Identity, User

from .deliver import SlackChat
from .outlets import Outlet
from .render import Shown

log = logging.getLogger(__name__)


class Known(Protocol):
    """Who speaks."""

    async def known_as(self, account: Identity) -> User | None:
        """The person whose account it is."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """Its messages have the keys of the notices that are due where no answer arrived: each is one message."""

    chat: SlackChat
    people: Known

    async def bring(self, who: Identity, answer: Answer, pages: tuple[Shown, ...], outlet: Outlet) -> bool:
        """Whether the person has it. If not, the notice brings it, soon."""
        if not isinstance(answer.reply, SessionShown) and await outlet.beside(*pages):
            return True  # there is nothing to be kept of it
        notice = ended(answer.reply.outcomes[0].session, answer)
        try:
            user = await self.people.known_as(who)
            if user is None:
                return False
            stands_in = await self.chat.post(user, who, notice, place=outlet.place, thread=outlet.thread)
        except (ProviderUnavailable, StoreUnavailable) as lost:
            log.warning("slack: it is not known that an answer was brought", extra={"kind": type(lost).__name__})
            await outlet.beside(*pages)
            return False
        except NotReached as refused:
            log.info("slack: nothing can be kept there", extra={"code": refused.code})
            return await outlet.beside(*pages)
        if stands_in is None:  # it was brought before: whoever asks once more is answered once more
            await outlet.answer(*pages)
        else:
            await outlet.beside(*pages, stands_in=stands_in)
        return True
