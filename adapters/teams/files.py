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

from bot.conversation import Conversation
from bot.replies import Answer, File, Reader, Said
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsFileWords, Text
from calendar_core.errors import ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.people import Identity

from .activity import Activity
from .connector import Connector, Json
from .pressed import token_in
from .private_chats import PrivateChats
from .render import drawn
from .service_urls import is_allowed

log = logging.getLogger(__name__)

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
DRIVES = ("sharepoint.com", "sharepoint.us", "sharepoint-mil.us")  # where Microsoft's clouds have people's OneDrives
UPLOADED_WITHIN = aiohttp.ClientTimeout(total=60)
TEXT, TOKEN, SIZE = "text", "token", "size"  # how it was asked for, and how large it was then
LONGEST = 500  # letters of that


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsFiles:
    """`stores`: where files may be put, beside people's OneDrives (`is_allowed`)."""

    conversation: Conversation
    connector: Connector
    chats: PrivateChats
    http: aiohttp.ClientSession
    stores: Collection[str] = ()

    async def offer(self, activity: Activity, answer: Answer) -> None:
        """Asks whether the file of that answer may come. Raises ProviderError."""
        asked = asked_in(activity)
        if answer.reply.file is not None and asked is not None:
            await self._send(activity.account, consent(answer.reply.file, asked, answer.reader))

    async def decided(self, activity: Activity) -> None:
        """Whoever was asked allows it, or does not. Whatever cannot be done is said."""
        value = activity.value if isinstance(activity.value, Mapping) else {}
        asked, place = value.get("context"), value.get("uploadInfo")
        if not isinstance(asked, Mapping):
            return
        reader = Reader(activity.language or "en")
        try:
            if value.get("action") != "accept":
                await self._say(activity.account, TeamsFileWords.NOT_WANTED, reader)
                return
            answer = await self._again(activity.account, asked)
            reader, file = (answer.reader, answer.reply.file) if answer is not None else (reader, None)
            if answer is None or file is None:
                await self._say(activity.account, TeamsFileWords.NOT_HANDED_OVER, reader)
            elif len(file.content) != asked.get(SIZE):  # Teams was told of another size: it is asked anew
                await self._say(activity.account, TeamsFileWords.HAS_CHANGED, reader)
                await self._send(activity.account, consent(file, asked, reader))
            else:
                await self._handed_over(activity.account, file, place if isinstance(place, Mapping) else {})
        except ProviderError as failed:
            log.warning("teams: a file was not handed over", extra={"kind": type(failed).__name__})
            await self._say(activity.account, TeamsFileWords.NOT_HANDED_OVER, reader)

    async def _again(self, who: Identity, asked: Mapping[str, object]) -> Answer | None:
        """What was asked for, as it is now; whoever may not have it any more gets none."""
        text, token = asked.get(TEXT), asked.get(TOKEN)
        if isinstance(text, str) and 0 < len(text) <= LONGEST:
            return await self.conversation.say(who, text)
        if isinstance(token, str) and 0 < len(token) <= LONGEST:
            return await self.conversation.press(who, token)
        return None

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

    async def _say(self, who: Identity, words: Text, reader: Reader) -> None:
        (card, *_) = drawn(Answer(Said(sentences=(sentence(words),)), reader))
        try:
            await self._send(who, card.activity())
        except ProviderError as lost:
            log.warning("teams: it could not be said either", extra={"kind": type(lost).__name__})

    async def _send(self, who: Identity, message: Json) -> None:
        place = await self.chats.of(who)
        if place is None:
            raise ProviderRejected("no_chat")
        await self.conversation.interrupted(who)
        await self.connector.send(place, message)


def asked_in(activity: Activity) -> Json | None:
    """How whoever did that asked; None where it cannot be asked so again."""
    if activity.text:
        return {TEXT: activity.text} if len(activity.text) <= LONGEST else None
    token = token_in(activity.value)
    return {TOKEN: token} if token else None


def consent(file: File, asked: Mapping[str, object], reader: Reader) -> Json:
    """The question, with how it was asked for."""
    again = {name: asked[name] for name in (TEXT, TOKEN) if name in asked}
    content = {
        "description": Voice(reader).unmarked(sentence(TeamsFileWords.MAY_IT_COME)),
        "sizeInBytes": len(file.content),
        "acceptContext": {**again, SIZE: len(file.content)},
        "declineContext": {},
    }
    return {"type": "message", "attachments": [{"contentType": CONSENT, "name": file.name, "content": content}]}


def _text(place: Mapping[str, object], name: str) -> str:
    value = place.get(name)
    return value if isinstance(value, str) and len(value) <= 4_000 else ""
