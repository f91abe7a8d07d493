"""Tells people what happened, once each: the jobs `tell` and `remind`."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.happening import HappeningId
from calendar_core.job import Job, reminder_in
from calendar_core.people import UserId
from calendar_core.ports import Clock, Happenings, Notifier, People, RetryAt, Sessions
from calendar_core.session import SessionState


@dataclass(frozen=True, slots=True)
class Notifying:
    """A push that fails is tried again by its job; a push that may have arrived carries the same key again."""

    people: People
    sessions: Sessions
    happenings: Happenings
    notifier: Notifier
    clock: Clock

    async def tell(self, job: Job) -> RetryAt | None:
        """Tells one person, unless they know already."""
        happening, user = HappeningId(int(job.subject[0])), UserId(int(job.subject[1]))
        if await self.happenings.silenced(happening, user):
            return None
        what = await self.happenings.happening(happening)
        await self.notifier.tell(await self.people.user(user), f"happening/{happening}/{user}", what)
        await self.happenings.told(happening, user, self.clock.now())
        return None

    async def remind(self, job: Job) -> RetryAt | None:
        """Reminds one person, if the session still stands as it did when the reminder was planned."""
        soon, user = reminder_in(job)
        session = await self.sessions.session(soon.session)
        if session is None or session.state is not SessionState.BOOKED or session.sequence != soon.sequence:
            return None
        if self.clock.now() < session.when.start:
            await self.notifier.tell(await self.people.user(user), "/".join(("remind", *job.subject)), soon)
        return None
