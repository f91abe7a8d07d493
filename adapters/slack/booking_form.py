"""The booking form: opened at once, filled when calendars have answered, redrawn with every choice, booked when sent.

It asks what every chat asks, with the same commands; it knows nothing of calendars itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.tasks import TooManyWaiting
from bot.commands import AskAbout, AskPartner, BookAbout, BookSession, ChooseDay, FindSlots
from bot.replies import Answer, Reader, Refused
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import ChattingWords, RefusalWords, SlackWords, Text
from calendar_core.errors import ProviderError, StoreUnavailable

from .answer_window import AnswerWindow
from .answering import Answering
from .form_fields import about_in, command_in, find_in, pressed_in, time_in, topic_in, wish_in
from .heard import Heard
from .installation import Installation
from .outlets import outlet_of
from .payload import Payload, list_at, object_at, text_at
from .render import Shown, as_text
from .render.buttons import FORM, PRESS, open_form
from .render.rich_text import MARKED, paragraph
from .render.views import being_booked, failed, form, looking, result, told
from .who import Speaker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form that was sent: the time's token, what it is to be about, and which times were shown."""

    view_id: str
    token: str
    topic: str = field(repr=False)
    wish: ChooseDay


class BookingForm:
    """One for everybody."""

    def __init__(self, answering: Answering, answers: AnswerWindow) -> None:
        self._answering = answering
        self._answers = answers
        self._windows = answers.windows

    # --- what is heard -----------------------------------------------------------------------------------------------

    def open(self, heard: Heard, *, about_message: str = "", find: FindSlots | None = None) -> None:
        """Opens it, soon: within the three seconds that a trigger lasts. `about_message`: the address of one, which
        its owner sees in the form, and may change, before anybody else does. What a message says is not read."""
        wish = ChooseDay(find or FindSlots())
        self._answering.take(
            heard,
            lambda: self._opened(heard, wish, about_message),
            lambda: self._tell(heard, ChattingWords.APOLOGY),
            lane="form",
        )

    def acted(self, heard: Heard, body: Payload) -> None:
        """A day or a length was chosen, a match, or [Open form]. What cannot be read changes nothing."""
        action = list_at(body, "actions")[0]
        if PRESS.fullmatch(text_at(action, "action_id")):
            self._answers.pressed(heard, pressed_in(action), text_at(body, "view", "id"))
            return
        view, token = object_at(body, "view"), text_at(action, "value")
        opens = text_at(action, "action_id") == FORM
        if opens and text_at(view, "type") != "modal":
            self.open(heard, find=find_in(token), about_message=about_in(token))
            return
        wish = ChooseDay(find_in(token) or FindSlots()) if opens else wish_in(text_at(view, "private_metadata"), action)
        if wish is None:
            return
        window = self._windows.of(text_at(view, "id"), text_at(view, "hash"))
        if window.is_sent and not opens:
            return  # chosen before it was sent, and heard after: what came of it is not drawn over
        window.is_sent = False
        window.topic = topic_in(object_at(view, "state", "values"), window.topic)
        window.newest += 1
        self._fill(heard, text_at(view, "id"), wish, window.newest)

    def submitted(self, heard: Heard, body: Payload) -> Mapping[str, object]:
        """[Book]: the window says so in the same moment, and in the next what came of it."""
        view = object_at(body, "view")
        values = object_at(view, "state", "values")
        token = time_in(view)
        if not token:
            return {}
        window = self._windows.of(text_at(view, "id"), text_at(view, "hash"))
        window.topic = topic_in(values, "")
        window.newest += 1  # what is still looked for would come too late
        window.is_sent = True
        wish = command_in(text_at(view, "private_metadata"))
        wish = wish if isinstance(wish, ChooseDay) else ChooseDay(FindSlots())
        sent = _Sent(text_at(view, "id"), token, window.topic, wish)
        self._answering.take(heard, lambda: self._booked(heard, sent), lambda: self._sorry(heard, sent.view_id))
        return {"response_action": "update", "view": being_booked(window.reader)}

    def options(self, body: Payload) -> Mapping[str, object]:
        """No menu of the form asks for its options."""
        del body
        return {"options": []}

    # --- opened and filled -------------------------------------------------------------------------------------------

    async def _opened(self, heard: Heard, wish: ChooseDay, topic: str) -> None:
        try:
            installation = await self._answering.installations.of(heard)
        except StoreUnavailable:
            await self._tell(heard, RefusalWords.STORE_AWAY)
            return
        except ProviderError:
            await self._tell(heard, ChattingWords.DIRECTORY_AWAY)
            return
        if installation is None:
            log.warning("slack: heard from where the app is not installed")
            await self._tell(heard, ChattingWords.NOT_INSTALLED)
            return
        reader = Reader(self._answering.people.language_of(heard, installation))
        view_id = await self._windows.open(heard, installation, looking(reader))
        if view_id is None:
            await self._offer_again(heard, installation, wish, topic, reader)
            return
        window = self._windows.of(view_id)
        window.language, window.topic = reader.language, topic
        self._fill(heard, view_id, wish, window.newest)

    def _fill(self, heard: Heard, view_id: str, wish: ChooseDay, number: int) -> None:
        self._answering.take(
            heard, lambda: self._filled(heard, view_id, wish, number), lambda: self._sorry(heard, view_id)
        )

    async def _sorry(self, heard: Heard, view_id: str) -> None:
        installation = await self._speaks(heard)
        if installation is not None:
            await self._windows.show(installation, view_id, failed(self._windows.of(view_id).reader))

    async def _speaks(self, heard: Heard) -> Installation | None:
        """Whose token changes a window; None where there is none, and the window stays as it is."""
        try:
            return await self._answering.installations.of(heard)
        except (StoreUnavailable, ProviderError) as away:
            log.warning("slack: nobody can be answered", extra={"kind": type(away).__name__})
            return None

    async def _filled(self, heard: Heard, view_id: str, wish: ChooseDay, number: int) -> None:
        """Shows that wish in the window, unless something else was chosen there meanwhile."""
        installation = await self._speaks(heard)
        if installation is None:
            return
        window = self._windows.of(view_id)
        try:
            speaker = await self._answering.people.speaker(heard, installation)
        except (StoreUnavailable, ProviderError) as error:
            words = RefusalWords.STORE_AWAY if isinstance(error, StoreUnavailable) else ChattingWords.DIRECTORY_AWAY
            await self._windows.show(installation, view_id, told(window.reader, words), number)
            return
        looked = asyncio.ensure_future(self._answering.conversation.look(speaker.who, wish))
        try:
            done, _ = await asyncio.wait({looked}, timeout=self._answering.still_after)
            if not done:
                await self._windows.show(installation, view_id, looking(window.reader, wish), number)
            answer = await looked
        finally:
            looked.cancel()
        window.language = answer.reader.language
        await self._windows.show(installation, view_id, form(answer, wish, window.topic), number)

    # --- booked ------------------------------------------------------------------------------------------------------

    async def _booked(self, heard: Heard, sent: _Sent) -> None:
        installation = await self._speaks(heard)
        if installation is None:
            return
        reader = self._windows.of(sent.view_id).reader
        try:
            async with self._answering.turn(heard):
                speaker = await self._answering.people.speaker(heard, installation)
                answer = await self._asked(speaker, sent)
        except (StoreUnavailable, ProviderError):
            await self._windows.show(installation, sent.view_id, told(reader, SlackWords.FORM_NOT_BOOKED))
            return
        except TooManyWaiting:
            await self._windows.show(installation, sent.view_id, told(reader, ChattingWords.TOO_MANY_AT_ONCE))
            return
        view = result(answer)
        if isinstance(answer.reply, Refused) and any(choice.slot for choice in answer.reply.choices):
            now = await self._answering.conversation.look(speaker.who, sent.wish)  # the times that there are now
            view = form(now, sent.wish, sent.topic, refused=answer)
            self._windows.of(sent.view_id).is_sent = False
        is_there = await self._windows.show(installation, sent.view_id, view)
        await self._answers.bring(heard, speaker, installation, answer, shown=is_there)

    async def _asked(self, speaker: Speaker, sent: _Sent) -> Answer:
        """Books, or asks the partner; with what it is to be about, where anything was typed."""
        command = command_in(sent.token)
        if sent.topic and isinstance(command, BookSession):
            return await self._answering.conversation.submit(speaker.who, BookAbout(command, sent.topic))
        if sent.topic and isinstance(command, AskPartner):
            return await self._answering.conversation.submit(speaker.who, AskAbout(command, sent.topic))
        return await self._answering.conversation.press(speaker.who, sent.token)

    # --- where no window opens ---------------------------------------------------------------------------------------

    async def _offer_again(
        self, heard: Heard, installation: Installation, wish: ChooseDay, topic: str, reader: Reader
    ) -> None:
        said = sentence(SlackWords.FORM_EXPIRED)
        button = open_form(wish.find, SlackWords.OPEN_FORM, Voice(reader), topic)
        blocks = (paragraph(Voice(reader, MARKED).say(said)), {"type": "actions", "elements": [button]})
        text = as_text(f"{Voice(reader).say(said)}\n[{Voice(reader).say(sentence(SlackWords.OPEN_FORM))}]")
        outlet = outlet_of(heard, installation, self._answering.calls, self._answering.urls)
        try:
            await outlet.answer(Shown(text, blocks))
        except ProviderError as lost:
            log.warning("slack: nor could it be offered again", extra={"kind": type(lost).__name__})

    async def _tell(self, heard: Heard, words: Text) -> None:
        """Where there is no window yet, nor a token to open one with; a shortcut has no address to answer at."""
        if heard.response_url:
            text = as_text(Voice(Reader()).say(sentence(words)))
            message = {"text": text, "response_type": "ephemeral", "replace_original": False}
            await self._answering.urls.post(heard.response_url, message)
