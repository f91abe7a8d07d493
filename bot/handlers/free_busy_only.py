"""What people are told of sessions whose organisation went to Free/Busy Only, or back; and of their answers by mail."""

from __future__ import annotations

from bot.commands import FindSlots
from bot.replies import Choice, Reply, SessionShown
from bot.sentences import Across, Sentence, sentence
from bot.words import FreeBusyOnlyWords, Text, Words
from calendar_core.happening import CounterRefused, SessionFrozen, SessionThawed, SessionTransferred
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import STANDING, Session

from .talk import button, party_of

Told = SessionFrozen | SessionThawed | SessionTransferred | CounterRefused


def told(happening: Told, session: Session, pair: Pair) -> Reply | None:
    """None where it is no longer so, or the session is over and done with."""
    if session.state not in STANDING:
        return None
    match happening:
        case SessionFrozen():
            words = FreeBusyOnlyWords.FROZEN_FAILED if happening.failed else FreeBusyOnlyWords.FROZEN
            return _shown(words, session, pair) if session.frozen else None
        case SessionThawed():
            return None if session.frozen else _shown(FreeBusyOnlyWords.THAWED, session, pair)
        case SessionTransferred():
            if session.mailed is not happening.by_mail:
                return None
            if not session.mailed:
                return _shown(FreeBusyOnlyWords.NOW_IN_CALENDAR, session, pair, *_link(session))
            here_alone = sentence(FreeBusyOnlyWords.CHANGES_HERE_ALONE)
            return _shown(FreeBusyOnlyWords.NOW_BY_MAIL, session, pair, here_alone, *_link(session))
        case CounterRefused():
            return _shown(FreeBusyOnlyWords.COUNTER_REFUSED, session, pair, choices=(_another_time(session),))


def you_declined(session: Session, pair: Pair) -> Reply:
    """For the one who did so by mail, and so has no reply on the screen."""
    return _shown(FreeBusyOnlyWords.YOU_DECLINED_BY_MAIL, session, pair, choices=(_another_time(session),))


def _another_time(session: Session) -> Choice:
    return button(Words.FIND_ANOTHER_TIME, FindSlots(match=session.match, minutes=session.when.minutes))


def _link(session: Session) -> tuple[Sentence, ...]:
    return (sentence(Words.JOIN, url=session.conference.url),) if session.conference else ()


def _shown(
    words: Text, session: Session, pair: Pair, *after: Sentence, choices: tuple[Choice, ...] = ()
) -> SessionShown:
    headline = sentence(words, when=Across(session.when, pair.partner.time_zone), partner=pair.partner.name)
    partner = party_of(pair.partner)
    return SessionShown(headline=headline, session=session, partner=partner, after=after, choices=choices)
