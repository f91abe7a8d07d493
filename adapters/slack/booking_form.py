"""The booking form: opened at once, filled when calendars have answered, redrawn with every choice, booked when sent.

It asks what every chat asks, with the same commands; it knows nothing of calendars itself.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from adapters.tasks import TooManyWaiting
from bot.buttons import command_of, token_of
from bot.commands import ChooseDay, Command, FindSlots
from bot.replies import Reader, SessionShown
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import SlackWords
from calendar_core.errors import OldButton, ProviderError, StoreUnavailable

from .answering import Answering
from .heard import Heard
from .installation import Installation
from .outlets import Direct, outlet_of
from .payload import Payload, list_at, object_at, text_at
from .render import Block, Shown, as_text
from .render.buttons import FORM, open_form
from .render.rich_text import MARKED, paragraph
from .render.views import DAY, GO, MINUTES, SLOT, being_booked, failed, form, looking, result
from .web_api import SlackRefused
from .who import Speaker

log = logging.getLogger(__name__)

REMEMBERED = 1_000  # forms that are open, in this process


@dataclass(slots=True)
class _Open:
    """One window: the hash of what it shows, which of its changes is the newest, and how its owner reads."""

    hash: str
    newest: int = 0
    language: str = "en"


class BookingForm:
    """One for everybody; it remembers only what it may forget."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._windows: OrderedDict[str, _Open] = OrderedDict()

    # --- what is heard -----------------------------------------------------------------------------------------------

    def open(self, heard: Heard, *, about_message: str = "", find: FindSlots | None = None) -> None:
        """Opens it, soon: within the three seconds that a trigger lasts. What a message says is not read."""
        del about_message
        wish = ChooseDay(find or FindSlots())
        self._answering.take(heard, lambda: self._opened(heard, wish), lane="form")

    def acted(self, heard: Heard, body: Payload) -> None:
        """A day or a length was chosen, a match, or [Open form]. What cannot be read changes nothing."""
        action = list_at(body, "actions")[0]
        if text_at(action, "action_id") == FORM:
            self.open(heard, find=_find_in(text_at(action, "value")))
            return
        view = object_at(body, "view")
        wish = _wish_in(text_at(view, "private_metadata"), action)
        if wish is not None:
            window = self._window(text_at(view, "id"), text_at(view, "hash"))
            window.newest += 1
            self._fill(heard, text_at(view, "id"), wish, window.newest)

    def submitted(self, heard: Heard, body: Payload) -> Mapping[str, object]:
        """[Book]: the window says so in the same moment, and in the next what came of it."""
        view = object_at(body, "view")
        token = _chosen(view)
        if not token:
            return {}
        view_id = text_at(view, "id")
        language = self._windows[view_id].language if view_id in self._windows else "en"
        self._answering.take(
            heard, lambda: self._booked(heard, view_id, token, language), lambda: self._sorry(heard, view_id)
        )
        return {"response_action": "update", "view": being_booked(Reader(language))}

    def options(self, body: Payload) -> Mapping[str, object]:
        """No menu of the form asks for its options."""
        del body
        return {"options": []}

    # --- what is done ------------------------------------------------------------------------------------------------

    async def _opened(self, heard: Heard, wish: ChooseDay) -> None:
        installation = await self._answering.installed(heard)
        if installation is None:
            return
        language = self._answering.people.language_of(heard, installation)
        try:
            view = looking(Reader(language))
            opened = await self._call(installation, "views.open", trigger_id=heard.trigger_id, view=view)
        except ProviderError as error:
            log.info("slack: the form was not opened", extra={"code": getattr(error, "code", None)})
            await self._offer_again(heard, installation, wish, Reader(language))
            return
        there = object_at(opened, "view")
        window = self._window(text_at(there, "id"), text_at(there, "hash"))
        window.language = language
        self._fill(heard, text_at(there, "id"), wish, window.newest)

    def _fill(self, heard: Heard, view_id: str, wish: ChooseDay, number: int) -> None:
        self._answering.take(
            heard, lambda: self._filled(heard, view_id, wish, number), lambda: self._sorry(heard, view_id)
        )

    async def _sorry(self, heard: Heard, view_id: str) -> None:
        installation = await self._answering.installed(heard)
        if installation is not None:
            await self._shown(installation, view_id, failed(Reader(self._window(view_id, "").language)), None)

    async def _filled(self, heard: Heard, view_id: str, wish: ChooseDay, number: int) -> None:
        """Shows that wish in the window, unless something else was chosen there meanwhile."""
        installation = await self._answering.installed(heard)
        if installation is None:
            return
        speaker = await self._speaker(heard, installation)
        if speaker is None:
            await self._shown(installation, view_id, failed(Reader()), None)
            return
        answer = await self._answering.conversation.look(speaker.who, wish)
        self._window(view_id, "").language = answer.reader.language
        await self._shown(installation, view_id, form(answer, wish), number)

    async def _booked(self, heard: Heard, view_id: str, token: str, language: str) -> None:
        installation = await self._answering.installed(heard)
        if installation is None:
            return
        speaker = await self._speaker(heard, installation)
        if speaker is None:
            await self._shown(installation, view_id, failed(Reader(language)), None)
            return
        try:
            async with self._answering.turn(heard):
                answer = await self._answering.conversation.press(speaker.who, token)
        except TooManyWaiting:
            await self._shown(installation, view_id, failed(Reader(language)), None)
            return
        is_there = await self._shown(installation, view_id, result(answer), None)
        if not is_there or isinstance(answer.reply, SessionShown):  # what must last is a direct message
            outlet = Direct(self._answering.calls, installation, heard.user)
            await self._answering.bring(speaker.who, answer, outlet)
        else:
            await self._answering.brought(speaker.who, answer)

    async def _shown(self, installation: Installation, view_id: str, view: Block, number: int | None) -> bool:
        """Whether the window shows it now. `number`: which of its changes this is; None is shown in any case."""
        window = self._window(view_id, "")
        if number is not None and number != window.newest:
            return False
        stamps = (window.hash, None) if number is not None and window.hash else (None,)
        for stamp in stamps:
            try:
                told = await self._call(installation, "views.update", view_id=view_id, hash=stamp, view=view)
            except SlackRefused as refused:
                if refused.code == "hash_conflict" and number == window.newest:
                    continue  # another change of ours was shown in between: this one is newer
                log.info("slack: the form is not there any more", extra={"code": refused.code})
                return False
            except ProviderError:
                log.info("slack: the form could not be changed")
                return False
            window.hash = text_at(told, "view", "hash")
            return True
        return False

    async def _offer_again(self, heard: Heard, installation: Installation, wish: ChooseDay, reader: Reader) -> None:
        said = sentence(SlackWords.FORM_EXPIRED)
        button = open_form(wish.find, SlackWords.OPEN_FORM, Voice(reader))
        blocks = (paragraph(Voice(reader, MARKED).say(said)), {"type": "actions", "elements": [button]})
        text = as_text(f"{Voice(reader).say(said)}\n[{Voice(reader).say(sentence(SlackWords.OPEN_FORM))}]")
        outlet = outlet_of(heard, installation, self._answering.calls, self._answering.urls)
        await outlet.answer(Shown(text, blocks))

    async def _speaker(self, heard: Heard, installation: Installation) -> Speaker | None:
        try:
            return await self._answering.people.speaker(heard, installation)
        except (StoreUnavailable, ProviderError):
            return None

    async def _call(self, installation: Installation, method: str, **arguments: object) -> Mapping[str, object]:
        return await self._answering.calls.call(installation, method, **arguments)

    def _window(self, view_id: str, stamp: str) -> _Open:
        window = self._windows.setdefault(view_id, _Open(stamp))
        self._windows.move_to_end(view_id)
        while len(self._windows) > REMEMBERED:
            self._windows.popitem(last=False)
        return window


# --- what was chosen -------------------------------------------------------------------------------------------------


def _command_in(token: str) -> Command | None:
    try:
        return command_of(token)
    except OldButton:
        return None


def _find_in(token: str) -> FindSlots | None:
    command = _command_in(token)
    return command if isinstance(command, FindSlots) else None


def _wish_in(token: str, action: object) -> ChooseDay | None:
    """The window's wish, with what was just chosen; None for what no window of ours can have sent."""
    name = text_at(action, "action_id")
    if name.startswith(GO):
        command = _command_in(text_at(action, "value"))
        return command if isinstance(command, ChooseDay) else None
    wish = _command_in(token)
    if not isinstance(wish, ChooseDay):
        return None
    try:
        if name == DAY:
            return replace(wish, day=date.fromisoformat(text_at(action, "selected_date")))
        if name == MINUTES:
            minutes = int(text_at(action, "selected_option", "value"))
            changed = replace(wish, find=replace(wish.find, minutes=minutes))
            return changed if token_of(changed) else None
    except ValueError:
        pass
    return None


def _chosen(view: Payload) -> str:
    """The token of the time that is chosen; empty where there is none. Slack may tell of fields that were there before:
    only the one that the window shows counts."""
    values = object_at(view, "state", "values")
    for block in list_at(view, "blocks"):
        token = text_at(values, text_at(block, "block_id"), SLOT, "selected_option", "value")
        if token:
            return token
    return ""
