"""The app's Home: what is planned, how one's calendar stands, what is set; and for admins whose calendar does not work.

Everything in it is asked as every chat asks it. Presses are answered in the conversation, but for what looks further
in the admin's list: that is shown here.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.buttons import command_of
from bot.commands import Command, ShowSessions, ShowStatus, StatusOf, WhoHasntIntegrated
from bot.own_commands import ShowSettings
from bot.replies import Answer, PeopleListed, Reader, Refused
from calendar_core.errors import OldButton, ProviderError, StoreUnavailable

from .answering import Answering
from .heard import Heard
from .installation import Installation
from .payload import Payload, list_at, text_at
from .render.home_view import HERE, PAGE, PERSON, WHAT, HomeShown, away, home
from .who import Speaker

log = logging.getLogger(__name__)

LONGEST_NAME = 100
HOME = "home"  # the lane in which one person's are drawn


@dataclass(frozen=True, slots=True)
class Home:
    """One for each person, drawn when it is opened and after every press in it."""

    answering: Answering

    def show(self, heard: Heard) -> None:
        """Draws it anew, soon."""
        self.answering.take(heard, lambda: self._published(heard, WhoHasntIntegrated()), lane=HOME)

    def acted(self, heard: Heard, body: Payload) -> None:
        """Looks further in the admin's list: a page, one name, all of it. What cannot be read shows the first page."""
        action = list_at(body, "actions")[0]
        self.answering.take(heard, lambda: self._published(heard, _looked_for(action)), lane=HOME)

    async def _published(self, heard: Heard, people: Command) -> None:
        installation = await self.answering.installed(heard)
        if installation is None:
            return
        view = away(Reader(self.answering.people.language_of(heard, installation)))
        try:
            speaker = await self.answering.people.speaker(heard, installation)
            view = home(await self._asked(speaker, people))
        except (StoreUnavailable, ProviderError):
            log.info("slack: a Home could not be filled")
        await self._publish(heard, installation, view)

    async def _asked(self, speaker: Speaker, people: Command) -> HomeShown:
        look = self.answering.conversation.look
        sessions = await look(speaker.who, ShowSessions())
        if isinstance(sessions.reply, Refused):  # nobody's account, or of somebody who left: what to do is in there
            return HomeShown(sessions)
        status, own, admin = await asyncio.gather(
            look(speaker.who, ShowStatus()), look(speaker.who, ShowSettings()), look(speaker.who, WhoHasntIntegrated())
        )
        if not isinstance(admin.reply, PeopleListed):
            return HomeShown(sessions, status, own)
        found: Answer = admin if people == WhoHasntIntegrated() else await look(speaker.who, people)
        return HomeShown(sessions, status, own, found)

    async def _publish(self, heard: Heard, installation: Installation, view: object) -> None:
        try:
            await self.answering.calls.call(installation, "views.publish", user_id=heard.user, view=view)
        except ProviderError as error:
            log.info("slack: a Home was not shown", extra={"code": getattr(error, "code", None)})


def _looked_for(action: object) -> Command:
    """Only what an admin's list leads to: the Home itself changes nothing."""
    name = text_at(action, "action_id")
    if name == PERSON:
        typed = text_at(action, "value").strip()[:LONGEST_NAME]
        return StatusOf(typed) if typed else WhoHasntIntegrated()
    token = text_at(action, "value") if name.startswith(PAGE) else ""
    if name == WHAT:
        token = text_at(action, "selected_option", "value")
    try:
        command = command_of(token)
    except OldButton:
        return WhoHasntIntegrated()
    return command if isinstance(command, HERE) else WhoHasntIntegrated()
