"""Booking: look again, reserve, let the durable job write it, and wait for how that ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from calendar_core.errors import (
    ApprovalNeeded,
    CalendarRefused,
    CalendarSilent,
    ConsentRevoked,
    NotIntegrated,
    NotMatched,
    ProviderRejected,
    Refusal,
    RequestClosed,
    SessionGone,
    SessionIsFrozen,
    SlotTaken,
)
from calendar_core.happening import Happening, SessionAccepted, SessionDeclined
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.people import MatchId, User
from calendar_core.ports import Calendars, Clock, People, Sessions, Telling
from calendar_core.request import Request, RequestState
from calendar_core.scheduling.evidence import Evidence, Looked, insist_on_reach, look_ahead
from calendar_core.scheduling.lookups import Lookups
from calendar_core.scheduling.outcomes import Pair
from calendar_core.scheduling.pairs import Pairs
from calendar_core.scheduling.waiting import at_rest
from calendar_core.session import STANDING, Release, Session, SessionState, SessionUid
from calendar_core.topic import topic_of

WAIT_SECONDS = 28.0
DAYS_AROUND = 7


@dataclass(frozen=True, slots=True)
class Booking:
    """One press books once: a second one finds the session the first has made."""

    people: People
    pairs: Pairs
    sessions: Sessions
    calendars: Calendars
    evidence: Evidence
    lookups: Lookups
    clock: Clock
    new_uid: Callable[[], str]

    async def book(self, asker: User, match: MatchId, when: Interval, *, via: str, topic: str = "") -> Session:
        """Books for both. Comes back BOOKED, or still HELD if the calendar takes longer than people wait. `topic` as
        typed; a second press does not change it.

        Raises SlotTaken, NotBookable, CalendarSilent, CalendarRefused, ApprovalNeeded, TooManyLookups, and what Pairs
        raises.
        """
        pair = await self.pairs.pair(asker, match)
        if standing := await self.sessions.standing(match, when):
            return await self._outcome(standing.uid)
        pair.insist_on_both()
        if pair.programme.rules.approval and asker.id == pair.match.mentee:
            raise ApprovalNeeded(match, when)
        return await self._once(pair, when, pressed_by=asker, via=via, accepting=None, topic=topic_of(topic))

    async def book_request(self, chooser: User, pair: Pair, request: Request, when: Interval, *, via: str) -> Session:
        """Books a time that was offered and is now chosen. `pair` is the chooser's view of it.

        Raises what `book` raises, and RequestClosed if the request was answered meanwhile with another time.
        """
        if standing := await self.sessions.standing(pair.match.id, when):
            return await self._outcome(standing.uid)
        if request.state is not RequestState.OPEN:
            raise RequestClosed
        as_asker = pair if request.asker == chooser.id else pair.other_way()
        return await self._once(as_asker, when, pressed_by=chooser, via=via, accepting=request, topic=request.topic)

    async def replied(self, user: User, uid: SessionUid, *, sequence: int = 0) -> None:
        """The person has read how the booking ended, or what became of the session by that `sequence`: it is not told
        to them once more. Twice is once."""
        await self.sessions.replied(uid, user.id, sequence=sequence)

    async def answer(self, user: User, uid: SessionUid, answer: Participation) -> Session:
        """[Looks good] and [Cannot make it]: in the reader's own calendar if we can write there (decision 18), and
        recorded here in any case. Twice is once.

        A decline is not a cancellation: the session needs a new time, and the other is told. So is the other told if
        whoever declined can make it after all; where neither could, it goes on needing a new time.
        """
        session = await self._own(user, uid)
        if session.frozen:
            raise SessionIsFrozen(uid)
        await self._answer_in_calendar(user, session, answer)
        if session.answer_of(user.id) is answer:
            return session
        answered = session.answered(user.id, answer)
        what: Happening | None = None
        if answer is Participation.DECLINED:
            what = SessionDeclined(session.uid, user.id)
        elif session.answer_of(user.id) is Participation.DECLINED:
            what = SessionAccepted(session.uid, user.id)
        told = () if what is None else (Telling(session.other(user.id), what, self.clock.now()),)
        kept = await self.sessions.keep(answered, tell=told)
        return kept or await self.answer(user, uid, answer)

    async def said_before(self, user: User, uid: SessionUid) -> Participation:
        """What that one of the two answered last. Raises SessionGone."""
        return (await self._own(user, uid)).answer_of(user.id)

    async def of(self, user: User, *, past: bool) -> tuple[tuple[Session, Pair], ...]:
        """A person's own sessions with the partner's name, up to the horizon; or those of the last 90 days."""
        now = self.clock.now()
        ahead = Interval.lasting(now, 400 * 24 * 60)
        behind = Interval(ahead.start_minute - 90 * 24 * 60, ahead.start_minute)
        sessions = await self.sessions.of_user(user.id, behind if past else ahead)
        return tuple([(each, await self.pairs.standing(user.id, each.match)) for each in sessions])

    async def _once(
        self, pair: Pair, when: Interval, *, pressed_by: User, via: str, accepting: Request | None, topic: str
    ) -> Session:
        """`pair` is seen by the one who asked."""
        try:
            return await self._reserve(pair, when, pressed_by=pressed_by, via=via, accepting=accepting, topic=topic)
        except SlotTaken:
            # perhaps by these two themselves, for this very session, a moment ago
            standing = await self.sessions.standing(pair.match.id, when)
            if standing is None:
                raise
        return await self._outcome(standing.uid)

    async def _reserve(
        self, pair: Pair, when: Interval, *, pressed_by: User, via: str, accepting: Request | None, topic: str
    ) -> Session:
        """One look, one transaction; the calendar is written after it."""
        insist_on_reach(pair.programme, self.clock.now(), [when])
        window = self._around(when, pair)
        await self.lookups.tried(pair if pressed_by.id == pair.asker.id else pair.other_way(), window)
        chosen = accepting is not None
        looked = await self.evidence.look(pair, window, chosen=chosen)
        looked.insist_on(when, chosen_by=(pair.asker.id, pair.partner.id) if chosen else (pair.asker.id,))
        organizer, attendee = pair.organizer, pair.attendee
        session = Session(
            uid=SessionUid(self.new_uid()),
            match=pair.match.id,
            booked_by=pair.asker.id,
            pressed_by=pressed_by.id,
            organizer=organizer.id,
            attendee=attendee.id,
            when=when,
            zone=organizer.zone_at(when.start),
            state=SessionState.HELD,
            booked_via=via,
            looked_at=looked.at,
            topic=topic,
        )
        try:
            reserved = await self.sessions.reserve(session, accepting=accepting.id if accepting else None)
        except SlotTaken:
            now_held = await self.evidence.look(pair, window, chosen=chosen)
            raise SlotTaken(when, now_held.nearest(when)) from None
        return await self._outcome(reserved.uid, looked)

    async def _outcome(self, uid: SessionUid, looked: Looked | None = None) -> Session:
        """How the booking ended, whoever began it. Raises if it was given up."""
        session = await at_rest(self.sessions, uid, WAIT_SECONDS)
        if session.state not in (SessionState.RELEASING, SessionState.RELEASED):
            return session
        why: Refusal
        match session.released_because:
            case Release.CALENDAR_REFUSED:
                why = CalendarRefused(session.organizer)
            case Release.CALENDAR_SILENT:
                why = CalendarSilent(session.organizer)
            case Release.ENDED:
                why = NotMatched("")
            case _:
                why = SlotTaken(session.when, looked.nearest(session.when) if looked else ())
        why.gave_up = uid
        raise why

    def _around(self, when: Interval, pair: Pair) -> Interval:
        """Wide enough to name the nearest other times from the same answers."""
        bounds = look_ahead(pair.programme, self.clock.now(), pair.programme.rules.horizon_days)
        return when.padded(DAYS_AROUND * 24 * 60).clipped(bounds) or when

    async def _own(self, user: User, uid: SessionUid) -> Session:
        session = await self.sessions.session(uid)
        if session is None or user.id not in session.people or session.state not in STANDING:
            raise SessionGone(uid)
        if session.when.end <= self.clock.now():
            raise SessionGone(uid)
        return session

    async def _answer_in_calendar(self, user: User, session: Session, answer: Participation) -> None:
        """Where that person's calendar is not ours to write, or shows no such event, the answer is recorded only. One
        that does not answer raises ProviderUnavailable: nothing was changed, and the button can be pressed again."""
        own_event = user.id == session.organizer and not session.mailed  # what is mailed invites both
        if own_event or session.event_uid is None:
            return
        with suppress(NotIntegrated, ConsentRevoked, ProviderRejected):
            mailed = session.mailed
            events = self.calendars.by_mail(user) if mailed else (await self.calendars.of(user)).events
            await events.answer(session.event_uid, session.when, answer)
