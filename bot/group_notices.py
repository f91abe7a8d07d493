"""What a group message of the two says of their session, and whether there is to be one."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.people import User
from calendar_core.ports import People, Sessions
from calendar_core.session import SessionState, SessionUid

from .handlers.groups import group_answer
from .replies import Answer

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
        return GroupNotice(both, wanted, group_answer(session, *both))
