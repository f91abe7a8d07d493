"""The picture of both calendars: in the card itself, where nobody but its reader can find it, for a day at most."""

from __future__ import annotations

import asyncio
import base64
import io
import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.replies import Answer, CalendarsShown, Reader, Said, SessionShown
from bot.sentences import sentence
from bot.wording import LocalTimes, Voice, plain
from bot.words import TeamsWords, Words
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.job import Job
from calendar_core.people import Identity
from calendar_core.ports import Clock, People, Upload, Uploads

from .connector import Connector, NoSuchMessage, NotThere
from .outlets import Posted
from .private_chats import PrivateChats
from .render import Drawn, Picture, drawn

log = logging.getLogger(__name__)

LASTS = timedelta(days=1)
AT_ONCE = 100
PIXELS_A_POINT = 2
MOST_BYTES = 8 * 1024  # of a picture: it has to share a card with the text
COLOURS = 16


@dataclass(frozen=True, slots=True)
class Pictures:
    """Draws answers, remembers where a picture stands, and takes it away again (decision 13)."""

    connector: Connector
    chats: PrivateChats
    people: People
    uploads: Uploads
    clock: Clock

    async def cards(self, answer: Answer, *, alone: bool) -> tuple[Drawn, ...]:
        """In their order. `alone`: nobody else is in that conversation, else there is no picture (decision 24), and
        what shows a session does not stay."""
        if not alone or not isinstance(answer.reply, CalendarsShown):
            return drawn(answer, stays=alone and isinstance(answer.reply, SessionShown))
        return drawn(answer, await asyncio.to_thread(_picture, answer.reply, answer.reader))

    async def noted(self, account: Identity, posted: Posted, answer: Answer) -> None:
        """From now on it will be removed."""
        if isinstance(answer.reply, CalendarsShown) and (person := await self.people.known_as(account)):
            file = f"{posted.place.conversation} {posted.message}"
            ends_at = self.clock.now() + LASTS
            await self.uploads.add(Upload(account, file, person.id, answer.reply.match, ends_at))

    async def remove(self, _job: Job) -> None:
        """Those whose time has come: a card that says so takes their place. One that fails is tried at the next round.
        Twice is once."""
        for each in await self.uploads.due("teams", self.clock.now(), AT_ONCE):
            try:
                await self._removed(each)
            except (NotThere, NoSuchMessage) as refused:
                if refused.status != 404:  # it stands there, and we are not let in: blocked, for instance
                    log.info("teams: a picture cannot be taken away yet", extra={"code": refused.code})
                    await self.uploads.add(replace(each, match=None, ends_at=self.clock.now() + LASTS))
                    continue  # others' turn comes before
                log.info("teams: a picture is not there any more", extra={"code": refused.code})
            except (ProviderUnavailable, ProviderRejected) as failed:
                log.warning("teams: a picture could not be taken away yet", extra={"kind": type(failed).__name__})
                continue
            await self.uploads.removed(each)

    async def _removed(self, upload: Upload) -> None:
        conversation, _, message = upload.file.rpartition(" ")
        place = await self.chats.of(upload.account)
        if place is None:
            return
        user = await self.people.user(upload.user)
        gone = Said(sentences=(sentence(TeamsWords.PICTURE_GONE),))
        card = drawn(Answer(gone, Reader(user.language, user.time_zone)))[0]
        there = replace(place, conversation=conversation)
        await self.chats.wherever(upload.account, there, lambda at: self.connector.update(at, message, card.activity()))


def _picture(reply: CalendarsShown, reader: Reader) -> Picture:
    from adapters.pictures import Names, Theme, laid_out, painted

    voice = Voice(reader)
    names = Names(
        yours=voice.say(sentence(Words.PICTURE_YOU)),
        theirs=reply.partner.first_name,
        both=voice.say(sentence(Words.PICTURE_BOTH)),
    )
    drawing = laid_out(reply.view, names, voice.times, LocalTimes.of(reader.language, reply.partner.zone))
    painting = painted(drawing, Theme.ANY)
    content = base64.b64encode(painting if len(painting) <= MOST_BYTES else _smaller(painting)).decode()
    words = plain(reply, reader).rpartition("\n")[0]
    return Picture(f"data:image/png;base64,{content}", words, drawing.width // PIXELS_A_POINT)


def _smaller(painting: bytes) -> bytes:
    """Half as wide, which is as wide as it is shown, in a few colours."""
    from PIL import Image

    whole = Image.open(io.BytesIO(painting)).convert("RGB")
    half = whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    half.quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()
