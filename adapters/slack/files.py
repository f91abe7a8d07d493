"""What an answer has beside its blocks: the picture of both calendars, and files to be handed over.

They go into the two-sided conversation of the one who asked, never anywhere that has an address for others, and are
removed from Slack after a day; a picture leaves at the end of its match, too (decision 13).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.replies import Answer, CalendarsShown, Reader
from bot.sentences import sentence
from bot.wording import LocalTimes, Voice, plain
from bot.words import Words
from calendar_core.errors import ProviderRejected, ProviderUnavailable, StoreUnavailable
from calendar_core.job import Job
from calendar_core.people import Identity, MatchId, User
from calendar_core.ports import Clock, Upload, Uploads

from .installation import Installation, Installations
from .payload import text_at
from .who import Speaker

log = logging.getLogger(__name__)

LASTS = timedelta(days=1)
ALT_AT_MOST = 1000
AT_ONCE = 100
GONE = frozenset({"file_not_found", "file_deleted"})


class Sending(Protocol):
    """Slack's Web API, with uploads."""

    async def call(self, installation: Installation, method: str, **arguments: object) -> Mapping[str, object]:
        """See WebApi."""
        ...

    async def upload(self, url: str, content: bytes) -> None:
        """See WebApi."""


class Known(Protocol):
    """Who speaks."""

    async def known_as(self, account: Identity) -> User | None:
        """The person whose account it is."""


@dataclass(frozen=True, slots=True)
class SlackFile:
    """`alt` says the same for whoever does not see it."""

    name: str
    title: str
    content: bytes
    alt: str | None = None
    match: MatchId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackFiles:
    """Brings files, and removes them again."""

    calls: Sending
    installations: Installations
    people: Known
    uploads: Uploads
    clock: Clock

    def are_in(self, answer: Answer) -> bool:
        """Whether it has a picture, or a file."""
        return isinstance(answer.reply, CalendarsShown) or answer.reply.file is not None

    async def bring(self, speaker: Speaker, installation: Installation, answer: Answer) -> None:
        """Whatever the answer has. Its text says the same, so what Slack does not take is missed by nobody who can
        read; a file that was asked for is asked for again."""
        for each in await _files_of(answer):
            try:
                person = await self.people.known_as(speaker.who)
                if person is not None:
                    await self._bring(speaker.who, person, installation, each)
            except (ProviderUnavailable, ProviderRejected, StoreUnavailable) as failed:
                log.warning("slack: a file was not taken", extra={"kind": type(failed).__name__})

    async def remove(self, _job: Job) -> None:
        """Those whose time has come. One that fails is tried at the next round. Twice is once."""
        for each in await self.uploads.due("slack", self.clock.now(), AT_ONCE):
            place = each.account.issuer.partition(":")[2]
            where = (None, place) if place.startswith("E") else (place, None)
            installation = await self.installations.of(*where)
            if installation is not None:
                try:
                    await self.calls.call(installation, "files.delete", file=each.file)
                except ProviderUnavailable:
                    continue
                except ProviderRejected as refused:
                    if refused.code not in GONE:  # it stays on the list until it is gone
                        log.warning("slack: a file cannot be removed", extra={"code": refused.code})
                        continue
            await self.uploads.removed(each)

    async def _bring(self, who: Identity, person: User, installation: Installation, file: SlackFile) -> None:
        opened = await self.calls.call(installation, "conversations.open", users=who.subject)
        begun = await self.calls.call(
            installation,
            "files.getUploadURLExternal",
            filename=file.name,
            length=len(file.content),
            alt_txt=file.alt[:ALT_AT_MOST] if file.alt else None,
        )
        number = text_at(begun, "file_id")
        # Before it can be seen: so it is removed, whatever becomes of the calls that follow.
        await self.uploads.add(Upload(who, number, person.id, file.match, self.clock.now() + LASTS))
        await self.calls.upload(text_at(begun, "upload_url"), file.content)
        await self.calls.call(
            installation,
            "files.completeUploadExternal",
            files=[{"id": number, "title": file.title}],
            channel_id=text_at(opened, "channel", "id"),
        )


async def _files_of(answer: Answer) -> list[SlackFile]:
    reply, found = answer.reply, []
    if isinstance(reply, CalendarsShown):
        found.append(await asyncio.to_thread(_picture, reply, answer.reader))
    if reply.file is not None:
        found.append(SlackFile(reply.file.name, reply.file.name, reply.file.content))
    return found


def _picture(reply: CalendarsShown, reader: Reader) -> SlackFile:
    from adapters.pictures import Names, Theme, laid_out, painted

    voice = Voice(reader)
    names = Names(
        yours=voice.say(sentence(Words.PICTURE_YOU)),
        theirs=reply.partner.first_name,
        both=voice.say(sentence(Words.PICTURE_BOTH)),
    )
    drawing = laid_out(reply.view, names, voice.times, LocalTimes.of(reader.language, reply.partner.zone))
    return SlackFile(
        name="calendars.png",
        title=voice.say(sentence(Words.SEE_BOTH_CALENDARS)),
        content=painted(drawing, Theme.LIGHT),
        alt=plain(reply, reader).rpartition("\n")[0],
        match=reply.match,
    )
