"""Time words of somebody who travels: each day is meant in the zone they are in on it (decision 16)."""

from __future__ import annotations

from dataclasses import replace

from bot.when import Ask, Reading, Window, read
from calendar_core.itinerary import DEPARTURE
from calendar_core.wall_clock import zone_at

from .phrase import Speaker


def read_there(text: str, speaker: Speaker) -> Reading:
    """As `bot.when` reads it: in the zone the words name; else where the speaker is now; else, for days that are spent
    elsewhere, there."""
    here = speaker.here
    reading = read_in(here, text, speaker, speaker.names)
    if DEPARTURE not in speaker.zone or reading.zone != here:
        return reading
    elsewhere = {zone_at(speaker.zone, each.start) for each in _windows(reading)} - {here}
    for zone in sorted(elsewhere):
        reading = _joined(reading, read_in(zone, text, speaker, speaker.names), zone, speaker.zone)
    return reading


def read_in(zone: str, text: str, speaker: Speaker, names: tuple[str, ...] = ()) -> Reading:
    """In that zone alone; a word of `names` is somebody, and no time."""
    return read(
        text,
        now=speaker.now,
        zone=zone,
        default_minutes=speaker.default_minutes,
        names=names,
        language=speaker.language,
        region=speaker.region,
    )


def _windows(reading: Reading) -> list[Window]:
    asked = [window for ask in reading.questions for windows in ask.alternatives for window in windows]
    return [*reading.windows, *asked]


def _joined(one: Reading, other: Reading, zone: str, clocks: str) -> Reading:
    """The same words, read twice: of each place the days that are spent there."""
    if len(one.windows) != len(other.windows) or len(one.questions) != len(other.questions):
        return one
    return replace(
        one,
        windows=_there(one.windows, other.windows, zone, clocks),
        questions=tuple(
            replace(mine, alternatives=_each_there(mine, theirs, zone, clocks))
            for mine, theirs in zip(one.questions, other.questions, strict=True)
        ),
    )


def _each_there(mine: Ask, theirs: Ask, zone: str, clocks: str) -> tuple[tuple[Window, ...], ...]:
    if [len(each) for each in mine.alternatives] != [len(each) for each in theirs.alternatives]:
        return mine.alternatives
    pairs = zip(mine.alternatives, theirs.alternatives, strict=True)
    return tuple(_there(one, other, zone, clocks) for one, other in pairs)


def _there(mine: tuple[Window, ...], theirs: tuple[Window, ...], zone: str, clocks: str) -> tuple[Window, ...]:
    return tuple(
        there if zone_at(clocks, there.start) == zone else here for here, there in zip(mine, theirs, strict=True)
    )
