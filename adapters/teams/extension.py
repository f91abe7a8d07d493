"""The message extension: one's own sessions, to be shown to others by oneself; and the booking dialog from anywhere.

Never times that are free, and never a link into a call: what is put into a chat is seen by everybody there (decision
24). What a message says about which a session is booked is not read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.replies import Answer, SessionLine, SessionsListed
from bot.sentences import sentence
from bot.wording import Voice, plain
from bot.words import ChattingWords, TeamsWords

from .activity import Activity
from .answering import WITHIN, Answering, said
from .connector import Json
from .render.elements import attached
from .shared_sessions import SharedSessions

PREVIEW = "application/vnd.microsoft.card.thumbnail"
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Extension:
    """Searches; whatever the answer is, it changes nothing. `within` in seconds."""

    answering: Answering
    sessions: SharedSessions
    within: float = WITHIN

    async def found(self, activity: Activity) -> Json:
        """Planned sessions with somebody of the name that was typed, the soonest first."""
        asking = asyncio.ensure_future(self.answering.answered(activity, self.sessions.listed(activity)))
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if not done:
            asking.cancel()  # it is searched again, with the next letter that is typed
        answer = asking.result() if done else said(activity, ChattingWords.STILL_WORKING)
        if not isinstance(answer.reply, SessionsListed) or not answer.reply.sessions:
            return {"composeExtension": {"type": "message", "text": _first_line(answer)}}
        wanted = _typed(activity.value).casefold()
        lines = [each for each in answer.reply.sessions if wanted in each.partner.name.casefold()][:MOST_FOUND]
        if not lines:
            nobody = Voice(answer.reader).unmarked(sentence(TeamsWords.NONE_WITH))
            return {"composeExtension": {"type": "message", "text": nobody}}
        cards = self.answering.safely(activity, self._attachments(activity, lines, answer), lambda _: [])
        return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": await cards}}

    async def _attachments(self, activity: Activity, lines: Sequence[SessionLine], answer: Answer) -> list[Json]:
        made: list[Json] = []
        for line in lines:
            shown = await self.sessions.card(activity, line, answer)
            text = shown.summary.partition("\n")[2]
            preview = {"contentType": PREVIEW, "content": {"title": line.partner.name, "text": text}}
            made.append({**attached(shown.card), "preview": preview})
        return made


def _typed(value: object) -> str:
    """What was typed into the search; empty at first."""
    parameters = value.get("parameters") if isinstance(value, Mapping) else None
    for each in parameters if isinstance(parameters, list) else []:
        if isinstance(each, Mapping) and each.get("name") == "query" and isinstance(each.get("value"), str):
            return " ".join(str(each["value"])[:100].split())
    return ""


def _first_line(answer: Answer) -> str:
    return plain(answer.reply, answer.reader).partition("\n")[0]
