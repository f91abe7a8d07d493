"""A programme's notice in words, and the first time it allows."""

from __future__ import annotations

from datetime import datetime

from bot.sentences import Sentence, sentence
from bot.words import ReportWords
from calendar_core.interval import first_whole_minute, instant_of
from calendar_core.programme import Rules
from calendar_core.wall_clock import DAY, wall_minute


def notice_words(minutes: int) -> Sentence:
    """24 hours' notice, 3 days' notice, 90 minutes' notice."""
    if minutes and minutes % (24 * 60) == 0 and minutes > 24 * 60:
        return sentence(ReportWords.DAYS_NOTICE, days=minutes // (24 * 60))
    if minutes and minutes % 60 == 0:
        return sentence(ReportWords.HOURS_NOTICE, hours=minutes // 60)
    return sentence(ReportWords.MINUTES_NOTICE, minutes=minutes)


def first_by_notice(rules: Rules, zone: str, now: datetime) -> datetime:
    """The first start that lies late enough: steps count from the reader's midnight, as those of all lists do."""
    earliest = first_whole_minute(now) + rules.notice
    into_day = wall_minute(zone, earliest) % DAY
    return instant_of(earliest + min(-into_day % rules.step, DAY - into_day))
