"""Sessions whose invitations go by mail: whether they went out, and links that people give to sessions without one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from calendar_core.conference_link import link_of
from calendar_core.errors import LinkStands, NoLink, SessionGone
from calendar_core.happening import LinkReady
from calendar_core.interval import Interval
from calendar_core.invitation import Invitation
from calendar_core.job import settle_job
from calendar_core.people import DAY_MINUTES, User
from calendar_core.ports import Clock, Invitations, Sessions, Telling
from calendar_core.session import STANDING, Session, SessionUid

WAIT_SECONDS = 3.0
FIRST_GLANCE_SECONDS, SLOWEST_GLANCE_SECONDS = 0.02, 0.25


@dataclass(frozen=True, slots=True)
class MailedSessions:
    """Everything here may be asked twice."""

    sessions: Sessions
    invitations: Invitations
    clock: Clock

    async def sent(self, key: str) -> bool:
        """Whether everybody was sent that invitation; the mail server is given a few seconds for it."""
        pause = FIRST_GLANCE_SECONDS
        ends = asyncio.get_running_loop().time() + WAIT_SECONDS
        while True:
            found = await self.invitations.of(key)
            if found is None or not found.missing():
                return found is not None and all(copy.sent == found.edition for copy in found.copies)
            if asyncio.get_running_loop().time() + pause > ends:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, SLOWEST_GLANCE_SECONDS)

    async def invitation(self, key: str) -> Invitation | None:
        """As it stands."""
        return await self.invitations.of(key)

    async def linkable(self, user: User) -> tuple[Session, ...]:
        """The person's planned sessions that have no link, in order of time; if all have one, those whose link a
        person gave."""
        ahead = Interval.lasting(self.clock.now(), 400 * DAY_MINUTES)
        found = await self.sessions.of_user(user.id, ahead)
        without = tuple(each for each in found if each.conference is None)
        return without or tuple(each for each in found if each.conference and each.conference.suite is None)

    async def add_link(self, user: User, uid: SessionUid, text: str) -> Session:
        """One of the two says where to meet; the other is told. Twice is once; another link replaces the one that was
        given. Raises SessionGone, NoLink, and LinkStands where a calendar made one."""
        try:
            link = link_of(text)
        except ValueError:
            raise NoLink from None
        session = await self.session(user, uid)
        if session.conference is not None and session.conference.suite is not None:
            raise LinkStands
        if session.conference is not None and session.conference.url == link:
            return session
        now = self.clock.now()
        other = session.attendee if user.id == session.organizer else session.organizer
        kept = await self.sessions.keep(
            session.given_link(link),
            tell=(Telling(other, LinkReady(uid), now),),
            later=((settle_job(uid), now),),
        )
        return kept or await self.add_link(user, uid, text)

    async def session(self, user: User, uid: SessionUid) -> Session:
        """The person's own, still to come. Raises SessionGone."""
        session = await self.sessions.session(uid)
        if session is None or user.id not in session.people or session.state not in STANDING:
            raise SessionGone(uid)
        if session.when.end <= self.clock.now():
            raise SessionGone(uid)
        return session
