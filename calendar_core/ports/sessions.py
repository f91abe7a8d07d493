"""The store of sessions, requests and receipts: each method is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from calendar_core.interval import Interval
from calendar_core.invitation import Invitation
from calendar_core.job import Job
from calendar_core.people import MatchId, UserId
from calendar_core.request import Request, RequestId
from calendar_core.session import Session, SessionUid

from .telling import Telling


class Sessions(Protocol):
    """Sessions and the times they hold. The guard against double booking lives in `reserve`, nowhere else."""

    async def reserve(self, session: Session, *, accepting: RequestId | None = None) -> Session:
        """One transaction: the session (HELD), both people's holds, the job that settles it, and the acceptance
        of the request it answers, if any.

        Raises NotMatched if the match stands no more, RequestClosed if that request is not open any more, and
        SlotTaken if either person's time is held by another session. With a uid that exists already it returns what
        is stored: twice is once.
        """

    async def session(self, uid: SessionUid) -> Session | None:
        """As last stored."""

    async def with_event(self, event_id: str) -> Session | None:
        """The one whose event that is."""

    async def standing(self, match: MatchId, when: Interval) -> Session | None:
        """A held or booked session of that match at exactly that time."""

    async def keep(
        self,
        session: Session,
        *,
        tell: Iterable[Telling] = (),
        later: Iterable[tuple[Job, datetime]] = (),
        settle: bool = False,
    ) -> Session | None:
        """Stores the changed session if its revision is still the stored one (then it rises by one) and frees
        the holds of a state that holds nothing. None, and nothing written, if somebody else was faster.

        In the same transaction: what people are to be told of it, jobs to be done `later`, as reminders are, and the
        job that brings it to rest, if it is to `settle`.
        """

    async def held(self, users: Iterable[UserId], window: Interval) -> Mapping[UserId, tuple[Interval, ...]]:
        """Times held for sessions (HELD or standing), per user, unpadded."""

    async def of_user(self, user: UserId, window: Interval) -> tuple[Session, ...]:
        """Booked ones (and those that need a new time) that touch the window, in order of time."""

    async def of_match(self, match: MatchId, limit: int) -> tuple[Session, ...]:
        """Its newest booked ones, the latest start first."""

    async def held_and_past(
        self, users: Iterable[UserId], window: Interval, match: MatchId, limit: int
    ) -> tuple[Mapping[UserId, tuple[Interval, ...]], tuple[Session, ...]]:
        """`held` and `of_match`, read at once: every look-up needs both."""

    async def replied(self, uid: SessionUid, user: UserId, *, sequence: int = 0) -> None:
        """The person has the answer on the screen: what was to be told to them of its booking, and of its changes up
        to that `sequence`, is not sent."""

    async def unsettled(self, now: datetime) -> tuple[SessionUid, ...]:
        """HELD, RELEASING, CANCELLING, or with a link still due, and without a job that would see to it: for the
        sweep."""


class Requests(Protocol):
    """Requests between two people."""

    async def make(self, request: Request, tell: UserId | None) -> Request:
        """Stores it under a new id and has `tell` told. Raises OpenRequestExists if the pair has an open one
        in either direction, unless it comes from the same asker (then the older is REPLACED)."""

    async def make_unmatched(self, request: Request, tell: UserId | None, *, since: datetime, limit: int) -> bool:
        """The same between strangers. False, and nothing written, if the asker has made `limit` such requests since."""

    async def request(self, request: RequestId) -> Request | None:
        """As last stored."""

    async def change(
        self, was: Request, now: Request, *, tell: Iterable[Telling] = (), invite: Invitation | None = None
    ) -> bool:
        """Replaces it if it is still what it was, and invites by mail whom that concerns; False, and nothing written,
        otherwise."""

    async def refuse_from(self, by: UserId, asker: UserId) -> None:
        """[No more from this person], unseen by the sender."""

    async def refuses(self, by: UserId, asker: UserId) -> bool:
        """Whether `by` wants no requests from the asker."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`viewer` was shown `owner`'s times on `day` (UTC), for `first` to `last`, by a match; automatic or asked."""

    owner: UserId
    viewer: UserId
    match: MatchId
    day: date
    first: date
    last: date
    automatic: bool = False


class Receipts(Protocol):
    """Who was shown whose times (decision 9): readable by the owner alone, for 90 days."""

    async def shown(self, receipts: Iterable[Receipt], limit: int) -> bool:
        """Records a look-up before its result is shown. False, and nothing recorded, if the pair has used up
        `limit` look-ups that day. Automatic ones are recorded and not counted."""

    async def of(self, owner: UserId, since: date) -> tuple[Receipt, ...]:
        """The owner's, newest first; one per viewer, match and day with its widest dates, automatic if all were."""

    async def forget(self, before: date) -> None:
        """Removes those of earlier days."""
