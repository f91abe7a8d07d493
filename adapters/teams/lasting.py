"""How a booking ended, and whatever else shows one session, in messages that stay: in the person's chat with the bot,
where it is changed when the session is (decisions/0057).

What only the asker sees in a group is gone after a day, and what answers a press is seen on one device.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.deliver import NotReached, ended
from bot.replies import Answer, SessionShown
from calendar_core.errors import ProviderUnavailable, StoreUnavailable
from calendar_core.people import Identity, User
from calendar_core.ports import People
from calendar_core.session import SessionUid

from .deliver import TeamsChat
from .outlets import Outlet, Posted
from .render import Drawn, drawn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lasting:
    """Its messages have the keys of the notices that are due where no answer arrived: each is one message. `standing`:
    how what somebody was told of a session has to read now."""

    chat: TeamsChat
    people: People
    standing: Callable[[SessionUid, User], Awaitable[Answer | None]]

    async def bring(
        self, who: Identity, answer: Answer, pages: tuple[Drawn, ...], outlet: Outlet, *, shown: bool
    ) -> bool:
        """Whether the person has it. If not, the notice brings it, soon. `shown`: their client draws it already, where
        they asked. Raises ProviderError."""
        shows_a_session = isinstance(answer.reply, SessionShown)
        if not shows_a_session and await outlet.beside(*pages, shown=shown):
            return True  # there is nothing to be kept of it
        notice = ended(answer.reply.outcomes[0].session, answer)
        try:
            user = await self.people.known_as(who)
            if user is None:
                return False
            is_new = await self.chat.post(user, who, notice, instead_of=outlet.replaced, stays=shows_a_session)
        except (ProviderUnavailable, StoreUnavailable) as lost:
            log.warning("teams: it is not known that an answer was brought", extra={"kind": type(lost).__name__})
            await outlet.beside(*pages, shown=shown)
            return False
        except NotReached as refused:
            log.info("teams: nothing can be kept there", extra={"code": refused.code})
            return await outlet.beside(*pages, shown=shown)
        if is_new:
            await outlet.beside(*pages, shown=shown, kept=True)
        elif not shown:  # it was brought before: whoever asks once more is answered once more
            await outlet.answer(*pages)
        return True

    async def keep(self, who: Identity, posted: Posted, answer: Answer) -> None:
        """Of whatever else shows one session it is written down where that stands. Raises StoreUnavailable."""
        if isinstance(answer.reply, SessionShown) and (user := await self.people.known_as(who)):
            await self.chat.kept(user, who, posted, answer.reply.session.uid)

    async def as_it_stands(self, who: Identity, session: SessionUid) -> Drawn | None:
        """What a card of that session has to say to them now; None where there is nothing, or none of theirs. Raises
        StoreUnavailable."""
        user = await self.people.known_as(who)
        answer = await self.standing(session, user) if user is not None else None
        return drawn(answer, stays=True)[0] if answer is not None else None
