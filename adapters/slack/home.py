"""The app's Home: what is planned, how one's calendar stands, what is set; and for admins how everybody's is connected.

Everything in it is asked as every chat asks it. Its buttons are answered in a window, but for what looks further in the
admin's list: that is shown here.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from adapters.tasks import NoRoom
from bot.buttons import command_of
from bot.commands import Command, ShowSessions, ShowStatus, StatusOf, WhoHasntIntegrated
from bot.commands.own import ShowSettings
from bot.replies import Answer, PeopleListed, Reader, Refused
from calendar_core.errors import OldButton, ProviderError, StoreUnavailable
from calendar_core.people import Identity

from .answer_window import AnswerWindow
from .answering import Answering
from .form_fields import pressed_in
from .heard import Heard
from .installation import Installation
from .payload import Payload, list_at, text_at
from .render.buttons import PRESS
from .render.home_view import HERE, PAGE, PERSON, WHAT, HomeShown, away, home
from .who import Speaker

log = logging.getLogger(__name__)

LONGEST_NAME = 100
HOME = "home"  # the lane in which one person's are drawn
REMEMBERED = 1_000  # people who have opened it, in this process
MAY_BE_OPEN_FOR = 3600.0  # seconds since it was opened, or looked further in


@dataclass(frozen=True, slots=True)
class Home:
    """One for each person, drawn when it is opened, after every press in it, and when something was told or answered to
    whoever has opened it: it is opened anew by Slack, but nobody closes it."""

    answering: Answering
    answers: AnswerWindow
    now: Callable[[], float]  # seconds, never going back
    _opened: OrderedDict[Identity, tuple[Heard, float]] = field(default_factory=OrderedDict)

    def show(self, heard: Heard) -> None:
        """It was opened: draws it anew, soon."""
        self.answering.take(heard, lambda: self._looked_at(heard, WhoHasntIntegrated()), lane=HOME)

    def acted(self, heard: Heard, body: Payload) -> None:
        """Looks further in the admin's list: a page, one name, all of it. What cannot be read shows the first page. Any
        other button is answered in a window."""
        action = list_at(body, "actions")[0]
        if PRESS.fullmatch(text_at(action, "action_id")):
            self.answers.pressed(heard, pressed_in(action))
        else:
            self.answering.take(heard, lambda: self._looked_at(heard, _looked_for(action)), lane=HOME)

    def changed(self, account: Identity) -> None:
        """Something was told or answered to that account: a Home that may be before somebody's eyes is drawn anew."""
        heard, until = self._opened.get(account, (None, 0.0))
        if heard is not None and until > self.now():
            with suppress(NoRoom):
                self.answering.take(heard, lambda: self._drawn_anew(heard), lane=HOME)

    async def _drawn_anew(self, heard: Heard) -> None:
        await self._published(heard, WhoHasntIntegrated())

    async def _looked_at(self, heard: Heard, people: Command) -> None:
        account = await self._published(heard, people)
        if account is not None:
            self._opened[account] = heard, self.now() + MAY_BE_OPEN_FOR
            self._opened.move_to_end(account)
            while len(self._opened) > REMEMBERED:
                self._opened.popitem(last=False)

    async def _published(self, heard: Heard, people: Command) -> Identity | None:
        """Whose it is, where that is known."""
        account = None
        installation = await self.answering.installations.of(heard)
        if installation is None:
            return None
        view = away(Reader(self.answering.people.language_of(heard, installation)))
        try:
            speaker = await self.answering.people.speaker(heard, installation)
            account = speaker.who
            view = home(await self._asked(speaker, people))
        except (StoreUnavailable, ProviderError):
            log.info("slack: a Home could not be filled")
        await self._publish(heard, installation, view)
        return account

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
        return HomeShown(sessions, status, own, found, people)

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
