"""What happened in the core, as a reply for whoever is told of it. `Notices` has the table: which module words which
happening. What a group message says of a session is `groups`' own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.handlers.agenda import with_agenda
from bot.handlers.talk import Core, reader_of
from bot.replies import Answer, Reply, SessionShown
from calendar_core.errors import NotMatched, SessionGone
from calendar_core.happening import (
    ApprovalAsked,
    BookingFailed,
    CalendarBroke,
    CalendarConnected,
    CalendarCovered,
    CalendarsNeedIt,
    CalendarsRepaired,
    CalendarWorks,
    ConsentNeedsAdmin,
    CounterRefused,
    DomainBroke,
    DomainWorks,
    EventCleared,
    EventLeft,
    Happening,
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
    SecretEnds,
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
from calendar_core.participation import Participation
from calendar_core.people import User
from calendar_core.session import Session, SessionState, SessionUid

from . import calling_off, connecting, following_up, free_busy_only, health, mailing, matches, requests, sessions, zones


@dataclass(frozen=True, slots=True)
class Notices:
    """Reads the present state: a notice that has become pointless is None, and nothing is sent."""

    core: Core

    async def of(self, happening: Happening, user: User) -> Answer | None:
        """What `user` is told, by their clock and in their language."""
        try:
            reply = await self._reply(happening, user)
        except (NotMatched, SessionGone):
            return None
        return None if reply is None else await self._answer(reply, user)

    async def standing(self, uid: SessionUid, user: User) -> Answer | None:
        """What `user` was told of a session, as it holds now; None where there is nothing of it to be told any more."""
        try:
            session, pair = await self.core.scheduling.booking.seen_by(user, uid)
        except (NotMatched, SessionGone):
            return None
        newest = _newest(session)
        if session.cancelled is None and (answered := calling_off.own_answer(session, pair)):
            return await self._answer(answered, user)
        if isinstance(newest, SessionDeclined) and newest.by == user.id:
            return None  # who cannot make it knows
        return await self.of(newest, user)

    async def _answer(self, reply: Reply, user: User) -> Answer:
        if isinstance(reply, SessionShown):
            reply = await with_agenda(self.core.following_up.steps, reply)
        return Answer(reply, reader_of(user))

    async def _reply(self, happening: Happening, user: User) -> Reply | None:  # noqa: C901, PLR0911 - one case each
        core, seen = self.core, self.core.scheduling.booking.seen_by
        match happening:
            case MatchMade() | MatchEnded() | PlanDecided() | PartnerLeft() | MembershipEnded():
                return await matches.told(core, happening, user)
            case RequestMade() | RequestAnswered():
                return await requests.told(core, happening, user)
            case SessionBooked() | BookingFailed() | LinkReady() | LinkMissing() | SessionSoon():
                return await sessions.told(core, happening, user)
            case SessionDeclined() | SessionAccepted() | SessionCancelled() | EventCleared() | EventLeft():
                return calling_off.told(happening, *await seen(user, happening.session))
            case SessionFrozen() | SessionThawed() | SessionTransferred() | CounterRefused():
                return free_busy_only.told(happening, *await seen(user, happening.session))
            case InvitationRefused():
                return await mailing.told(core, happening, user)
            case SessionOver() | StepShared():
                return await following_up.told(core, happening, user)
            case CalendarConnected() | CalendarCovered() | ConsentNeedsAdmin() | ApprovalAsked():
                return await connecting.told(core, happening, user)
            case CalendarBroke() | CalendarWorks() | CalendarsNeedIt() | CalendarsRepaired():
                return await health.told(core, happening, user)
            case DomainBroke() | DomainWorks() | SecretEnds():
                return await health.told_of_domain(core, happening)
            case ZoneDiffers():
                return zones.told(happening, user)
            case _:
                assert_never(happening)


def _newest(session: Session) -> Happening:
    """What tells how it stands."""
    if session.cancelled is not None:
        return SessionCancelled(session.uid, session.sequence)
    if session.state is SessionState.NEEDS_NEW_TIME:
        theirs = session.answer_of(session.organizer)
        cannot = session.organizer if theirs is Participation.DECLINED else session.attendee
        return SessionDeclined(session.uid, cannot)
    return SessionBooked(session.uid)
