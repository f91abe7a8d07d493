"""A programme's notice in words, and the first time it allows."""

from __future__ import annotations

from datetime import datetime

from bot.sentences import Sentence, sentence
from bot.words import Words
from calendar_core.interval import epoch_minute, instant_of
from calendar_core.programme import Rules


def notice_words(minutes: int) -> Sentence:
    """24 hours' notice, 3 days' notice, 90 minutes' notice."""
    if minutes and minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return sentence(Words.DAYS_NOTICE, days=minutes // (24 * 60))
    if minutes and minutes % 60 == 0:
        return sentence(Words.HOURS_NOTICE, hours=minutes // 60)
    return sentence(Words.MINUTES_NOTICE, minutes=minutes)


def first_by_notice(rules: Rules, now: datetime) -> datetime:
    """The first step of the clock that lies late enough."""
    earliest = epoch_minute(now) + (1 if now.second or now.microsecond else 0) + rules.notice
    return instant_of(-(-earliest // rules.step) * rules.step)
