"""The message extension: one's own sessions, to be shown to others by oneself; and the booking dialog from anywhere.

Never times that are free, and never a link into a call: what is put into a chat is seen by everybody there (decision
24). What a message says about which a session is booked is not read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.commands import ShowSessions
from bot.replies import Answer, SessionsListed
from bot.sentences import sentence
from bot.wording import PLAIN, Voice, plain, worded
from bot.words import ChattingWords, TeamsWords

from .activity import Activity
from .answering import WITHIN, Answering, said
from .connector import Json
from .render.elements import adaptive_card, attached, text_block
from .render.markdown import MARKDOWN

PREVIEW = "application/vnd.microsoft.card.thumbnail"
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Extension:
    """Searches; whatever the answer is, it changes nothing. `within` in seconds."""

    answering: Answering
    within: float = WITHIN

    async def found(self, activity: Activity) -> Json:
        """Planned sessions with somebody of the name that was typed, the soonest first."""
        asking = asyncio.ensure_future(self.answering.answered(activity, self._listed(activity)))
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if not done:
            asking.cancel()  # it is searched again, with the next letter that is typed
        answer = asking.result() if done else said(activity, ChattingWords.STILL_WORKING)
        if not isinstance(answer.reply, SessionsListed) or not answer.reply.sessions:
            return {"composeExtension": {"type": "message", "text": _first_line(answer)}}
        wanted = _typed(activity.value).casefold()
        listed = list(_attachments(answer, wanted))[:MOST_FOUND]
        if not listed:
            nobody = Voice(answer.reader).unmarked(sentence(TeamsWords.NONE_WITH))
            return {"composeExtension": {"type": "message", "text": nobody}}
        return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": listed}}

    async def _listed(self, activity: Activity) -> Answer:
        speaker = await self.answering.people.speaker(activity)
        return await self.answering.conversation.look(speaker.who, ShowSessions())


def _attachments(answer: Answer, wanted: str) -> Iterator[Json]:
    reply, reader = answer.reply, answer.reader
    if not isinstance(reply, SessionsListed):
        return
    marked, said = worded(reply, Voice(reader, MARKDOWN)).lines, worded(reply, Voice(reader, PLAIN)).lines
    heading = sentence(TeamsWords.MENTORING_SESSION)
    for line, shown, text in zip(reply.sessions, marked, said, strict=True):
        if wanted in line.partner.name.casefold():
            title = Voice(reader).unmarked(heading)
            body = [text_block(Voice(reader, MARKDOWN).say(heading), heading=True), text_block(shown)]
            yield {
                **attached(adaptive_card(body, [], reader.language, f"{title}\n{text}")),
                "preview": {"contentType": PREVIEW, "content": {"title": line.partner.name, "text": text}},
            }


def _typed(value: object) -> str:
    """What was typed into the search; empty at first."""
    parameters = value.get("parameters") if isinstance(value, Mapping) else None
    for each in parameters if isinstance(parameters, list) else []:
        if isinstance(each, Mapping) and each.get("name") == "query" and isinstance(each.get("value"), str):
            return " ".join(str(each["value"])[:100].split())
    return ""


def _first_line(answer: Answer) -> str:
    return plain(answer.reply, answer.reader).partition("\n")[0]
