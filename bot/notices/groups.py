"""What a group message of the two says of their session, and whether there is to be one (decision 24)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.replies import Answer, Reader, Summary
from bot.sentences import Across, sentence
from bot.words import GroupWords, Text
from calendar_core.people import User
from calendar_core.ports import People, Sessions
from calendar_core.session import Session, SessionState, SessionUid

ENGLISH = "en-GB"
NOT_YET = frozenset({SessionState.HELD, SessionState.RELEASING, SessionState.RELEASED})


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """`people`: who booked, and the other one. `wanted`: it is booked, and both chose to have it said there."""

    people: tuple[User, User]
    wanted: bool
    answer: Answer


@dataclass(frozen=True, slots=True)
class GroupNotices:
    """Reads the present state."""

    sessions: Sessions
    people: People

    async def of(self, uid: SessionUid) -> GroupNotice | None:
        """None for a session that is none, or not one yet."""
        session = await self.sessions.session(uid)
        if session is None or session.state in NOT_YET:
            return None
        other = session.attendee if session.booked_by == session.organizer else session.organizer
        both = await self.people.user(session.booked_by), await self.people.user(other)
        chosen = all(each.own.group_confirmations for each in both)
        wanted = chosen and session.state is SessionState.BOOKED and session.cancelled is None
        return GroupNotice(both, wanted, _answer(session, *both))


def _answer(session: Session, booker: User, other: User) -> Answer:
    """When, who and where: no choices, no topic, no reason. In the language that both read, else in English; by the
    booker's clock, with the other's beside it."""
    is_shared = booker.language.partition("-")[0] == other.language.partition("-")[0]
    when = Across(session.when, other.itinerary)
    first, second = (each.name or each.email for each in (booker, other))
    said = sentence(_words(session), when=when, first=first, second=second)
    link = session.conference.url if session.conference and session.state is SessionState.BOOKED else None
    reader = Reader(language=booker.language if is_shared else ENGLISH, zone=booker.itinerary)
    return Answer(Summary(paragraphs=((said,),), join=link), reader)


def _words(session: Session) -> Text:
    if session.cancelled is not None:
        return GroupWords.CANCELLED_TOGETHER
    if session.state is SessionState.NEEDS_NEW_TIME:
        return GroupWords.NEEDS_NEW_TIME_TOGETHER
    return GroupWords.INVITED_TOGETHER if session.mailed else GroupWords.BOOKED_TOGETHER
