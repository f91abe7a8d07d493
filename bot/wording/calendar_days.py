"""Both calendars in words, a paragraph a day, from the same view that pictures are drawn from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies import CalendarsShown
from bot.sentences import Field, Sentence, sentence
from bot.words import Words
from calendar_core.availability.shared_view import DayView, Stretches
from calendar_core.interval import Interval

from .slot_list import zone_line
from .voice import Voice, other_day


def calendar_days(reply: CalendarsShown, voice: Voice) -> tuple[str, ...]:
    """You: busy 11:30 - 13:00, otherwise free 09:00 - 17:00. Sam: free 09:00 - 11:00 (15:00 - 17:00), otherwise ..."""
    seen = [each for day in reply.view.days for each in (*day.hours, *day.theirs.free)]
    zone = zone_line(seen, voice, reply.partner.zone)
    days = []
    for at, day in enumerate(reply.view.days):
        heading = f"{voice.say(sentence(Words.CALENDAR_DAY, day=day.day))}" if at else _first(day, zone, voice)
        days.append(" ".join([heading, *(voice.say(each) for each in _day(day, reply, voice))]))
    return tuple(days)


def _first(day: DayView, zone: str, voice: Voice) -> str:
    return f"{voice.say(sentence(Words.CALENDAR_HEADING, day=day.day))} {zone}"


def _day(day: DayView, reply: CalendarsShown, voice: Voice) -> tuple[Sentence, ...]:
    yours = sentence(Words.YOU, parts=_yours(day, voice))
    if not day.hours:
        return (yours,)
    theirs = sentence(Words.THEY, partner=reply.partner.first_name, parts=_theirs(day.theirs, reply, voice))
    if not day.both_free:
        return yours, theirs, sentence(Words.NEVER_BOTH_FREE)
    return yours, theirs, sentence(Words.BOTH_FREE, times=_spans(day.both_free, voice))


def _yours(day: DayView, voice: Voice) -> tuple[Sentence, ...]:
    if not day.hours:
        return (sentence(Words.NO_HOURS),)
    free, busy, unknown = day.yours.free, day.yours.not_free, day.yours.unknown
    if not free and not busy:
        return (sentence(Words.NO_ANSWER),)
    parts = [sentence(Words.BUSY, times=_spans(busy, voice))] if busy else []
    if unknown:
        parts.append(sentence(Words.UNKNOWN, times=_spans(unknown, voice)))
    if free and parts:
        parts.append(sentence(Words.OTHERWISE_FREE, times=_spans(day.hours, voice)))
    elif free:
        parts.append(sentence(Words.FREE, times=_spans(free, voice)))
    return tuple(parts)


def _theirs(theirs: Stretches, reply: CalendarsShown, voice: Voice) -> tuple[Sentence, ...]:
    if not theirs.free and not theirs.unknown:
        return (sentence(Words.NOT_FREE_AT_ALL),)
    if not theirs.free and not theirs.not_free:
        return (sentence(Words.NO_ANSWER),)
    parts = []
    if theirs.free:
        parts.append(sentence(Words.FREE, times=_spans(theirs.free, voice, reply.partner.zone)))
    if theirs.unknown:
        parts.append(sentence(Words.UNKNOWN, times=_spans(theirs.unknown, voice, reply.partner.zone)))
    if theirs.not_free:
        parts.append(sentence(Words.OTHERWISE_NOT_FREE))
    return tuple(parts)


def _spans(stretches: Sequence[Interval], voice: Voice, zone: str | None = None) -> tuple[Field, ...]:
    """09:00 - 11:00 (15:00 - 17:00), ... with the other clock where it shows something else."""
    mine = voice.times
    theirs = mine.at(zone) if zone else mine
    return tuple(
        mine.span(each)
        if theirs.agrees_with(mine, each.start, each.end)
        else f"{mine.span(each)} ({other_day(each, mine, theirs)}{theirs.span(each)})"
        for each in stretches
    )
