"""Every way in which the groups of a text may be meant, the likeliest first, and what must be asked about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import TypeVar

from .grouping import Group, HourSet, Sorted
from .pieces import Choice, DayPiece, Days, DaySet
from .placing import Place, Placed, placed, together
from .values import Ask, Doubt, Window

Part = TypeVar("Part")
MOST_WAYS = 6  # nobody is asked to choose from more


def ways(said: Sorted, place: Place) -> list[Placed]:
    """All ways that differ; none if no time was said."""
    every: list[Placed] = []
    if not said.groups:
        return every
    seen: set[tuple[float, ...]] = set()
    known: dict[tuple[DaySet, HourSet], list[Placed]] = {}  # many picks differ in one group only
    for pick in _picks(said.groups):
        parts = []
        for group in said.groups:
            days, hours = tuple(_all(group.days, pick)), tuple(_all(group.hours, pick))
            if (days, hours) not in known:
                known[days, hours] = placed(_without(days, said.excluded), hours, place)
            parts.append(known[days, hours])
        for way in islice(product(*parts), MOST_WAYS):
            both = together(way)
            if (instants := _instants(both.windows)) not in seen:
                seen.add(instants)
                every.append(both)
    return every


def questions(said: Sorted, every: list[Placed]) -> tuple[Ask, ...]:
    """What must be asked before the first way may be acted on. What is past counts out what else it could mean."""
    if not said.groups:
        return ()
    choices = _choices(said.groups)
    if hopeless := [choice for choice in choices if not choice.options]:
        return tuple(Ask(choice.doubt or Doubt.CONTRADICTION, choice.words) for choice in hopeless)
    words = " ".join(choice.words for choice in choices if choice.words)
    if not every:
        return (Ask(Doubt.CONTRADICTION, words),)
    live = [way for way in every if not way.over]
    if not live:
        return (Ask(every[0].doubt or Doubt.PAST, words),)
    alternatives = tuple(way.windows for way in live)[:MOST_WAYS]
    doubts = {
        choice.doubt: choice.words
        for choice in choices
        if choice.doubt and (choice.must_ask or (len(live) > 1 and len(choice.options) > 1))
    }
    if clock := next((way.doubt for way in live if way.doubt), None):
        doubts[clock] = words
    if every[0].over and not doubts:
        doubts[Doubt.PAST] = words
    return tuple(Ask(doubt, about, alternatives) for doubt, about in doubts.items())


def _choices(groups: Iterable[Group]) -> list[Choice[DaySet] | Choice[HourSet]]:
    every: dict[int, Choice[DaySet] | Choice[HourSet]] = {}
    for group in groups:
        every |= {id(choice): choice for choice in group.days} | {id(choice): choice for choice in group.hours}
    return list(every.values())


def _picks(groups: list[Group]) -> Iterator[dict[int, int]]:
    """Which option of each choice; a choice that several days share is made once."""
    choices = _choices(groups)
    for numbers in islice(product(*(range(len(choice.options)) for choice in choices)), 2 * MOST_WAYS):
        yield {id(choice): number for choice, number in zip(choices, numbers, strict=True)}


def _all(choices: Iterable[Choice[tuple[Part, ...]]], pick: dict[int, int]) -> list[Part]:
    return [part for choice in choices for part in choice.options[pick[id(choice)]]]


def _without(days: DaySet, excluded: list[DayPiece]) -> DaySet:
    """The days but for those left out; "except Wednesday" is any Wednesday."""
    if not excluded:
        return days
    weekdays = {piece.weekday for piece in excluded}
    gone = {day for piece in excluded for option in piece.choice.options for some in option for day in some.each}
    kept: list[Days] = []
    for day in (day for some in days for day in some.each if day.weekday() not in weekdays and day not in gone):
        if kept and kept[-1].end == day:
            kept[-1] = Days(kept[-1].start, Days.one(day).end)
        else:
            kept.append(Days.one(day))
    return tuple(kept)


def _instants(windows: tuple[Window, ...]) -> tuple[float, ...]:
    return tuple(moment.timestamp() for window in windows for moment in (window.start, window.end))
