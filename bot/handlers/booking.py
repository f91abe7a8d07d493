"""Booking, answering, and listing sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands import BookSession, CannotMakeIt, LooksGood, ShowSessions
from bot.replies import Outcome, Reply, Said, SessionLine, SessionShown, SessionsListed
from bot.sentences import Across, Sentence, sentence
from bot.words import Words
from calendar_core.errors import TooSlow
from calendar_core.interval import Interval
from calendar_core.job import remind_jobs
from calendar_core.participation import Participation
from calendar_core.people import MatchId, User
from calendar_core.scheduling.outcomes import Pair, PairCase
from calendar_core.session import Session, SessionState

from . import calling_off
from .agenda import with_agenda
from .mailing import invited
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
    partner = pair.partner.name
    when = Across(session.when, pair.partner.itinerary)
    if session.state is SessionState.HELD:
        headline = sentence(Words.STILL_BOOKING, when=when, partner=partner)
        return SessionShown(headline=headline, session=session, partner=party_of(pair.partner))
    ended = (Outcome(session.uid),)
    if session.mailed:
        shown = await invited(talk.scheduling, session, pair, *reminders(session, talk.user, talk.now))
        return replace(shown, outcomes=ended)
    return SessionShown(
        headline=sentence(Words.BOOKED, when=when, partner=partner),
        session=session,
        partner=party_of(pair.partner),
        after=(*where_it_is(session, pair), *reminders(session, talk.user, talk.now)),
        outcomes=ended,
    )


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
    session = await talk.scheduling.booking.sessions.standing(pair.match.id, when)
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
        return Said(sentences=(calling_off.accepted(session, before, pair),))
    when = Across(session.when, pair.partner.itinerary)
    said = sentence(Words.DECLINED, when=when, partner=pair.partner.first_name)
    return Said(sentences=(said,), choices=calling_off.another_time(session, pair))


async def show_sessions(talk: Talk, command: ShowSessions) -> Reply:
    """Own sessions, planned or of the last 90 days."""
    found = await talk.scheduling.booking.of(talk.user, past=command.past)
    lines = tuple(SessionLine(session, party_of(pair.partner)) for session, pair in found[:SESSIONS_SHOWN])
    other = button(Words.PLANNED_SESSIONS if command.past else Words.PAST_SESSIONS, ShowSessions(past=not command.past))
    return SessionsListed(past=command.past, sessions=lines, choices=(other,))
