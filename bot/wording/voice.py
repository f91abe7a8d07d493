"""The one lookup: a sentence's words for one reader in one chat's style, with its fields filled in.

Forms a field may ask for, after the colon in a template, by its type:
    number      {n}  {n:# time|# times}  (the language's plural forms in CLDR's order: one, other)
                {n:tenths} as a fraction: 46 is 4.6
    date        {day}  {day:long}  {day:date} without its weekday  {day:weekday}  {day:month} and its year
    instant     {at}  {at:time}  {at:day}  {at:date}  {at:city}
    times       {when} span  {when:time}  {when:day}  {when:weekday}  {when:item}  {when:long}  {when:whole}
                {when:short}  {when:city}; and of the other clock, empty where both agree: {when:theirs}
                {when:theirs_start}
    list        {names} joined by "and"  {names:or}  {names:comma}  {names:upper} as a sentence begins
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from string import Formatter

from babel.lists import format_list
from babel.numbers import format_decimal

from bot.plain_text import plain_text
from bot.replies import Reader
from bot.sentences import Across, CityOf, Field, Sentence, WallTime
from calendar_core.interval import Interval
from calendar_core.people import WeeklyHours

from .catalogues import translated
from .local_times import LocalTimes
from .style import PLAIN, Style

_EMPHASIS = re.compile(r"(\*\*|\*)")
_LONGEST_FIELD = 500  # of a link; names are far shorter by then


@dataclass(frozen=True, slots=True)
class Voice:
    """Says everything in one reader's language, by that reader's clock, marked as one chat marks it."""

    reader: Reader
    style: Style = PLAIN

    @property
    def times(self) -> LocalTimes:
        """The reader's clock and way of writing times."""
        return LocalTimes.of(self.reader.language, self.reader.zone)

    def say(self, sentence: Sentence) -> str:
        """The finished sentence. Raises KeyError for a field that was not given: a test fills every one."""
        fields = dict(sentence.fields)
        written: list[str] = []
        ends = ""  # what was written last, but for marks
        open_marks: set[str] = set()
        for literal, name, form in _parts(translated(sentence.words, self.reader.language)):
            for piece in _EMPHASIS.split(literal):
                if piece in ("**", "*"):
                    written.append((self.style.bold if piece == "**" else self.style.italic)[piece in open_marks])
                    open_marks ^= {piece}
                elif piece:
                    written.append(stopped(ends, piece))
                    ends = piece
            if name is not None:
                written.append(self._field(fields[name], form))
                ends = written[-1] or ends
        return "".join(written)

    def bold(self, text: str) -> str:
        """Text of others, emphasised."""
        return self.style.escape(plain_text(text)).join(self.style.bold)

    def unmarked(self, sentence: Sentence) -> str:
        """The sentence with nothing marked and nothing escaped: for buttons, which show text as it is."""
        return Voice(self.reader).say(sentence)

    def _field(self, value: Field, form: str) -> str:  # noqa: C901, PLR0911 - one case a type
        times = self.times
        match value:
            case Sentence():
                return self.say(value)
            case str():
                return self.style.escape(plain_text(value, _LONGEST_FIELD))
            case int():
                return _number(value, form, times)
            case datetime():
                return _instant(value, form, times)
            case date():
                return _date(value, form, times)
            case CityOf():
                return times.at(value.zone).home
            case WallTime():
                return times.time(time(value.minute // 60 % 24, value.minute % 60))
            case WeeklyHours():
                return times.hours(value)
            case Interval():
                return OWN_CLOCK[form](value, times)
            case Across():
                return _across(value, form, times)
            case tuple():
                return _list([self._field(each, "") for each in value], form, times)


def stopped(before: str, after: str) -> str:
    """What follows, with its full stop left out where an abbreviation brought one: "30 Min." ends a sentence too."""
    return after[1:] if before.endswith(".") and after.startswith(".") else after


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((literal, name, form or "") for literal, name, form, _ in Formatter().parse(template))


def _number(number: int, form: str, times: LocalTimes) -> str:
    if form == "tenths":
        return str(format_decimal(number / 10, "0.0", locale=times.locale))
    shown = str(format_decimal(number, locale=times.locale))
    if not form:
        return shown
    forms = form.split("|")
    several = times.locale.plural_form(number) != "one"
    return forms[-1 if several else 0].replace("#", shown)


def _list(items: list[str], form: str, times: LocalTimes) -> str:
    if form in ("comma", "upper"):
        joined = ", ".join(items)
        return joined[:1].upper() + joined[1:] if form == "upper" else joined
    return str(format_list(items, "or" if form == "or" else "standard", times.locale))


def _date(day: date, form: str, times: LocalTimes) -> str:
    if form == "date":
        return times.date_alone(day)
    if form == "month":
        return times.month(day)
    return times.weekday(day) if form == "weekday" else times.day(day, year=form == "long")


def _instant(instant: datetime, form: str, times: LocalTimes) -> str:
    wall = times.wall(instant)
    match form:
        case "time":
            return times.time(wall)
        case "day":
            return times.day(wall.date())
        case "date":
            return times.date_alone(wall.date())
        case "city":
            return times.city(instant)
        case _:
            return f"{times.day(wall.date())}, {times.time(wall)}"


OWN_CLOCK: dict[str, Callable[[Interval, LocalTimes], str]] = {
    "": lambda when, times: times.span(when),
    "time": lambda when, times: times.start(when),
    "day": lambda when, times: times.day(times.wall(when.start).date()),
    "weekday": lambda when, times: times.weekday(times.wall(when.start).date()),
    "city": lambda when, times: times.city(when.start),
    "item": lambda when, times: (
        f"{times.day(times.wall(when.start).date())}, {times.start(when)}{times.abroad(when.start)}"
    ),
    "short": lambda when, times: (
        f"{times.day(times.wall(when.start).date())}, {times.start(when)} {times.city(when.start)}"
    ),
    "window": lambda when, times: ", ".join(times.window(when)),
    "long": lambda when, times: (
        f"{times.day(times.wall(when.start).date(), year=True)}, {times.span(when)} {times.city(when.start)}"
    ),
    "whole": lambda when, times: (
        f"{times.day(times.wall(when.start).date())}, {times.span(when)} {times.city(when.start)}"
    ),
}


def _across(value: Across, form: str, times: LocalTimes) -> str:
    if form not in ("theirs", "theirs_start"):
        return OWN_CLOCK[form](value.when, times)
    theirs = times.at(value.zone)
    if theirs.agrees_with(times, value.when.start, value.when.end):
        return ""
    there = theirs.span(value.when) if form == "theirs" else theirs.start(value.when)
    return f" ({other_day(value.when, times, theirs)}{there} {theirs.city(value.when.start)})"


def other_day(when: Interval, times: LocalTimes, theirs: LocalTimes) -> str:
    """The other's weekday and a blank, where the date is another one there: "Wed " (decision 16)."""
    there = theirs.wall(when.start).date()
    return "" if there == times.wall(when.start).date() else f"{theirs.weekday(there, short=True)} "
