"""Tells people what happened, once each: the jobs `tell` and `remind`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calendar_core.errors import ProviderUnavailable
from calendar_core.happening import (
    CalendarCovered,
    Happening,
    HappeningId,
    HealthNews,
    MatchEnded,
    MatchMade,
    MembershipEnded,
    PartnerLeft,
    SessionOver,
    StepShared,
    ZoneDiffers,
)
from calendar_core.job import Job, reminder_in
from calendar_core.notice_time import notice_time
from calendar_core.people import MatchId, UserId
from calendar_core.ports import Clock, Happenings, Notifier, People, Programmes, RetryAt, Sessions
from calendar_core.session import SessionState


@dataclass(frozen=True, slots=True)
class Notifying:
    """A push that fails is tried again by its job; a push that may have arrived carries the same key again."""

    people: People
    programmes: Programmes
    sessions: Sessions
    happenings: Happenings
    notifier: Notifier
    clock: Clock

    async def tell(self, job: Job) -> RetryAt | None:
        """Tells one person, unless they know already."""
        happening, user = HappeningId(int(job.subject[0])), UserId(int(job.subject[1]))
        if await self.happenings.silenced(happening, user):
            await self.happenings.told(happening, user, self.clock.now())  # so that it is forgotten in time
            return None
        what, reader = await self.happenings.happening(happening), await self.people.user(user)
        now = self.clock.now()
        due = notice_time(reader, now) if _can_wait(what) else now
        if due > now:
            return RetryAt(due)
        try:
            await self.notifier.tell(reader, f"happening/{happening}/{user}", what)
        except ProviderUnavailable as later:
            return _as_asked(later, now)
        await self.happenings.told(happening, user, now)
        if isinstance(what, MatchMade):
            await self._open_if_both_know(happening, what.match)
        return None

    async def remind(self, job: Job) -> RetryAt | None:
        """Reminds one person, if the session still stands as it did when the reminder was planned."""
        soon, user = reminder_in(job)
        session = await self.sessions.session(soon.session)
        if session is None or session.state is not SessionState.BOOKED or session.sequence != soon.sequence:
            return None
        if self.clock.now() < session.when.start:
            try:
                await self.notifier.tell(await self.people.user(user), "/".join(("remind", *job.subject)), soon)
            except ProviderUnavailable as later:
                return _as_asked(later, self.clock.now())
        return None

    async def _open_if_both_know(self, happening: HappeningId, number: MatchId) -> None:
        match = await self.programmes.match(number)
        if match is not None and {match.mentor, match.mentee} <= await self.happenings.told_to(happening):
            await self.programmes.opened(number, self.clock.now())


def _as_asked(later: ProviderUnavailable, now: datetime) -> RetryAt:
    """As long as the chat wants. That is no failure; raises again what says nothing of when."""
    if later.retry_after is None:
        raise later
    return RetryAt(now + later.retry_after)


def _can_wait(what: Happening) -> bool:
    """Nobody waits for an answer, and no session is near (decision 17)."""
    match what:
        case MatchEnded(_, soon):
            return not soon
        case PartnerLeft(_, sessions) | MembershipEnded(_, sessions):
            return not sessions
        case _:
            return isinstance(what, MatchMade | ZoneDiffers | HealthNews | CalendarCovered | SessionOver | StepShared)
