"""Sessions that people put before others themselves: what everybody sees of one, and what its two people see there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from bot.commands import ShowSessions
from bot.handlers.talk import party_of
from bot.replies import Answer, SessionLine, SessionsListed
from calendar_core.people import User
from calendar_core.ports import People, Reach, TeamsPlaces

from .activity import Activity
from .answering import Answering
from .render import Drawn
from .render.shared import for_everybody, for_one_of_the_two, for_others


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSessions:
    """Reads, and changes nothing: a card that draws itself anew asks often, and by itself."""

    answering: Answering
    people: People
    reach: Reach
    places: TeamsPlaces

    async def listed(self, activity: Activity) -> Answer:
        """Whoever asks, their own planned ones: all of them, for what is looked for may be far away."""
        speaker = await self.answering.people.speaker(activity)
        conversation = self.answering.conversation
        answer = await conversation.look(speaker.who, ShowSessions())
        user = await self.people.known_as(speaker.who)
        if user is None or not isinstance(answer.reply, SessionsListed) or not answer.reply.sessions:
            return answer
        found = await conversation.core.scheduling.booking.of(user, past=False)
        lines = tuple(SessionLine(session, party_of(pair.partner)) for session, pair in found)
        return replace(answer, reply=replace(answer.reply, sessions=lines))

    async def card(self, activity: Activity, line: SessionLine, answer: Answer) -> Drawn:
        """What whoever did that shows others of it."""
        return for_everybody(line, await self._viewers(activity, line), answer.reader)

    async def view(self, activity: Activity, session: object) -> tuple[Drawn, ...]:
        """What whoever looks sees in its place."""
        answer = await self.listed(activity)
        lines = answer.reply.sessions if isinstance(answer.reply, SessionsListed) else ()
        line = next((each for each in lines if each.session.uid == session), None)
        if line is None:
            return (for_others(answer.reader),)
        return (for_one_of_the_two(line, await self._viewers(activity, line), answer.reader),)

    async def _viewers(self, activity: Activity, line: SessionLine) -> list[str]:
        """Whoever did that, and the partner where they are found in the same tenant."""
        user = await self.people.known_as(activity.account)
        theirs = [each async for each in self._members(activity.issuer, line, user)] if user is not None else []
        return [activity.sender, *theirs]

    async def _members(self, issuer: str, line: SessionLine, user: User) -> AsyncIterator[str]:
        both = (line.session.organizer, line.session.attendee)
        for accounts in (await self.reach.homes([each for each in both if each != user.id])).values():
            for account in accounts:
                place = await self.places.of(account) if account.issuer == issuer else None
                if place is not None:
                    yield place.member
