"""Lists of times: the zone said once in the heading, or beside the first; offsets where a clock changes within, and
cities where its owner travels meanwhile."""

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
        return voice.say(sentence(Words.ONE_ZONE, city=_cities(mine, slots)))
    return voice.say(sentence(Words.TWO_ZONES, city=_cities(mine, slots), other=_cities(theirs, slots)))


def slot_items(slots: Sequence[Interval], voice: Voice, zone: str | None, *, labelled: bool = False) -> tuple[str, ...]:
    """Tue 24 Nov, 09:00 (15:00). `labelled` puts both cities beside the first, for lists whose heading has none."""
    mine, theirs = _clocks(slots, voice, zone)
    starts = [slot.start for slot in slots]
    my_change = mine.changes_within(*starts)
    their_change = theirs is not None and theirs.changes_within(*starts)
    my_cities, their_cities = len(mine.cities(*starts)) > 1, theirs is not None and len(theirs.cities(*starts)) > 1
    items = []
    for at, slot in enumerate(slots):
        with_city = labelled and at == 0
        item = f"{mine.day(mine.wall(slot.start).date())}, {_time(slot, mine, my_change, with_city, my_cities)}"
        if theirs is not None:
            item += f" ({other_day(slot, mine, theirs)}{_time(slot, theirs, their_change, with_city, their_cities)})"
        items.append(item)
    return tuple(items)


def _time(slot: Interval, clock: LocalTimes, changes: bool, with_city: bool, travels: bool) -> str:
    parts = [clock.time(clock.wall(slot.start)) if changes else clock.start(slot)]
    if changes and not travels:
        parts.append(clock.offset(slot.start))
    if with_city or travels:
        parts.append(clock.city(slot.start))
    return " ".join(parts)


def _cities(clock: LocalTimes, slots: Sequence[Interval]) -> str:
    return ", ".join(clock.cities(*(slot.start for slot in slots)) or (clock.home,))


def _clocks(slots: Sequence[Interval], voice: Voice, zone: str | None) -> tuple[LocalTimes, LocalTimes | None]:
    """The reader's, and the other's unless both show the same all along."""
    mine = voice.times
    theirs = None if zone is None else mine.at(zone)
    agree = theirs is not None and theirs.agrees_with(mine, *(slot.start for slot in slots))
    return mine, None if agree else theirs
