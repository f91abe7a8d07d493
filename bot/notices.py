"""What happened in the core, as a reply for the person who is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from calendar_core.ending import Ending
from calendar_core.errors import NotMatched, SessionGone
from calendar_core.following_up import FollowingUp
from calendar_core.happening import (
    ApprovalAsked,
    BookingFailed,
    CalendarConnected,
    CalendarCovered,
    ConsentNeedsAdmin,
    CounterRefused,
    EventCleared,
    EventLeft,
    Happening,
    HealthNews,
    InvitationRefused,
    LinkMissing,
    LinkReady,
    MatchEnded,
    MatchMade,
    MembershipEnded,
    PartnerLeft,
    PlanDecided,
    RequestAnswered,
    RequestMade,
    SessionAccepted,
    SessionBooked,
    SessionCancelled,
    SessionDeclined,
    SessionFrozen,
    SessionOver,
    SessionSoon,
    SessionThawed,
    SessionTransferred,
    StepShared,
    ZoneDiffers,
)
from calendar_core.monitoring import Monitoring
from calendar_core.participation import Participation
from calendar_core.people import MatchId, User, UserId
from calendar_core.ports import Programmes, Sessions
from calendar_core.request import RequestState
from calendar_core.scheduling import Scheduling
from calendar_core.scheduling.asking import agreement_key
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import STANDING, Release, Session, SessionState, SessionUid

from . import commands as c
from .handlers import calling_off, ending, following_up, free_busy_only, settings
from .handlers.agenda import with_agenda
from .handlers.booking import reminders, where_it_is
from .handlers.mailing import invited, not_delivered, told_of
from .handlers.monitoring import health_notice
from .handlers.requesting import agreed
from .handlers.talk import button, party_of, reader_of, slot_button
from .handlers.told_of_connecting import ConnectingNotices
from .replies import Answer, Choice, Reply, RequestShown, Said, SessionShown
from .sentences import Across, Sentence, sentence
from .words import EndingWords, FreeBusyOnlyWords, Text, Words

OfSession = SessionBooked | BookingFailed | LinkReady | LinkMissing | SessionDeclined | SessionSoon | InvitationRefused
CalledOff = SessionAccepted | SessionCancelled | EventCleared | EventLeft
A_DAY_BEFORE = 12 * 60  # reminders planned earlier than that are the ones of the day before


@dataclass(frozen=True, slots=True)
class Notices:
    """Reads the present state: a notice that has become pointless is None, and nothing is sent."""

    scheduling: Scheduling
    programmes: Programmes
    sessions: Sessions
    ending: Ending
    connecting: ConnectingNotices
    monitoring: Monitoring
    following: FollowingUp

    async def of(self, happening: Happening, user: User) -> Answer | None:
        """What `user` is told, by their clock and in their language."""
        try:
            reply = await self._reply(happening, user)
        except (NotMatched, SessionGone):
            return None
        if isinstance(reply, SessionShown):
            reply = await with_agenda(self.following.steps, reply)
        return None if reply is None else Answer(reply, reader_of(user))

    async def _reply(self, happening: Happening, user: User) -> Reply | None:  # noqa: C901, PLR0911 - one case each
        if isinstance(happening, HealthNews):
            return await health_notice(self.monitoring, happening, user)
        match happening:
            case MatchMade(match):
                return await self._match_made(match, user)
            case MatchEnded() | PlanDecided() | PartnerLeft() | MembershipEnded():
                return await self._ended(happening, user)
            case RequestMade():
                return await self._request_made(happening, user)
            case RequestAnswered():
                return await self._request_answered(happening, user)
            case SessionAccepted(uid, _) | SessionCancelled(uid, _) | EventCleared(uid) | EventLeft(uid):
                return await self._called_off(happening, uid, user)
            case CalendarConnected() | CalendarCovered() | ConsentNeedsAdmin() | ApprovalAsked():
                return await self.connecting.of(happening, user)
            case SessionFrozen() | SessionThawed() | SessionTransferred() | CounterRefused():
                return free_busy_only.told(happening, *await self._seen(happening.session, user))
            case SessionOver() | StepShared():
                return await following_up.told(self.following, self.scheduling.pairs, happening, user)
            case ZoneDiffers():
                return settings.which_zone(happening, user)
            case _:
                return await self._of_session(happening, user)

    async def _of_session(self, happening: OfSession, user: User) -> Reply | None:
        match happening:
            case SessionBooked(uid):
                return await self._session_booked(uid, user)
            case BookingFailed(uid):
                return await self._booking_failed(uid, user)
            case LinkReady(uid) | LinkMissing(uid):
                return await self._link(happening, uid, user)
            case SessionDeclined(uid, by):
                return await self._session_declined(uid, by, user)
            case SessionSoon(uid, _, minutes_before):
                return await self._session_soon(uid, minutes_before, user)
            case InvitationRefused(key, to):
                return await self._invitation_refused(key, to, user)
            case _:
                assert_never(happening)

    async def standing(self, uid: SessionUid, user: User) -> Answer | None:
        """What `user` was told of a session, as it holds now; None where there is nothing of it to be told any more."""
        try:
            session, pair = await self._seen(uid, user)
        except (NotMatched, SessionGone):
            return None
        newest = _newest(session)
        if session.cancelled is None and (answered := calling_off.own_answer(session, pair)):
            return Answer(await with_agenda(self.following.steps, answered), reader_of(user))
        if isinstance(newest, SessionDeclined) and newest.by == user.id:
            return None  # who cannot make it knows
        return await self.of(newest, user)

    # --- matches and requests ----------------------------------------------------------------------------------------

    async def _match_made(self, match: MatchId, user: User) -> Reply | None:
        pair = next((each for each in await self.scheduling.pairs.of(user) if each.match.id == match), None)
        if pair is None:  # it has ended since, or one of the two has left
            return None
        told = sentence(Words.MATCHED_WITH, partner=pair.partner.name, programme=pair.programme.name)
        choices = (
            button(Words.FIND_TIMES, c.FindSlots(match=pair.match.id)),
            button(Words.NOT_THIS_ONE, c.NotThisMatch(pair.match.id)),
        )
        return Said(sentences=(told, sentence(Words.OPEN_TO_BOTH)), choices=choices)

    async def _ended(self, what: MatchEnded | PlanDecided | PartnerLeft | MembershipEnded, user: User) -> Reply | None:
        if isinstance(what, MembershipEnded):
            programme = await self.programmes.programme(what.programme)
            gone = [await self._seen(uid, user) for uid in what.sessions]
            return ending.membership_ended(programme.name, [(session, pair.partner) for session, pair in gone])
        pair = await self.scheduling.pairs.standing(user.id, what.match)
        planned = await self.ending.planned(user, what.match)
        match what:
            case MatchEnded():
                ended = await self.ending.endings.ended(what.match)
                return ending.match_ended(ended, pair, planned) if ended else None
            case PlanDecided():
                return ending.plan_decided(pair, planned, await self._all(what.sessions))
            case PartnerLeft():
                return ending.partner_left(pair, await self._all(what.sessions))

    async def _all(self, uids: tuple[SessionUid, ...]) -> tuple[Session, ...]:
        found = [await self.sessions.session(uid) for uid in uids]
        return tuple(each for each in found if each is not None)

    async def _request_made(self, happening: RequestMade, user: User) -> Reply | None:
        request, pair, proposer = await self.scheduling.asking.seen_by(user, happening.request)
        if request.state is not RequestState.OPEN or request.chooser != user.id:
            return None
        slots = [slot_button(Words.BOOK_ON, c.PickTime(request.id, slot), slot) for slot in request.times]
        choices: list[Choice] = [*slots, button(Words.OFFER_OTHER_TIMES, c.OfferTimes(request.id))]
        choices.append(button(Words.NOT_NOW, c.DeclineRequest(request.id)))
        if pair is None:
            choices.append(button(Words.NO_MORE_FROM, c.NoMoreFrom(request.id)))
        return RequestShown(
            request=request.id,
            proposer=party_of(proposer),
            minutes=request.minutes,
            basis=request.basis,
            matched=pair is not None,
            instead=request.asker == user.id,
            topic=request.topic,
            choices=tuple(choices),
        )

    async def _request_answered(self, happening: RequestAnswered, user: User) -> Reply | None:
        request, pair, other = await self.scheduling.asking.seen_by(user, happening.request)
        if request.state is RequestState.DECLINED:
            again = c.FindSlots(match=request.match, minutes=request.minutes)
            choices = (button(Words.FIND_TIMES, again),) if pair else ()
            return Said(sentences=(sentence(Words.REQUEST_DECLINED, partner=other.first_name),), choices=choices)
        if request.state is not RequestState.ACCEPTED or request.chosen is None:
            return None
        by_mail = await self.scheduling.mailed.invitation(agreement_key(request.id))
        said = agreed(request.chosen, user, other, matched=pair is not None, by_mail=by_mail is not None)
        return Said(sentences=(said,))

    # --- sessions ----------------------------------------------------------------------------------------------------

    async def _seen(self, uid: SessionUid, user: User) -> tuple[Session, Pair]:
        session = await self.sessions.session(uid)
        if session is None:
            raise SessionGone(uid)
        return session, await self.scheduling.pairs.standing(user.id, session.match)

    async def _session_booked(self, uid: SessionUid, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        if session.state is not SessionState.BOOKED:
            return None
        to_come = reminders(session, user, self.scheduling.asking.clock.now())
        if session.mailed and session.pressed_by == user.id:
            return await invited(self.scheduling, session, pair, *to_come)
        if session.mailed:
            return told_of(session, pair, user)
        if session.pressed_by == user.id:  # no reply had reached the one who pressed
            return _shown(Words.BOOKED, session, pair, *where_it_is(session, pair), *to_come)
        answers: tuple[Choice, ...] = (button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(session.uid)),)
        if user.id == session.attendee:  # the organizer's own event needs no acceptance
            answers = (button(Words.LOOKS_GOOD, c.LooksGood(session.uid)), *answers)
        if session.booked_by == user.id:  # who asked: the other one picked among the times
            return _shown(Words.PICKED, session, pair, *where_it_is(session, pair), choices=answers)
        words = Words.BOOKED_WITH_YOU if session.conference else Words.BOOKED_WITH_YOU_LINK_LATE
        return _shown(words, session, pair, choices=answers)

    async def _booking_failed(self, uid: SessionUid, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        why: Text = {
            Release.TAKEN: Words.FAILED_TAKEN,
            Release.CALENDAR_REFUSED: Words.FAILED_REFUSED,
            Release.CALENDAR_SILENT: Words.FAILED_SILENT,
            Release.ENDED: EndingWords.FAILED_ENDED,
        }[session.released_because or Release.TAKEN]
        said = sentence(Words.BOOKING_FAILED, when=_across(session, pair), partner=pair.partner.name, why=sentence(why))
        return Said(sentences=(said,), choices=calling_off.another_time(session, pair))

    async def _link(self, happening: LinkReady | LinkMissing, uid: SessionUid, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        if session.state is not SessionState.BOOKED:
            return None
        if session.conference is not None:
            return _shown(Words.LINK_READY, session, pair, sentence(Words.JOIN, url=session.conference.url))
        return None if isinstance(happening, LinkReady) else _shown(Words.LINK_MISSING, session, pair)

    async def _invitation_refused(self, key: str, to: UserId, user: User) -> Reply | None:
        invitation = await self.scheduling.mailed.invitation(key)
        if invitation is None or invitation.cancelled:
            return None
        (other,) = [each.user for each in invitation.copies if each.user != user.id]
        partner = await self.scheduling.pairs.people.user(other)
        return Said(sentences=(not_delivered(invitation, user, partner, to=to),))

    async def _session_declined(self, uid: SessionUid, by: UserId, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        if session.state is not SessionState.NEEDS_NEW_TIME:
            return None
        if by == user.id:
            return free_busy_only.you_declined(session, pair)
        return calling_off.declined_by(session, pair)

    async def _called_off(self, what: CalledOff, uid: SessionUid, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        match what:
            case SessionAccepted():
                return calling_off.accepted_after_all(session, pair) if session.state in STANDING else None
            case SessionCancelled():
                return calling_off.session_cancelled(session, session.cancelled, pair) if session.cancelled else None
            case EventCleared():
                return calling_off.event_cleared(session, pair)
            case EventLeft():
                return calling_off.event_left(session, pair)

    async def _session_soon(self, uid: SessionUid, minutes_before: int, user: User) -> Reply | None:
        session, pair = await self._seen(uid, user)
        if session.state is not SessionState.BOOKED:
            return None
        join = (sentence(Words.JOIN, url=session.conference.url),) if session.conference else ()
        if minutes_before > A_DAY_BEFORE:
            if session.frozen:
                return _shown(Words.TOMORROW, session, pair, sentence(FreeBusyOnlyWords.STAYS_IN_CALENDAR))
            cannot = button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(session.uid))
            return _shown(Words.TOMORROW, session, pair, choices=(cannot,))
        headline = sentence(Words.IN_MINUTES, minutes=minutes_before, partner=pair.partner.first_name)
        return SessionShown(headline=headline, session=session, partner=party_of(pair.partner), after=join)


def _newest(session: Session) -> Happening:
    """What tells how it stands."""
    if session.cancelled is not None:
        return SessionCancelled(session.uid, session.sequence)
    if session.state is SessionState.NEEDS_NEW_TIME:
        theirs = session.answer_of(session.organizer)
        cannot = session.organizer if theirs is Participation.DECLINED else session.attendee
        return SessionDeclined(session.uid, cannot)
    return SessionBooked(session.uid)


def _across(session: Session, pair: Pair) -> Across:
    return Across(session.when, pair.partner.itinerary)


def _shown(
    words: Text, session: Session, pair: Pair, *after: Sentence, choices: tuple[Choice, ...] = ()
) -> SessionShown:
    headline = sentence(words, when=_across(session, pair), partner=pair.partner.name)
    return SessionShown(
        headline=headline, session=session, partner=party_of(pair.partner), after=after, choices=choices
    )
