"""Reads time words: from a text to windows, and to the questions that must come first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .bounds import bounded
from .english_hours import PARTS
from .folding import folded
from .grouping import Sorted, grouped
from .leftovers import sifted, without_links
from .pieces import Choice, DayPiece, Folded, Hours, HourWords, LengthWords, Piece, SoonWords, ZoneWords
from .placing import Place, Placed
from .scanning import pieces
from .text import LONGEST, REORDERING, as_typed, is_too_long, named, plain, small
from .today import Today, one
from .values import Ask, Doubt, Reading, Window
from .ways import questions, ways

MINUTE = timedelta(minutes=1)
DAY_FIRST_LANGUAGES = {"en-GB", "en-IE", "en-AU", "en-NZ", "en-IN", "en-ZA"}
MONTH_FIRST_REGION = "US"


def read(
    text: str,
    *,
    now: datetime,
    zone: str,
    default_minutes: int,
    names: Collection[str] = (),
    language: str = "en",
    region: str = "",
) -> Reading:
    """What a text says about when, in the speaker's IANA zone unless it names another.

    now is aware. names are people whose names may look like time words. language (BCP 47) and region (ISO 3166)
    tell how 3/4 is written. Any text is answered: what is not understood is reported, never guessed.
    """
    shown = plain(text) if len(text) <= LONGEST else text
    if is_too_long(shown):  # one sign of some scripts is written out as many letters
        return Reading((), None, False, zone, (Ask(Doubt.TOO_LONG, text[:40]),), "", ())
    found = without_links(pieces(shown, named(small(shown), names)))
    wheres = [piece for piece in found if isinstance(piece, ZoneWords) and piece.zone]
    where = wheres[0] if wheres else None
    there = ZoneInfo(where.zone if where and where.zone else zone)
    minute = (now.astimezone(UTC) + MINUTE - timedelta(microseconds=1)).replace(second=0, microsecond=0)
    clock = minute.astimezone(there)
    today = Today(minute.astimezone(ZoneInfo(zone)).date(), _day_first(language, region))

    items = _items(found, today, clock)
    said = grouped(items, today)
    minutes, asks = _length(found)
    span = _short_span(said, default_minutes) if minutes is None else None
    place = Place(clock, there, minutes or span or default_minutes)
    every = ways(said, place)
    asks += questions(said, every)
    if clock.date() != today.day and any(isinstance(item, DayPiece) and item.from_today for item in items):
        other = replace(today, day=clock.date())
        asks += _whose_day(every, ways(grouped(_items(found, other, clock), other), place))
    if len({piece.zone for piece in wheres}) > 1:
        asks.append(Ask(Doubt.WHICH_ZONE, " ".join(piece.text for piece in wheres)))
    asks += _half_of_year(where, every, clock) + _too_short(every, said, minutes)

    rest, unread = sifted(items)
    if REORDERING.search(text):
        unread = (*unread, "reordering marks")
    asked = tuple(replace(ask, words=as_typed(ask.words, shown)) for ask in asks)
    likeliest = next((way for way in every if not way.over), every[0] if every else Placed(()))
    exact = bool(likeliest.windows) and (_all_exact(said) or span is not None)
    return Reading(likeliest.windows, minutes or span, exact, there.key, asked, rest, unread)


def _day_first(language: str, region: str) -> bool | None:
    """How this person writes the third of April: 3/4, 4/3, or nobody can know."""
    if region == MONTH_FIRST_REGION or language == "en-US":
        return False if region == MONTH_FIRST_REGION and language == "en-US" else None
    return True if language in DAY_FIRST_LANGUAGES or region else None


def _length(found: list[Piece]) -> tuple[int | None, list[Ask]]:
    lengths = [piece for piece in found if isinstance(piece, LengthWords)]
    said = {piece.minutes for piece in lengths}
    asks = [Ask(Doubt.LENGTH, " ".join(piece.text for piece in lengths))] if None in said or len(said) > 1 else []
    return next((piece.minutes for piece in lengths if piece.minutes), None), asks


def _items(found: list[Piece], today: Today, now: datetime) -> list[Folded]:
    """The pieces, folded; "tonight" and "in two hours" as a day and hours of it."""
    out: list[Folded] = []
    for item in bounded(folded(found, today), today):
        if isinstance(item, DayPiece) and item.name == "tonight":
            out.append(item)
            out.append(HourWords("", Choice(((Hours(*PARTS["evening"]),),)), part=True))
            continue
        if isinstance(item, SoonWords):
            start = (now.astimezone(UTC) + item.minutes * MINUTE).astimezone(now.tzinfo)
            minute = start.hour * 60 + start.minute
            out.append(DayPiece(item.text, one(start.date())))
            out.append(HourWords("", Choice(((Hours(minute, minute, exact=True, marks=(minute,)),),))))
        else:
            out.append(item)
    return out


def _short_span(said: Sorted, default_minutes: int) -> int | None:
    """ "3pm-3:30pm" can only be the session itself."""
    every = [each for group in said.groups for choice in group.hours for option in choice.options for each in option]
    lengths = {each.end - each.start for each in every if len(each.marks) > 1 and not each.exact}
    if len(lengths) == 1 and all(len(each.marks) > 1 for each in every) and min(lengths) < default_minutes:
        return lengths.pop()
    return None


def _whose_day(here: list[Placed], there: list[Placed]) -> list[Ask]:
    """ "tomorrow 3pm Sydney time", when it is tomorrow in Sydney already."""
    if not (here and there) or here[0].windows == there[0].windows:
        return []
    return [Ask(Doubt.WHICH_DAY, "", tuple(way.windows for way in (here[0], there[0]) if not way.over))]


def _half_of_year(where: ZoneWords | None, every: list[Placed], now: datetime) -> list[Ask]:
    """ "EST" in summer: the hour of New York, or the hour that the letters say?"""
    if where is None or where.offset is None or not every or not every[0].windows:
        return []
    meant = timedelta(minutes=where.offset)
    real = every[0].windows[0].start.utcoffset() or timedelta()
    if real == meant:
        return []
    readings = (tuple(_later(window, by) for window in every[0].windows) for by in (timedelta(), real - meant))
    ahead = tuple(way for way in readings if all(each.start.timestamp() >= now.timestamp() for each in way))
    return [Ask(Doubt.WHICH_ZONE, where.text, ahead)]


def _later(window: Window, by: timedelta) -> Window:
    """Moved on the world's clock, not on the wall's: clocks may change between."""
    start, end = (each.astimezone(UTC) + by for each in (window.start, window.end))
    return Window(start.astimezone(window.start.tzinfo), end.astimezone(window.end.tzinfo))


def _too_short(every: list[Placed], said: Sorted, minutes: int | None) -> list[Ask]:
    """ "between 3 and 3:30pm for an hour"."""
    if minutes is None or not every or _all_exact(said):
        return []
    longest = max((window.end.timestamp() - window.start.timestamp() for window in every[0].windows), default=0)
    return [Ask(Doubt.CONTRADICTION, f"{minutes} min")] if longest < minutes * 60 else []


def _all_exact(said: Sorted) -> bool:
    hours = [choice for group in said.groups for choice in group.hours]
    return bool(hours) and all(each.exact for choice in hours for option in choice.options for each in option)
