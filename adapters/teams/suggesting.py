"""Names that come while an administrator types (application/search): of their own programmes' people alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.buttons import token_of
from bot.commands import ShowPerson
from bot.plain_text import plain_text
from bot.replies import Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import HealthWords
from calendar_core.errors import CalendarError
from calendar_core.monitoring import Monitoring
from calendar_core.people import User
from calendar_core.ports import People

from .activity import Activity
from .answering import WITHIN, Answering
from .connector import Json
from .render.person_field import PEOPLE

FOUND = "application/vnd.microsoft.search.searchResponse"
MOST, LONGEST = 15, 100  # Teams shows no more; letters that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggesting:
    """`within` in seconds: with the next letter it is asked again."""

    answering: Answering
    people: People
    monitoring: Monitoring
    within: float = WITHIN

    async def found(self, activity: Activity) -> Json:
        """What the field offers: nothing to whoever administers nothing, whatever is typed."""
        nobody: list[Json] = []
        work = self.answering.safely(activity, self._offered(activity), lambda _: nobody)
        asking = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({asking}, timeout=self.within)
        if not done:
            asking.cancel()
        return {"statusCode": 200, "type": FOUND, "value": {"results": asking.result() if done else nobody}}

    async def _offered(self, activity: Activity) -> list[Json]:
        typed = _typed(activity.value)
        user = await self._asker(activity) if typed else None
        if user is None:
            return []
        try:
            found = await self.monitoring.beginning(user, typed, MOST)
        except CalendarError:  # nobody's administrator, or one who is told of groups alone
            return []
        return [_result(each, user) for each in found]

    async def _asker(self, activity: Activity) -> User | None:
        speaker = await self.answering.people.speaker(activity)
        return await self.people.known_as(speaker.who)


def _result(person: User, asker: User) -> Json:
    named = sentence(HealthWords.PERSON_NAMED, name=person.name, email=person.email)
    title = Voice(Reader(asker.language, asker.time_zone)).unmarked(named)
    return {"title": title, "value": token_of(ShowPerson(person.id))}


def _typed(value: object) -> str:
    """Empty where it is asked for another set, or nothing is typed yet."""
    if not isinstance(value, Mapping) or value.get("dataset") != PEOPLE:
        return ""
    typed = value.get("queryText")
    return plain_text(typed[:LONGEST]) if isinstance(typed, str) else ""
