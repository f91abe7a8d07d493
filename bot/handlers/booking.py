"""Booking, answering, and listing sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands import BookSession, CannotMakeIt, LooksGood, ShowSessions
from bot.replies import Outcome, Reply, Said, SessionLine, SessionShown, SessionsListed
from bot.sentences import Sentence, sentence
from bot.words import EndingWords, Words
from calendar_core.errors import TooSlow
from calendar_core.interval import Interval
from calendar_core.job import remind_jobs
from calendar_core.participation import Participation
from calendar_core.people import MatchId, User
from calendar_core.scheduling.outcomes import Pair, PairCase
from calendar_core.session import Session, SessionState

from .agenda import with_agenda
from .mailing import invited
from .session_cards import about_session, another_time, shown
from .talk import Talk, button, party_of
from .wishes import insist_on_length

SESSIONS_SHOWN = 20


async def book(talk: Talk, command: BookSession, topic: str = "") -> Reply:
    """Books, and says how it ended. `topic` as typed."""
    pair = await talk.scheduling.pairs.pair(talk.user, command.match)
    insist_on_length(pair, command.when.minutes)
    session = await talk.scheduling.booking.book(talk.user, command.match, command.when, via=talk.who.chat, topic=topic)
    return await booked(talk, session)


async def booked(talk: Talk, session: Session) -> SessionShown:
    """How a booking ended, for the one whose press it was; once that was brought, it is not told again."""
    return await with_agenda(talk.core.following_up.steps, await _booked(talk, session))


async def _booked(talk: Talk, session: Session) -> SessionShown:
    pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
    if session.state is SessionState.HELD:
        return shown(Words.STILL_BOOKING, session, pair)
    to_come = reminders(session, talk.user, talk.now)
    if session.mailed:
        ended = await invited(talk.scheduling, session, pair, *to_come)
    else:
        ended = shown(Words.BOOKED, session, pair, *where_it_is(session, pair), *to_come)
    return replace(ended, outcomes=(Outcome(session.uid),))


def where_it_is(session: Session, pair: Pair) -> tuple[Sentence, ...]:
    """The link, whose calendars hold the event, and who is the organizer."""
    yours = session.organizer == pair.asker.id
    linked, unlinked = _WHERE[pair.case is PairCase.BOTH, yours]
    partner = pair.partner.first_name
    if session.conference is None:
        return sentence(Words.BOOKED_LINK_LATE), sentence(unlinked, partner=partner)
    return (sentence(linked, url=session.conference.url, partner=partner),)


_WHERE = {  # whether both are connected, and whether the reader is the organizer: with a link, without
    (True, True): (Words.JOIN_YOURS, Words.IN_BOTH_YOURS),
    (True, False): (Words.JOIN_THEIRS, Words.IN_BOTH_THEIRS),
    (False, True): (Words.JOIN_THEY_INVITED, Words.THEY_INVITED),
    (False, False): (Words.JOIN_YOU_INVITED, Words.YOU_INVITED),
}


def reminders(session: Session, user: User, now: datetime) -> tuple[Sentence, ...]:
    """Which are still to come."""
    planned = len(remind_jobs(session, user, now))
    return {2: (sentence(Words.REMINDERS_TWO),), 1: (sentence(Words.REMINDERS_ONE),)}.get(planned, ())


async def book_late(talk: Talk, match: MatchId, when: Interval) -> Reply:
    """Where it took longer than people wait: what is reserved by now is no failure. Raises TooSlow if nothing is."""
    pair = await talk.scheduling.pairs.pair(talk.user, match)
    session = await talk.scheduling.booking.standing(pair.match.id, when)
    if session is None:
        raise TooSlow
    return await booked(talk, session)


async def answer(talk: Talk, command: LooksGood | CannotMakeIt) -> Reply:
    """[Looks good] and [Cannot make it] (decision 18)."""
    accepts = isinstance(command, LooksGood)
    booking = talk.scheduling.booking
    before = await booking.said_before(talk.user, command.session)
    answer = Participation.ACCEPTED if accepts else Participation.DECLINED
    session = await booking.answer(talk.user, command.session, answer)
    pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
    if accepts:
        return Said(sentences=(_accepted(session, before, pair),))
    return Said(sentences=(about_session(Words.DECLINED, session, pair),), choices=another_time(session, pair))


def _accepted(session: Session, before: Participation, pair: Pair) -> Sentence:
    """To whoever pressed [Looks good]; `before` is what that one had said."""
    if session.state is SessionState.NEEDS_NEW_TIME:
        return about_session(EndingWords.YOU_CAN_THEY_CANNOT, session, pair)
    if before is Participation.DECLINED:
        return about_session(EndingWords.YOU_CAN_AFTER_ALL, session, pair)
    return about_session(Words.ACCEPTED, session, pair)


async def show_sessions(talk: Talk, command: ShowSessions) -> Reply:
    """Own sessions, planned or of the last 90 days."""
    found = await talk.scheduling.booking.of(talk.user, past=command.past)
    lines = tuple(SessionLine(session, party_of(pair.partner)) for session, pair in found[:SESSIONS_SHOWN])
    other = button(Words.PLANNED_SESSIONS if command.past else Words.PAST_SESSIONS, ShowSessions(past=not command.past))
    return SessionsListed(past=command.past, sessions=lines, choices=(other,))
