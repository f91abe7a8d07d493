"""Lists of times: the zone said once in the heading, or beside the first; offsets where a clock changes within."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sentences import sentence
from bot.words import Words
from calendar_core.interval import Interval

from .local_times import LocalTimes
from .voice import Voice, other_day


def zone_line(slots: Sequence[Interval], voice: Voice, zone: str | None) -> str:
    """New York time (Berlin in brackets)."""
    mine, theirs = _clocks(slots, voice, zone)
    if theirs is None:
        return voice.say(sentence(Words.ONE_ZONE, city=mine.city))
    return voice.say(sentence(Words.TWO_ZONES, city=mine.city, other=theirs.city))


def slot_items(slots: Sequence[Interval], voice: Voice, zone: str | None, *, labelled: bool = False) -> tuple[str, ...]:
    """Tue 24 Nov, 09:00 (15:00). `labelled` puts both cities beside the first, for lists whose heading has none."""
    mine, theirs = _clocks(slots, voice, zone)
    starts = [slot.start for slot in slots]
    my_change = mine.changes_within(*starts)
    their_change = theirs is not None and theirs.changes_within(*starts)
    items = []
    for at, slot in enumerate(slots):
        with_city = labelled and at == 0
        item = f"{mine.day(mine.wall(slot.start).date())}, {_time(slot, mine, my_change, with_city)}"
        if theirs is not None:
            item += f" ({other_day(slot, mine, theirs)}{_time(slot, theirs, their_change, with_city)})"
        items.append(item)
    return tuple(items)


def _time(slot: Interval, clock: LocalTimes, changes: bool, with_city: bool) -> str:
    parts = [clock.time(clock.wall(slot.start)) if changes else clock.start(slot)]
    if changes:
        parts.append(clock.offset(slot.start))
    if with_city:
        parts.append(clock.city)
    return " ".join(parts)


def _clocks(slots: Sequence[Interval], voice: Voice, zone: str | None) -> tuple[LocalTimes, LocalTimes | None]:
    """The reader's, and the other's unless both show the same all along."""
    mine = voice.times
    theirs = None if zone is None else mine.at(zone)
    agree = theirs is not None and theirs.agrees_with(mine, *(slot.start for slot in slots))
    return mine, None if agree else theirs
