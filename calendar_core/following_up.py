"""After a session: each of the two is asked alone whether it happened and how useful it was; and their next steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from calendar_core.averages import begins, month_of
from calendar_core.errors import SessionGone
from calendar_core.feedback import ASKED_AFTER, ASKED_WITHIN, HIGHEST, Feedback, Happened, Missed
from calendar_core.interval import Interval
from calendar_core.job import Job, follow_up_in
from calendar_core.notice_time import notice_time
from calendar_core.people import User
from calendar_core.ports import Clock, Feedbacks, People, Programmes, RetryAt, Sessions, Steps
from calendar_core.session import Session, SessionState, SessionUid
from calendar_core.step import MOST_STEPS, WRITTEN_WITHIN, Step, StepUid
from calendar_core.topic import topic_of
from calendar_core.wall_clock import local_time

STEPS_SHOWN = 20


class TooManySteps(ValueError):
    """That person has written as many after that session as are kept."""


class NoStepsKept(ValueError):
    """There is no key to seal them with."""


@dataclass(frozen=True, slots=True)
class FollowingUp:
    """Whoever answers is asked for, as ever: a button names a session, and grants nothing."""

    people: People
    programmes: Programmes
    sessions: Sessions
    feedbacks: Feedbacks
    steps: Steps
    clock: Clock
    new_uid: Callable[[], str]

    # --- asking ------------------------------------------------------------------------------------------------------

    async def ask(self, job: Job) -> RetryAt | None:
        """The job `follow up`: one person is asked about one session, once, in their working hours (decision 17);
        unless it does not stand as it did when this was planned, they are paused, or want no such questions."""
        uid, sequence, user = follow_up_in(job)
        session, reader, now = await self.sessions.session(uid), await self.people.user(user), self.clock.now()
        if session is None or session.state is not SessionState.BOOKED or session.sequence != sequence:
            return None
        if now < session.when.end:
            return RetryAt(session.when.end + ASKED_AFTER)
        match = await self.programmes.match(session.match)
        if match is None or match.ended_at is not None or not self._can_be_asked(reader, session):
            return None
        due = notice_time(reader, now)
        if due > now:
            return RetryAt(due)
        await self.feedbacks.ask(uid, user, now)
        return None

    def _can_be_asked(self, reader: User, session: Session) -> bool:
        now = self.clock.now()
        paused = reader.paused_until is not None and local_time(reader.itinerary, now).date() < reader.paused_until
        return reader.own.asked_after and not paused and now <= session.when.end + ASKED_WITHIN

    async def open_question(self, user: User, uid: SessionUid) -> Session | None:
        """The session, where that person is still to say whether it happened."""
        session, given = await self.sessions.session(uid), await self.feedbacks.of(uid, user.id)
        if session is None or session.state is not SessionState.BOOKED or given is None or given.happened is not None:
            return None
        return session if user.own.asked_after else None

    # --- answers -----------------------------------------------------------------------------------------------------

    async def say(self, user: User, uid: SessionUid, happened: Happened, missed: Missed | None = None) -> Session:
        """Whether it happened. The last word counts. Raises SessionGone where nobody asked that person."""
        session = await self._over(user, uid)
        now, since = await self._this_month(session)
        if not await self.feedbacks.say(uid, user.id, happened, missed, now, since=since):
            raise SessionGone(uid)
        return session

    async def rate(self, user: User, uid: SessionUid, useful: int) -> tuple[Session, bool]:
        """How useful it was, 1 to 5; False for a rating of a month that is over, which stays as it is. Raises
        SessionGone where nobody asked that person, or it did not happen."""
        session = await self._over(user, uid)
        given = await self.feedbacks.of(uid, user.id)
        if given is None or given.happened in (None, Happened.NO) or not 1 <= useful <= HIGHEST:
            raise SessionGone(uid)
        now, since = await self._this_month(session)
        return session, await self.feedbacks.rate(uid, user.id, useful, now, since)

    async def given(self, user: User, uid: SessionUid) -> tuple[Session, Feedback]:
        """What that person said so far. Raises SessionGone where nobody asked them."""
        session, given = await self._over(user, uid), await self.feedbacks.of(uid, user.id)
        if given is None:
            raise SessionGone(uid)
        return session, given

    # --- steps -------------------------------------------------------------------------------------------------------

    async def write(self, user: User, text: str) -> tuple[Step, Session] | None:
        """A step after the newest session that has begun: the author's alone until it is shared. None where there was
        no session lately, or nothing is left of the text. Raises NoStepsKept, TooManySteps."""
        line, session = topic_of(text), await self.newest(user)
        if session is None or not line:
            return None
        if not self.steps.kept:
            raise NoStepsKept
        step = Step(StepUid(self.new_uid()), session.uid, user.id, self.clock.now(), line)
        if not await self.steps.write(step, MOST_STEPS):
            raise TooManySteps
        return step, session

    async def share(self, user: User, uid: StepUid, *, shared: bool) -> tuple[Step, Session]:
        """For both, or the author's alone (again). The partner is told of each sharing that is not withdrawn before.
        Raises SessionGone for a step that is not the user's, or is gone."""
        _, session = await self.step(user, uid)
        partner = session.other(user.id) if shared else None
        step = await self.steps.share(uid, user.id, partner, self.clock.now())
        if step is None:
            raise SessionGone
        return step, session

    async def step(self, user: User, uid: StepUid) -> tuple[Step, Session]:
        """One of the user's own. Raises SessionGone for one that is not, or is gone."""
        found = await self.steps.own(uid, user.id)
        session = await self.sessions.session(found.session) if found else None
        if found is None or session is None:
            raise SessionGone
        return found, session

    async def shared_with(self, user: User, uid: StepUid, sharing: int) -> tuple[Step, Session] | None:
        """A step of that user's partner, as long as that sharing of it holds."""
        found = await self.steps.shared(uid, sharing)
        session = await self.sessions.session(found.session) if found else None
        if found is None or session is None or user.id != session.other(found.author):
            return None
        return found, session

    async def newest(self, user: User) -> Session | None:
        """The last session of that person that has begun, if that was lately."""
        now = self.clock.now()
        lately = Interval.between(now - WRITTEN_WITHIN, now)
        found = await self.sessions.of_user(user.id, lately)
        return next((each for each in reversed(found) if each.state is SessionState.BOOKED), None)

    async def _over(self, user: User, uid: SessionUid) -> Session:
        session = await self.sessions.session(uid)
        if session is None or user.id not in session.people or self.clock.now() < session.when.end:
            raise SessionGone(uid)
        if session.state is not SessionState.BOOKED:
            raise SessionGone(uid)
        return session

    async def _this_month(self, session: Session) -> tuple[datetime, datetime]:
        """Now, and when the programme's month began: a rating given before that is not changed any more."""
        now, zone = self.clock.now(), await self._zone(session)
        return now, begins(zone, month_of(zone, now))

    async def _zone(self, session: Session) -> str:
        match = await self.programmes.match(session.match)
        if match is None:
            raise SessionGone(session.uid)
        return (await self.programmes.programme(match.programme)).time_zone
