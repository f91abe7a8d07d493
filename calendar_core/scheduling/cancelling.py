"""Cancelling: one decision, told to the other at once; the calendars follow."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.errors import SessionGone, SessionIsFrozen
from calendar_core.happening import SessionCancelled
from calendar_core.people import User
from calendar_core.ports import Clock, Sessions, Telling
from calendar_core.scheduling.waiting import REPLY_MAY_TAKE, at_rest
from calendar_core.session import STANDING, Cancellation, Session, SessionState, SessionUid

WAIT_SECONDS = 8.0  # then it is said that the calendar has not confirmed
OFF = (SessionState.CANCELLING, SessionState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Whoever of the two cancels: from that moment the session does not take place, whatever the calendars say."""

    sessions: Sessions
    clock: Clock

    async def cancel(self, user: User, uid: SessionUid, *, wait_seconds: float = WAIT_SECONDS) -> Session:
        """Comes back CANCELLED, its `removal` saying whether the calendars are clear; or still CANCELLING if the
        calendar takes longer than people wait: it is tried on, and both are told. Twice is once.

        Raises SessionGone for anybody else's, and for one that has begun or that no calendar ever had; SessionIsFrozen.
        """
        while True:
            session = await at_rest(self.sessions, uid, wait_seconds)
            if user.id not in session.people:
                raise SessionGone(uid)
            if session.state in OFF:
                return session
            if await self._called_off(user, session):
                return await at_rest(self.sessions, uid, wait_seconds)

    async def _called_off(self, user: User, session: Session) -> bool:
        """False if somebody else was faster with whatever change."""
        now = self.clock.now()
        if session.state not in STANDING or session.when.start <= now:
            raise SessionGone(session.uid)
        if session.frozen:
            raise SessionIsFrozen(session.uid)
        off = session.cancelling(user.id, Cancellation.ASKED_FOR, now)
        what = SessionCancelled(session.uid, off.sequence)
        told = (Telling(session.other(user.id), what, now), Telling(user.id, what, now + REPLY_MAY_TAKE))
        return await self.sessions.keep(off, tell=told, settle=True) is not None
