"""Sessions that were booked, or could not be; their links; and that they are about to begin."""

from __future__ import annotations

from typing import assert_never

from bot.commands import CannotMakeIt, LooksGood
from bot.handlers.booking import reminders, where_it_is
from bot.handlers.mailing import invited
from bot.handlers.session_cards import another_time, by_both_clocks, card, join_line, shown
from bot.handlers.talk import Core, button
from bot.replies import Choice, Reply, Said
from bot.sentences import sentence
from bot.words import EndingWords, FreeBusyOnlyWords, Text, Words
from calendar_core.happening import BookingFailed, LinkMissing, LinkReady, SessionBooked, SessionSoon
from calendar_core.people import User
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Release, Session, SessionState

from .mailing import booked_by_mail

OfSession = SessionBooked | BookingFailed | LinkReady | LinkMissing | SessionSoon
A_DAY_BEFORE = 12 * 60  # reminders planned earlier than that are the ones of the day before


async def told(core: Core, what: OfSession, user: User) -> Reply | None:
    """None where the session is none any more, or needs a new time."""
    session, pair = await core.scheduling.booking.seen_by(user, what.session)
    if isinstance(what, BookingFailed):
        return _failed(session, pair)
    if session.state is not SessionState.BOOKED:
        return None
    match what:
        case SessionBooked():
            return await _booked(core, session, pair, user)
        case LinkReady() | LinkMissing():
            return _link(session, pair, late=isinstance(what, LinkMissing))
        case SessionSoon():
            return _soon(session, pair, what.minutes_before)
        case _:
            assert_never(what)


async def _booked(core: Core, session: Session, pair: Pair, user: User) -> Reply:
    to_come = reminders(session, user, core.clock.now())
    if session.mailed and session.pressed_by == user.id:
        return await invited(core.scheduling, session, pair, *to_come)
    if session.mailed:
        return booked_by_mail(session, pair)
    if session.pressed_by == user.id:  # no reply had reached the one who pressed
        return shown(Words.BOOKED, session, pair, *where_it_is(session, pair), *to_come)
    answers: tuple[Choice, ...] = (button(Words.CANNOT_MAKE_IT, CannotMakeIt(session.uid)),)
    if user.id == session.attendee:  # the organizer's own event needs no acceptance
        answers = (button(Words.LOOKS_GOOD, LooksGood(session.uid)), *answers)
    if session.booked_by == user.id:  # who asked: the other one picked among the times
        return shown(Words.PICKED, session, pair, *where_it_is(session, pair), choices=answers)
    words = Words.BOOKED_WITH_YOU if session.conference else Words.BOOKED_WITH_YOU_LINK_LATE
    return shown(words, session, pair, choices=answers)


def _failed(session: Session, pair: Pair) -> Reply:
    why: Text = {
        Release.TAKEN: Words.FAILED_TAKEN,
        Release.CALENDAR_REFUSED: Words.FAILED_REFUSED,
        Release.CALENDAR_SILENT: Words.FAILED_SILENT,
        Release.ENDED: EndingWords.FAILED_ENDED,
    }[session.released_because or Release.TAKEN]
    when, partner = by_both_clocks(session, pair), pair.partner.name
    said = sentence(Words.BOOKING_FAILED, when=when, partner=partner, why=sentence(why))
    return Said(sentences=(said,), choices=another_time(session, pair))


def _link(session: Session, pair: Pair, *, late: bool) -> Reply | None:
    if session.conference is not None:
        return shown(Words.LINK_READY, session, pair, *join_line(session))
    return shown(Words.LINK_MISSING, session, pair) if late else None


def _soon(session: Session, pair: Pair, minutes_before: int) -> Reply:
    if minutes_before <= A_DAY_BEFORE:
        headline = sentence(Words.IN_MINUTES, minutes=minutes_before, partner=pair.partner.first_name)
        return card(headline, session, pair, *join_line(session))
    if session.frozen:
        return shown(Words.TOMORROW, session, pair, sentence(FreeBusyOnlyWords.STAYS_IN_CALENDAR))
    cannot = button(Words.CANNOT_MAKE_IT, CannotMakeIt(session.uid))
    return shown(Words.TOMORROW, session, pair, choices=(cannot,))
