"""Sessions that somebody cannot make, or can after all; that are called off; and what is left of them in calendars."""

from __future__ import annotations

from typing import assert_never

from bot.commands import CannotMakeIt, LooksGood
from bot.handlers.session_cards import about_session, another_time, card, join_line
from bot.handlers.talk import button
from bot.replies import Reply, Said, SessionShown
from bot.sentences import Sentence
from bot.words import EndingWords, Words
from calendar_core.happening import EventCleared, EventLeft, SessionAccepted, SessionCancelled, SessionDeclined
from calendar_core.participation import Participation
from calendar_core.people import UserId
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import STANDING, Cancelled, Removal, Session, SessionState

from .free_busy_only import you_declined

CalledOff = SessionDeclined | SessionAccepted | SessionCancelled | EventCleared | EventLeft


def told(what: CalledOff, session: Session, pair: Pair) -> Reply | None:
    """None where it is otherwise by now."""
    match what:
        case SessionDeclined():
            return _declined(what.by, session, pair) if session.state is SessionState.NEEDS_NEW_TIME else None
        case SessionAccepted():
            return _accepted_after_all(session, pair) if session.state in STANDING else None
        case SessionCancelled():
            return _cancelled(session.cancelled, session, pair) if session.cancelled else None
        case EventCleared():  # the calendar has confirmed it at last
            return Said(sentences=(about_session(EndingWords.EVENT_CLEARED, session, pair),))
        case EventLeft():
            return _event_left(session, pair)
        case _:
            assert_never(what)


def _declined(by: UserId, session: Session, pair: Pair) -> SessionShown:
    """Sam declined Wed 25 Nov, 10:00 New York. It is not cancelled yet. [Find another time]"""
    if by == pair.asker.id:
        return you_declined(session, pair)
    headline = about_session(Words.DECLINED_BY, session, pair)
    return card(headline, session, pair, choices=another_time(session, pair))


def _accepted_after_all(session: Session, pair: Pair) -> SessionShown:
    """The other one can make it, having declined before."""
    stands = session.state is SessionState.BOOKED
    answers = () if stands else (button(Words.LOOKS_GOOD, LooksGood(session.uid)), *another_time(session, pair))
    words = EndingWords.CAN_AFTER_ALL if stands else EndingWords.CAN_AFTER_ALL_YOU_CANNOT
    return card(about_session(words, session, pair), session, pair, choices=answers)


def _cancelled(cancelled: Cancelled, session: Session, pair: Pair) -> Said:
    """For either of the two; to whoever cancelled: whether the calendars are clear by now."""
    if cancelled.by != pair.asker.id:
        said = about_session(EndingWords.CANCELLED_BY, session, pair)
    elif session.state is SessionState.CANCELLING:
        said = _unconfirmed(session, pair)
    elif cancelled.removal is Removal.LEFT:
        return _event_left(session, pair)
    else:
        said = about_session(EndingWords.CANCELLED, session, pair)
    return Said(sentences=(said,), choices=another_time(session, pair))


def _unconfirmed(session: Session, pair: Pair) -> Sentence:
    writer = pair.asker_integration if session.organizer == pair.asker.id else pair.partner_integration
    if writer.suite is None:
        return about_session(EndingWords.CANCELLED_UNCONFIRMED_SOMEWHERE, session, pair)
    return about_session(EndingWords.CANCELLED_UNCONFIRMED, session, pair, suite=writer.suite.value)


def _event_left(session: Session, pair: Pair) -> Said:
    """What is left is the reader's to delete."""
    yours = session.organizer == pair.asker.id
    words = EndingWords.EVENT_LEFT_YOURS if yours else EndingWords.EVENT_LEFT_THEIRS
    return Said(sentences=(about_session(words, session, pair),))


def own_answer(session: Session, pair: Pair) -> SessionShown | None:
    """What stands before the eyes of who was invited and has answered here, in the place of what they were asked; None
    for whoever has not."""
    reader, answer = pair.asker.id, session.answer_of(pair.asker.id)
    if session.mailed or session.frozen:
        return None
    if answer is Participation.DECLINED and session.state is SessionState.NEEDS_NEW_TIME:
        again = (button(Words.LOOKS_GOOD, LooksGood(session.uid)), *another_time(session, pair))
        return card(about_session(Words.DECLINED, session, pair), session, pair, choices=again)
    was_asked = reader == session.attendee and reader != session.pressed_by
    if answer is Participation.ACCEPTED and session.state is SessionState.BOOKED and was_asked:
        cannot = button(Words.CANNOT_MAKE_IT, CannotMakeIt(session.uid))
        headline = about_session(Words.ACCEPTED, session, pair)
        return card(headline, session, pair, *join_line(session), choices=(cannot,))
    return None
