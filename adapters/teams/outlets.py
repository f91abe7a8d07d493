"""Where an answer goes: to the one who asked, and to nobody else.

In the two-sided chat as a card there. In a group or a channel as a message for one person's eyes; where that cannot be,
into their chat with the bot, and the group is told no more than that.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from calendar_core.errors import ProviderError, ProviderRejected

from .activity import Activity, Scope
from .connector import Connector, NoSuchMessage, NotThere, Place
from .render import Drawn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands somewhere."""

    place: Place
    message: str


class Outlet(Protocol):
    """Takes one answer, and before it perhaps a word that it takes longer."""

    async def waiting(self, shown: Drawn) -> None:
        """Stands there until the answer takes its place. Raises ProviderError."""

    async def answer(self, *pages: Drawn) -> Posted | None:
        """In their order. Where the first of them stands, if it can be changed there. Raises ProviderError if they
        cannot be brought to the one who asked."""

    @property
    def replaced(self) -> Posted | None:
        """The message of the two-sided chat that the answer takes the place of."""

    async def beside(self, *pages: Drawn, shown: bool, kept: bool = False) -> bool:
        """Where the question was, if that is not the two-sided chat: whether it is read there. `shown`: it is already;
        `kept`: it stands in that chat, too, and need not go there. Raises ProviderError."""


@dataclass(slots=True)
class Direct:
    """The two-sided chat. `message` is the one that the answer takes the place of; `instead` leads to the chat
    that takes its place, where Teams does not know it."""

    connector: Connector
    place: Place
    message: str = ""
    instead: Callable[[Place, NotThere], Awaitable[Place]] | None = None

    async def waiting(self, shown: Drawn) -> None:
        """See Outlet."""
        if not self.message:
            self.message = await self._send(shown)

    async def answer(self, *pages: Drawn) -> Posted | None:
        """See Outlet. What cannot be changed any more is sent anew."""
        first, *others = pages
        message = await self._put_in_place(first) or await self._send(first)
        for page in others:
            await self._send(page)
        return Posted(self.place, message) if message else None

    @property
    def replaced(self) -> Posted | None:
        """See Outlet."""
        return Posted(self.place, self.message) if self.message else None

    async def beside(self, *pages: Drawn, shown: bool, kept: bool = False) -> bool:
        """See Outlet."""
        del pages, shown, kept
        return False

    async def _send(self, shown: Drawn) -> str:
        try:
            return await self.connector.send(self.place, shown.activity())
        except NotThere as refused:
            if self.instead is None:
                raise
            self.place, self.instead = await self.instead(self.place, refused), None
            return await self.connector.send(self.place, shown.activity())

    async def _put_in_place(self, shown: Drawn) -> str:
        """The message that was changed; empty where none was."""
        message, self.message = self.message, ""
        if message:
            try:
                await self.connector.update(self.place, message, shown.activity())
            except NoSuchMessage:
                log.info("teams: what was to be changed is not there")
                return ""
        return message


@dataclass(slots=True)
class ForOne:
    """In a group, for the eyes of `member`. `otherwise` leads to their chat with the bot; `said` tells the group so."""

    connector: Connector
    place: Place
    member: str
    otherwise: Callable[[], Awaitable[Place]]
    said: Callable[[bool], Drawn]
    message: str = ""
    replaced: None = None

    async def waiting(self, shown: Drawn) -> None:
        """See Outlet."""
        if not self.message:
            self.message = await self.connector.send(self.place, shown.activity(), only_for=self.member)

    async def answer(self, *pages: Drawn) -> Posted | None:
        """See Outlet. What does not get through, and what comes after it, goes the other way."""
        await self._answer(pages, kept=False)
        return None

    async def beside(self, *pages: Drawn, shown: bool, kept: bool = False) -> bool:
        """See Outlet."""
        if not shown:
            await self._answer(pages, kept=kept)
        return True

    async def _answer(self, pages: Sequence[Drawn], *, kept: bool) -> None:
        left = list(pages)
        try:
            while left:
                await self._shown(left[0])
                del left[0]
        except ProviderRejected as refused:
            log.info("teams: no message for one person's eyes there", extra={"code": refused.code})
            await self._otherwise([] if kept else left)

    async def _shown(self, shown: Drawn) -> None:
        message, self.message = self.message, ""
        if message:
            with suppress(NoSuchMessage):  # such a message is there for a day only
                await self.connector.update(self.place, message, shown.activity(), targeted=True)
                return
        await self.connector.send(self.place, shown.activity(), only_for=self.member)

    async def _otherwise(self, pages: list[Drawn]) -> None:
        try:
            if pages:
                await Direct(self.connector, await self.otherwise()).answer(*pages)
        except ProviderRejected:
            await self.connector.send(self.place, self.said(False).activity())
            raise  # the group knows what to do, but what was asked is before nobody's eyes
        with suppress(ProviderError):  # it was brought: the group need not know
            await self.connector.send(self.place, self.said(True).activity())


def place_of(activity: Activity) -> Place:
    """The conversation in which something was said."""
    return Place(activity.tenant, activity.service_url, activity.conversation)


def outlet_of(
    activity: Activity,
    connector: Connector,
    otherwise: Callable[[], Awaitable[Place]],
    said: Callable[[bool], Drawn],
    *,
    instead: Callable[[Place, NotThere], Awaitable[Place]],
    replaces: bool = False,
) -> Outlet:
    """Where the answer to what was said or pressed goes. `replaces`: what the button was on is that person's alone, and
    answered them before. A group's message is never replaced: everybody would see the answer."""
    place = place_of(activity)
    if activity.scope is Scope.PERSONAL:
        return Direct(connector, place, activity.reply_to if replaces else "", instead)
    return ForOne(connector, place, activity.sender, otherwise, said)
