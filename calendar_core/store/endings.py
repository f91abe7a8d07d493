"""What ends, with all that follows from it: matches, memberships, programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from calendar_core.ended import Ended, EndedBecause, Leaver, Plan
from calendar_core.happening import MatchEnded, MembershipEnded, PartnerLeft, PlanDecided
from calendar_core.interval import epoch_minute
from calendar_core.job import settle_job
from calendar_core.people import Match, MatchId, ProgrammeId, Role, UserId
from calendar_core.ports import Telling
from calendar_core.request import RequestState
from calendar_core.session import STANDING, Cancellation, Release, Session, SessionState

from . import sessions
from .database import Database, insert, portions
from .happenings import tell
from .jobs import Deferral, Queue
from .matches import APART, MATCH_STANDS, match_of
from .schema import ending, match, membership, programme, request, session
from .session_rows import session_of

SOON = timedelta(days=1)  # a session so near is not left for the next working hour


class SqlEndings:
    """The port `Endings`."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue

    async def end(self, number: MatchId, at: datetime) -> bool:
        return await self._database.write(lambda connection: self._end(connection, number, at))

    async def leave(self, leaver: Leaver, at: datetime) -> bool:
        return await self._database.write(lambda connection: self.leave_in(connection, leaver, at))

    async def programmes_over(self, now: datetime) -> int:
        def write(connection: Connection) -> int:
            over = programmes_over(connection, now)
            going_on = match.c.programme.not_in(over)
            which = and_(match.c.programme.in_(over), MATCH_STANDS)
            return self._ask_all(connection, which, EndedBecause.PROGRAMME, going_on, now)

        return await self._database.write(write)

    async def apart(self, now: datetime) -> int:
        def write(connection: Connection) -> int:
            return self._ask_all(connection, APART, EndedBecause.APART, MATCH_STANDS, now)

        return await self._database.write(write)

    async def ended(self, number: MatchId) -> Ended | None:
        return await self._database.read(lambda connection: _find(connection, number))

    async def decide(self, number: MatchId, by: UserId, plan: Plan, at: datetime) -> Ended | None:
        def write(connection: Connection) -> Ended | None:
            undecided = and_(ending.c.match == number, ending.c.plan.is_(None))
            first = connection.execute(update(ending).where(undecided).values(plan=plan, decided_by=by)).rowcount
            found = connection.execute(select(match).where(match.c.id == number)).first()
            if first and found is not None:
                off = plan is Plan.CANCEL
                gone = self._cancel(connection, [number], by, Cancellation.MATCH_ENDED, at) if off else []
                other = match_of(found).partner_of(by)
                what = PlanDecided(number, tuple(each.uid for each in gone))
                tell(connection, self._queue, [Telling(other, what, at)])
            return _find(connection, number)

        return await self._database.write(write)

    def _end(self, connection: Connection, number: MatchId, at: datetime) -> bool:
        still = and_(match.c.id == number, match.c.ended_at.is_(None))
        row = connection.execute(update(match).where(still).values(ended_at=at).returning(match)).first()
        if row is None:
            return False
        _close_requests(connection, request.c.match == number)
        _give_up(connection, [number])
        self._ask(connection, match_of(row), EndedBecause.MATCH, at)
        return True

    def _ask_all(
        self,
        connection: Connection,
        which: ColumnElement[bool],
        because: EndedBecause,
        going_on: ColumnElement[bool],
        at: datetime,
    ) -> int:
        """Both of each of these that have something planned, unless they were asked. Of what goes on again nothing is
        to be decided any more."""
        again = and_(ending.c.because == because, ending.c.match.in_(select(match.c.id).where(going_on)))
        connection.execute(delete(ending).where(again))
        planned = exists().where(session.c.match == match.c.id, _planned(at))
        asked = exists().where(ending.c.match == match.c.id)
        wanted = select(match).where(which, planned, ~asked).order_by(match.c.id).with_for_update()
        rows = connection.execute(wanted).all()
        for row in rows:
            self._ask(connection, match_of(row), because, at)
        return len(rows)

    def _ask(self, connection: Connection, one: Match, because: EndedBecause, at: datetime) -> None:
        row = insert(connection, ending).values(match=one.id, at=at, because=because).on_conflict_do_nothing()
        if connection.execute(row.returning(ending.c.match)).first() is None:
            return  # asked when the programme ended, or the organisations parted
        soonest = connection.execute(
            select(func.min(session.c.start_minute)).where(session.c.match == one.id, _planned(at))
        ).scalar()
        what = MatchEnded(one.id, soon=soonest is not None and soonest <= epoch_minute(at + SOON))
        tell(connection, self._queue, [Telling(user, what, at) for user in (one.mentor, one.mentee)])

    def leave_in(self, connection: Connection, leaver: Leaver, at: datetime, *, tell_leaver: bool = True) -> bool:
        """`leave`, as part of another decision."""
        user, number = leaver.user, leaver.programme
        both = or_(match.c.mentor == user, match.c.mentee == user)
        # before the memberships: whoever reserves a time asks for its match first, and one of the two waits
        rows = connection.execute(
            select(match).where(match.c.programme == number, both).order_by(match.c.id).with_for_update()
        )
        matches = [match_of(row) for row in rows]
        present = [membership.c.person == user, membership.c.programme == number, membership.c.ended_at.is_(None)]
        role = [] if leaver.role is None else [membership.c.role == leaver.role]
        if not connection.execute(update(membership).where(*present, *role).values(ended_at=at)).rowcount:
            return False
        if connection.execute(select(membership.c.role).where(*present).limit(1)).first() is not None:
            for one in matches:
                if one.ended_at is None and leaver.role is _role_in(one, user):
                    self._end(connection, one.id, at)
            return True
        strangers = and_(request.c.programme == number, request.c.match.is_(None), _concerns(user))
        _close_requests(connection, or_(request.c.match.in_([each.id for each in matches]), strangers))
        _give_up(connection, [each.id for each in matches])
        gone = self._cancel(connection, [each.id for each in matches], None, Cancellation.LEFT, at)
        ended = MembershipEnded(number, tuple(each.uid for each in gone))
        told = [Telling(user, ended, at)] if tell_leaver else []
        for one in matches:
            of_both = tuple(each.uid for each in gone if each.match == one.id)
            if of_both or one.ended_at is None:
                told.append(Telling(one.partner_of(user), PartnerLeft(one.id, of_both), at))
        tell(connection, self._queue, told)
        return True

    def _cancel(
        self,
        connection: Connection,
        matches: Iterable[MatchId],
        by: UserId | None,
        because: Cancellation,
        at: datetime,
    ) -> list[Session]:
        """All that is planned, the soonest first. Nobody is told: that is for the one message about all of it."""
        gone = sorted(_found(connection, matches, _planned(at)), key=lambda each: (each.when, each.uid))
        for each in gone:
            sessions.keep(connection, each.cancelling(by, because, at))
            self._queue.defer_in(connection, Deferral(settle_job(each.uid), lock=each.uid))
        return gone


def _role_in(one: Match, user: UserId) -> Role:
    return Role.MENTOR if one.mentor == user else Role.MENTEE


def _planned(at: datetime) -> ColumnElement[bool]:
    return and_(session.c.state.in_(STANDING), session.c.start_minute > epoch_minute(at))


def _found(connection: Connection, matches: Iterable[MatchId], which: ColumnElement[bool]) -> list[Session]:
    """Locked until the end of the transaction: nobody changes them meanwhile."""
    return [
        session_of(row)
        for some in portions(list(matches))
        for row in connection.execute(
            select(session).where(session.c.match.in_(some), which).order_by(session.c.uid).with_for_update()
        )
    ]


def _give_up(connection: Connection, matches: Iterable[MatchId]) -> None:
    """Bookings under way: the job that each has anyway removes what it may have written."""
    for each in _found(connection, matches, session.c.state == SessionState.HELD):
        sessions.keep(connection, each.releasing(Release.ENDED))


def _close_requests(connection: Connection, which: ColumnElement[bool]) -> None:
    still_open = and_(request.c.state == RequestState.OPEN, which)
    connection.execute(update(request).where(still_open).values(state=RequestState.CLOSED))


def _concerns(user: UserId) -> ColumnElement[bool]:
    return or_(request.c.asker == user, request.c.proposer == user, request.c.chooser == user)


def programmes_over(connection: Connection, now: datetime) -> list[ProgrammeId]:
    """Programmes whose last day has gone by on their own clock."""
    rows = connection.execute(select(programme.c.id, programme.c.ends, programme.c.time_zone))
    dated = [row for row in rows if row.ends is not None]
    return [row.id for row in dated if now.astimezone(ZoneInfo(row.time_zone)).date() > row.ends]


def _find(connection: Connection, number: MatchId) -> Ended | None:
    row = connection.execute(select(ending).where(ending.c.match == number)).first()
    return Ended(row.match, row.at, row.because, row.plan, row.decided_by) if row else None
