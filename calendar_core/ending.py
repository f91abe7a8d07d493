"""What becomes of planned sessions when a match or its programme has ended (decision 13)."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.ended import Ended, Plan
from calendar_core.errors import NotMatched
from calendar_core.interval import Interval
from calendar_core.job import Job
from calendar_core.people import MatchId, User
from calendar_core.ports import Clock, Endings, Programmes, Sessions
from calendar_core.session import Session

FURTHEST = 400 * 24 * 60  # minutes; nothing is planned further ahead


@dataclass(frozen=True, slots=True)
class Decided:
    """`planned` is what was planned when it was asked; `anew`: by this very answer, and not by an earlier one."""

    ended: Ended
    planned: tuple[Session, ...]
    anew: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Whichever of the two answers first decides for both; without an answer their sessions are kept."""

    programmes: Programmes
    sessions: Sessions
    endings: Endings
    clock: Clock

    async def decide(self, user: User, match: MatchId, plan: Plan) -> Decided:
        """What is decided, be it by this answer or by an earlier one.

        Raises NotMatched for a match of other people, and for one whose people were asked nothing: alike, whatever the
        reason (decision 12).
        """
        found = await self.programmes.match(match)
        if found is None or user.id not in (found.mentor, found.mentee):
            raise NotMatched("")
        planned, before = await self.planned(user, match), await self.ended(match)
        ended = await self.endings.decide(match, user.id, plan, self.clock.now())
        if ended is None or before is None:
            raise NotMatched("")
        return Decided(ended, planned, anew=before.plan is None and ended.decided_by == user.id)

    async def ended(self, match: MatchId) -> Ended | None:
        """How that match ended, and what was decided since; None where nobody was asked anything."""
        return await self.endings.ended(match)

    async def planned(self, user: User, match: MatchId) -> tuple[Session, ...]:
        """What is planned in that match, the soonest first, as either of its two may know."""
        now = self.clock.now()
        ahead = await self.sessions.of_user(user.id, Interval.lasting(now, FURTHEST))
        return tuple(each for each in ahead if each.match == match and each.when.start > now)

    async def end_programmes(self, _job: Job) -> None:
        """And what ends as organisations part. Once an hour is enough; twice is once."""
        await self.endings.programmes_over(self.clock.now())
        await self.endings.apart(self.clock.now())
