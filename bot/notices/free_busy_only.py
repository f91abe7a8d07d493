"""What people are told of sessions whose organisation went to Free/Busy Only, or back; and of their answers by mail."""

from __future__ import annotations

from bot.handlers.session_cards import another_time, join_line, shown
from bot.replies import Reply, SessionShown
from bot.sentences import sentence
from bot.words import FreeBusyOnlyWords
from calendar_core.happening import CounterRefused, SessionFrozen, SessionThawed, SessionTransferred
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import STANDING, Session

Told = SessionFrozen | SessionThawed | SessionTransferred | CounterRefused


def told(happening: Told, session: Session, pair: Pair) -> Reply | None:
    """None where it is no longer so, or the session is over and done with."""
    if session.state not in STANDING:
        return None
    match happening:
        case SessionFrozen():
            words = FreeBusyOnlyWords.FROZEN_FAILED if happening.failed else FreeBusyOnlyWords.FROZEN
            return shown(words, session, pair) if session.frozen else None
        case SessionThawed():
            return None if session.frozen else shown(FreeBusyOnlyWords.THAWED, session, pair)
        case SessionTransferred():
            if session.mailed is not happening.by_mail:
                return None
            if not session.mailed:
                return shown(FreeBusyOnlyWords.NOW_IN_CALENDAR, session, pair, *join_line(session))
            here_alone = sentence(FreeBusyOnlyWords.CHANGES_HERE_ALONE)
            return shown(FreeBusyOnlyWords.NOW_BY_MAIL, session, pair, here_alone, *join_line(session))
        case CounterRefused():
            return shown(FreeBusyOnlyWords.COUNTER_REFUSED, session, pair, choices=another_time(session, pair))


def you_declined(session: Session, pair: Pair) -> SessionShown:
    """For the one who did so by mail, and so has no reply on the screen."""
    return shown(FreeBusyOnlyWords.YOU_DECLINED_BY_MAIL, session, pair, choices=another_time(session, pair))
