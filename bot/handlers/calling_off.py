"""What is said of sessions that are called off, and of answers taken back: in replies and in notices alike."""

from __future__ import annotations

from bot.commands import CannotMakeIt, FindSlots, LooksGood
from bot.replies import Choice, Said, SessionShown
from bot.sentences import Across, Sentence, sentence
from bot.words import EndingWords, Text, Words
from calendar_core.participation import Participation
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Cancelled, Removal, Session, SessionState

from .talk import button, party_of


def cancelled_by_reader(session: Session, pair: Pair) -> Said:
    """To whoever cancelled: whether the calendars are clear by now."""
    if session.state is SessionState.CANCELLING:
        return Said(sentences=(_unconfirmed(session, pair),), choices=another_time(session, pair))
    cancelled = session.cancelled
    if cancelled is not None and cancelled.removal is Removal.LEFT:
        return event_left(session, pair)
    return Said(sentences=(_about(EndingWords.CANCELLED, session, pair),), choices=another_time(session, pair))


def _unconfirmed(session: Session, pair: Pair) -> Sentence:
    writer = pair.asker_integration if session.organizer == pair.asker.id else pair.partner_integration
    if writer.suite is None:
        return _about(EndingWords.CANCELLED_UNCONFIRMED_SOMEWHERE, session, pair)
    when = Across(session.when, pair.partner.itinerary)
    return sentence(
        EndingWords.CANCELLED_UNCONFIRMED, when=when, partner=pair.partner.first_name, suite=writer.suite.value
    )


def session_cancelled(session: Session, cancelled: Cancelled, pair: Pair) -> Said:
    """The notice, for either of the two."""
    if cancelled.by == pair.asker.id:
        return cancelled_by_reader(session, pair)
    return Said(sentences=(_about(EndingWords.CANCELLED_BY, session, pair),), choices=another_time(session, pair))


def declined_by(session: Session, pair: Pair) -> SessionShown:
    """Sam declined Wed 25 Nov, 10:00 New York. It is not cancelled yet. [Find another time]"""
    headline = _about(Words.DECLINED_BY, session, pair)
    choices = another_time(session, pair)
    return SessionShown(headline=headline, session=session, partner=party_of(pair.partner), choices=choices)


def event_cleared(session: Session, pair: Pair) -> Said:
    """The calendar has confirmed it at last."""
    return Said(sentences=(_about(EndingWords.EVENT_CLEARED, session, pair),))


def event_left(session: Session, pair: Pair) -> Said:
    """What is left is the reader's to delete."""
    yours = session.organizer == pair.asker.id
    words = EndingWords.EVENT_LEFT_YOURS if yours else EndingWords.EVENT_LEFT_THEIRS
    return Said(sentences=(_about(words, session, pair),))


def accepted_after_all(session: Session, pair: Pair) -> SessionShown:
    """The other one can make it, having declined before."""
    stands = session.state is SessionState.BOOKED
    answers = () if stands else (button(Words.LOOKS_GOOD, LooksGood(session.uid)), *another_time(session, pair))
    words = EndingWords.CAN_AFTER_ALL if stands else EndingWords.CAN_AFTER_ALL_YOU_CANNOT
    headline = _about(words, session, pair)
    return SessionShown(headline=headline, session=session, partner=party_of(pair.partner), choices=answers)


def accepted(session: Session, before: Participation, pair: Pair) -> Sentence:
    """To whoever pressed [Looks good]; `before` is what that one had said."""
    if session.state is SessionState.NEEDS_NEW_TIME:
        return _about(EndingWords.YOU_CAN_THEY_CANNOT, session, pair)
    if before is Participation.DECLINED:
        return _about(EndingWords.YOU_CAN_AFTER_ALL, session, pair)
    return _about(Words.ACCEPTED, session, pair)


def own_answer(session: Session, pair: Pair) -> SessionShown | None:
    """What stands before the eyes of who was invited and has answered here, in the place of what they were asked; None
    for whoever has not."""
    reader, answer = pair.asker.id, session.answer_of(pair.asker.id)
    if session.mailed or session.frozen:
        return None
    if answer is Participation.DECLINED and session.state is SessionState.NEEDS_NEW_TIME:
        again = (button(Words.LOOKS_GOOD, LooksGood(session.uid)), *another_time(session, pair))
        headline = _about(Words.DECLINED, session, pair)
        return SessionShown(headline=headline, session=session, partner=party_of(pair.partner), choices=again)
    was_asked = reader == session.attendee and reader != session.pressed_by
    if answer is Participation.ACCEPTED and session.state is SessionState.BOOKED and was_asked:
        join = (sentence(Words.JOIN, url=session.conference.url),) if session.conference else ()
        return SessionShown(
            headline=_about(Words.ACCEPTED, session, pair),
            session=session,
            partner=party_of(pair.partner),
            after=join,
            choices=(button(Words.CANNOT_MAKE_IT, CannotMakeIt(session.uid)),),
        )
    return None


def another_time(session: Session, pair: Pair) -> tuple[Choice, ...]:
    """[Find another time], while the match stands."""
    if pair.match.ended_at is not None:
        return ()
    return (button(Words.FIND_ANOTHER_TIME, FindSlots(match=session.match, minutes=session.when.minutes)),)


def _about(words: Text, session: Session, pair: Pair) -> Sentence:
    when = Across(session.when, pair.partner.itinerary)
    return sentence(words, when=when, partner=pair.partner.first_name)
