"""The store of what follows a session: feedback, next steps, and what may be told of ratings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from calendar_core.averages import MonthlyAverage
from calendar_core.feedback import Feedback, Happened, Missed
from calendar_core.people import ProgrammeId, UserId
from calendar_core.session import Session, SessionUid
from calendar_core.step import Step, StepUid


class Feedbacks(Protocol):
    """What each of the two says of a session that is over. Each method is one transaction."""

    async def ask(self, session: SessionUid, person: UserId, at: datetime) -> bool:
        """That person is to be asked, once: stored with the job that asks. False, and nothing written, if they were
        asked of this session before, have left the newest two requests unanswered, or are nobody any more."""

    async def of(self, session: SessionUid, person: UserId) -> Feedback | None:
        """None where it was not asked for."""

    async def say(
        self,
        session: SessionUid,
        person: UserId,
        happened: Happened,
        missed: Missed | None,
        at: datetime,
        *,
        since: datetime,
    ) -> bool:
        """Whether it happened; the last word counts. A rating of what did not happen goes, unless it was given
        before `since`. False, and nothing written, where it was not asked for."""

    async def rate(self, session: SessionUid, person: UserId, useful: int, at: datetime, since: datetime) -> bool:
        """How useful it was, 1 to 5. The last word counts, but none is changed that was given before `since`. False,
        and nothing written, then, and where nobody said that it happened."""


class Steps(Protocol):
    """Next steps, sealed. Each method is one transaction; but for `shared` and `agenda` each is about its author's
    own."""

    @property
    def kept(self) -> bool:
        """Whether there is a key to seal them with: without one none can be written."""

    async def write(self, step: Step, most: int) -> bool:
        """Stores it as its author's alone. False, and nothing written, where the author has `most` of that session."""

    async def share(self, step: StepUid, author: UserId, partner: UserId | None, at: datetime) -> Step | None:
        """It is the two's from now on, and the partner is told of it; or, without a partner, the author's alone again.
        Twice is once; what is shared again afterwards is told again. None for anybody else's step."""

    async def drop(self, step: StepUid, author: UserId) -> bool:
        """Removes it. False for anybody else's step, and for one that is gone."""

    async def of(self, author: UserId, limit: int) -> tuple[Step, ...]:
        """The author's own, the newest first."""

    async def own(self, step: StepUid, author: UserId) -> Step | None:
        """One of the author's own."""

    async def shared(self, step: StepUid, sharing: int) -> Step | None:
        """One that is shared, by that sharing, counted from 1; None once that was withdrawn, and for all others."""

    async def agenda(self, session: Session) -> tuple[Step, ...]:
        """What was shared after the session of the same match before this one, in order."""


class Averages(Protocol):
    """What administrators are told of ratings."""

    async def first_asked(self, programme: ProgrammeId, since: datetime) -> datetime | None:
        """When somebody was first asked about a session there, from then on."""

    async def known(self, programme: ProgrammeId, since: date) -> tuple[MonthlyAverage, ...]:
        """The months that are closed, in order, from that one on."""

    async def close(self, programme: ProgrammeId, month: date, begins: datetime, ends: datetime) -> None:
        """One transaction: makes the month's figure of what was asked and rated between the two instants, and keeps it
        for ever. A month that is closed stays as it is: twice is once."""
