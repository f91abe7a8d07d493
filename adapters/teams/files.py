"""Files to be handed over, in the chat of the one who asked: Teams asks whether one may come, and only then it is made
anew, put into that person's OneDrive, and shown (decisions/0059). Nothing of it is kept here meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from adapters.recent import Recent
from bot.buttons import LONGEST, command_of, token_of
from bot.commands import TakeStatuses
from bot.commands.own import DownloadData
from bot.conversation import Conversation
from bot.replies import Answer, File, Reader, Said
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsFileWords, Text
from calendar_core.errors import OldButton, ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity

from .activity import Activity
from .connector import Connector, Json
from .file_letters import FileLetters
from .private_chats import PrivateChats
from .render import Drawn, drawn
from .render.actions import PRESS, executed
from .service_urls import is_allowed

log = logging.getLogger(__name__)

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
DRIVES = ("sharepoint.com", "sharepoint.us", "sharepoint-mil.us")  # where Microsoft's clouds have people's OneDrives
UPLOADED_WITHIN = aiohttp.ClientTimeout(total=60)
TOKEN, SIZE = "token", "size"  # what has it made anew, and how large it was then
MAIL = "mail"  # in what [Mail it to me] carries: the same token


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsFiles:
    """`letters`: the way for whoever has no OneDrive, where mail is sent; `stores`: where files may be put, beside
    people's OneDrives (`is_allowed`); `recent`: which questions were answered."""

    conversation: Conversation
    connector: Connector
    chats: PrivateChats
    http: aiohttp.ClientSession
    recent: Recent
    letters: FileLetters | None = None
    stores: Collection[str] = ()

    async def offer(self, activity: Activity, answer: Answer) -> None:
        """Asks whether the file of that answer may come. Raises ProviderError."""
        if answer.reply.file is not None:
            await self._send(activity.account, self._consent(answer.reply.file, answer.reader))

    async def decided(self, activity: Activity) -> None:
        """Whoever was asked allows it, or does not; the first answer to a question counts. Whatever cannot be done is
        said."""
        value = activity.value if isinstance(activity.value, Mapping) else {}
        asked, place = value.get("context"), value.get("uploadInfo")
        if not isinstance(asked, Mapping) or not self._is_first(activity):
            return
        reader = Reader(activity.language or "en")
        if value.get("action") != "accept":
            await self._instead(activity.account, TeamsFileWords.NOT_WANTED, asked, reader)
            return
        try:
            answer = await self._again(activity.account, asked.get(TOKEN))
            reader, file = (answer.reader, answer.reply.file) if answer is not None else (reader, None)
            if file is None:
                await self._say(activity.account, TeamsFileWords.NOT_HANDED_OVER, reader)
            elif len(file.content) != asked.get(SIZE):  # Teams was told of another size: it is asked anew
                await self._say(activity.account, TeamsFileWords.HAS_CHANGED, reader)
                await self._send(activity.account, self._consent(file, reader))
            else:
                await self._handed_over(activity.account, file, place if isinstance(place, Mapping) else {})
        except ProviderError as failed:
            log.warning("teams: a file was not handed over", extra={"kind": type(failed).__name__})
            await self._instead(activity.account, TeamsFileWords.NOT_HANDED_OVER, asked, reader)

    async def mailed(self, who: Identity, token: str) -> Answer:
        """[Mail it to me]: to the address by which the programme knows them, and to no other."""
        answer = await self._again(who, token)
        reader = answer.reader if answer is not None else Reader()
        file = answer.reply.file if answer is not None else None
        said = sentence(TeamsFileWords.NOT_MAILED)
        if file is not None and self.letters is not None:
            try:
                address = await self.letters.send(who, file, reader)
                said = sentence(TeamsFileWords.MAILED, address=address) if address else said
            except ProviderError as failed:
                log.warning("teams: a file was not mailed", extra={"kind": type(failed).__name__})
        return Answer(Said(sentences=(said,)), reader)

    def _is_first(self, activity: Activity) -> bool:
        """Two devices may show one question, and Teams takes it away from one of them alone."""
        return not activity.reply_to or self.recent.is_new(f"{activity.conversation} {activity.reply_to}")

    async def _again(self, who: Identity, token: object) -> Answer | None:
        """What was asked for, as it is now; whoever may not have it any more gets none. A question that was changed on
        its way leads to nothing but one's own files."""
        try:
            command = command_of(token) if isinstance(token, str) and len(token) <= LONGEST else None
        except OldButton:
            command = None
        if not isinstance(command, DownloadData | TakeStatuses):
            return None
        return await self.conversation.look(who, command)

    def _consent(self, file: File, reader: Reader) -> Json:
        """The question, with how the file is made anew."""
        words = TeamsFileWords.MAY_IT_COME if self.letters is None else TeamsFileWords.MAY_IT_COME_OR_MAIL
        token = token_of(file.again)
        content = {
            "description": Voice(reader).unmarked(sentence(words)),
            "sizeInBytes": len(file.content),
            "acceptContext": {TOKEN: token, SIZE: len(file.content)},
            "declineContext": {TOKEN: token},
        }
        return {"type": "message", "attachments": [{"contentType": CONSENT, "name": file.name, "content": content}]}

    async def _handed_over(self, who: Identity, file: File, place: Mapping[str, object]) -> None:
        """Raises ProviderError."""
        url, address, number = (_text(place, name) for name in ("uploadUrl", "contentUrl", "uniqueId"))
        if not self._is_a_store(url) or not self._is_a_store(address) or not number:
            raise ProviderRejected("foreign_store")
        await self._put(url, file)
        shown = {"uniqueId": number, "fileType": _text(place, "fileType") or file.name.rpartition(".")[2]}
        attachment = {"contentType": INFO, "contentUrl": address, "name": file.name, "content": shown}
        await self._send(who, {"type": "message", "attachments": [attachment]})

    async def _put(self, url: str, file: File) -> None:
        """Its address is its permission: no token of ours goes along."""
        size = len(file.content)
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{size - 1}/{size}"}
        try:
            async with self.http.put(
                URL(url, encoded=True),
                data=file.content,
                headers=headers,
                timeout=UPLOADED_WITHIN,
                allow_redirects=False,
            ) as answer:
                if answer.status not in (200, 201):
                    raise ProviderRejected(f"upload_{answer.status}")
        except (aiohttp.ClientError, TimeoutError) as lost:
            raise ProviderUnavailable(f"teams: a file was not taken ({type(lost).__name__})") from None

    def _is_a_store(self, url: str) -> bool:
        try:
            bare = urlsplit(url)._replace(query="", fragment="").geturl()
        except ValueError:
            return False
        return is_allowed(bare, (*DRIVES, *self.stores))

    async def _instead(self, who: Identity, words: Text, asked: Mapping[object, object], reader: Reader) -> None:
        """With the other way to it, where there is one."""
        token = asked.get(TOKEN)
        if self.letters is None or not isinstance(token, str) or not 0 < len(token) <= LONGEST:
            await self._say(who, words, reader)
            return
        shown = drawn(Answer(Said(sentences=(sentence(words), sentence(TeamsFileWords.BY_MAIL))), reader))[0]
        title = Voice(reader).unmarked(sentence(TeamsFileWords.MAIL_IT))
        await self._show(who, shown.with_button(executed(PRESS, title, {MAIL: token})))

    async def _say(self, who: Identity, words: Text, reader: Reader) -> None:
        await self._show(who, drawn(Answer(Said(sentences=(sentence(words),)), reader))[0])

    async def _show(self, who: Identity, shown: Drawn) -> None:
        try:
            await self._send(who, shown.activity())
        except ProviderError as lost:
            log.warning("teams: it could not be said either", extra={"kind": type(lost).__name__})

    async def _send(self, who: Identity, message: Json) -> None:
        place = await self.chats.of(who)
        if place is None:
            raise ProviderRejected("no_chat")
        await self.conversation.interrupted(who)
        await self.connector.send(place, message)


def mailed_in(data: object) -> str | None:
    """What [Mail it to me] carries; None for every other button."""
    token = data.get(MAIL) if isinstance(data, Mapping) else None
    return token if isinstance(token, str) and len(token) <= LONGEST else None


def _text(place: Mapping[str, object], name: str) -> str:
    value = place.get(name)
    return value if isinstance(value, str) and len(value) <= 4_000 else ""
