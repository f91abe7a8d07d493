"""Reads [See both calendars] as a person would: minutes from the words, and from where the picture's boxes lie."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.pictures import Box, Drawing, Paint
from adapters.pictures.layout import Ink, Label

MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_LINE = re.compile(
    r"(?P<day>\w{3} \d+ \w{3})[.,].* You: (?P<you>[^.]+)\."
    r"(?: (?P<name>\w+): (?P<they>[^.]+)\. Both free: (?P<both>[^.]+)\.)?"
)
CLOCK = r"\d\d:\d\d(?: UTC[+-][\d:]+)?"
SPAN = re.compile(rf"({CLOCK}) - ({CLOCK})(?: \((?:\w{{3}} )?({CLOCK}) - ({CLOCK})\))?")


@dataclass(frozen=True)
class DaySeen:
    """Whole minutes since the epoch, of one day."""

    your_hours: frozenset[int] = frozenset()
    you_free: frozenset[int] = frozenset()
    they_free: frozenset[int] = frozenset()
    both_free: frozenset[int] = frozenset()


# --- the words -------------------------------------------------------------------------------------------------------


def in_words(text: str, days: Iterable[date], mine: str, theirs: str) -> dict[date, DaySeen]:
    """Every line of the text that is about a day; `mine` and `theirs` are the two zones."""
    lines = {found["day"]: found for line in text.splitlines() if (found := DAY_LINE.match(line))}
    return {day: _day_in_words(lines[f"{day:%a} {day.day} {day:%b}"], day, mine, theirs) for day in days}


def _day_in_words(line: re.Match[str], day: date, mine: str, theirs: str) -> DaySeen:
    if line["they"] is None:
        assert line["you"] == "no working hours"
        return DaySeen()
    busy, otherwise, free = _after("busy", line["you"]), _after("otherwise free", line["you"]), line["you"]
    you_busy = _minutes(busy, day, mine)
    hours = _minutes(otherwise or busy or free, day, mine)
    assert you_busy <= hours
    return DaySeen(
        your_hours=hours,
        you_free=hours - you_busy,
        they_free=_minutes(_after("free", line["they"]), day, mine, theirs),
        both_free=_minutes(line["both"], day, mine),
    )


def _after(word: str, text: str) -> str:
    """The times listed behind the word, which begins the text or follows a comma."""
    found = re.search(rf"(?:^|, )(?<!otherwise ){word} ((?:{SPAN.pattern}(?:, )?)+)", text)
    return found[1] if found else ""


def _minutes(listed: str, day: date, mine: str, theirs: str | None = None) -> frozenset[int]:
    """The minutes of all stretches; what stands in brackets must be the same moments by the other clock."""
    found: set[int] = set()
    for first, last, other_first, other_last in SPAN.findall(listed):
        start = _instant(day, first, mine)
        end = _instant(day, last, mine)
        if end <= start:
            end = _instant(day + timedelta(days=1), last, mine)
        if theirs:
            other = ["", ""] if _agree(mine, theirs, start, end) else [_clock(each, theirs) for each in (start, end)]
            assert [other_first[:5], other_last[:5]] == other
        found.update(range((start - EPOCH) // MINUTE, (end - EPOCH) // MINUTE))
    return frozenset(found)


def _instant(day: date, shown: str, zone: str) -> datetime:
    """The moment at which that clock shows it on that day, by the offset beside it where there is one."""
    wall = datetime.combine(day, time.fromisoformat(shown[:5]), ZoneInfo(zone))
    meant = [each for each in (wall, wall.replace(fold=1)) if not shown[6:] or _offset(each) == shown[6:]]
    assert meant, f"{shown} is never on {day} in {zone}"
    return meant[0].astimezone(UTC)


def _offset(moment: datetime) -> str:
    minutes = int((moment.utcoffset() or timedelta()) / MINUTE)
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _agree(mine: str, theirs: str, *moments: datetime) -> bool:
    return all(_clock(each, mine) == _clock(each, theirs) for each in moments)


def _clock(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


# --- the picture -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ruler:
    """From pixels to minutes: hours are `scale` apart for each of their minutes, and x = 0 is at `zero`."""

    scale: float
    zero: float

    def minutes(self, boxes: Iterable[Box]) -> frozenset[int]:
        """All that lies under the boxes; each must begin and end on a whole minute."""
        found: set[int] = set()
        for box in boxes:
            ends = [edge / self.scale + self.zero for edge in (box.left, box.right)]
            assert all(abs(end - round(end)) < 1e-3 for end in ends)
            found.update(range(round(ends[0]), round(ends[1])))
        return frozenset(found)


def in_picture(drawing: Drawing, days: Iterable[date], mine: str) -> dict[date, DaySeen]:
    """Where the boxes lie, measured against the hours written above them. A day without boxes shows nothing."""
    seen = dict.fromkeys(days, DaySeen())
    named = {f"{day:%a} {day.day} {day:%b}": day for day in seen}
    titles = [label for label in drawing.labels if label.ink is Ink.STRONG]
    ends = [*[each.y for each in titles[1:]], float(drawing.height)]
    hours = list[Label]()
    for title, end in zip(titles, ends, strict=True):
        day = named[title.text]
        boxes = [box for box in drawing.boxes if title.y < box.top < end]
        top = min((box.top for box in boxes), default=end)
        above = [each for each in drawing.labels if each.ink is Ink.SOFT and title.y < each.y < top]
        hours = above[1:] or hours  # the first is the city; not written again where the clock shows the same
        if boxes:
            seen[day] = _day_in_picture(boxes, _ruler(drawing, hours, day, mine))
    return seen


def _day_in_picture(boxes: list[Box], ruler: Ruler) -> DaySeen:
    def painted(lane: int, *paints: Paint) -> frozenset[int]:
        return ruler.minutes(box for box in boxes if box.lane == lane and box.paint in paints)

    your_hours = painted(0, Paint.FREE, Paint.NOT_FREE)
    assert painted(1, Paint.FREE, Paint.NOT_FREE) == your_hours, "a lane says nothing of some hours"
    return DaySeen(your_hours, painted(0, Paint.FREE), painted(1, Paint.FREE), painted(2, Paint.BOTH_FREE))


def _ruler(drawing: Drawing, hours: list[Label], day: date, zone: str) -> Ruler:
    """By the upright lines, an hour apart, and an hour above them that this day has exactly once."""
    scale = (drawing.hours[1][0] - drawing.hours[0][0]) / 60
    for label in hours:
        wall = datetime.combine(day, time.fromisoformat(label.text), ZoneInfo(zone))
        once = wall.utcoffset() == wall.replace(fold=1).utcoffset()
        if once and (label is hours[0] or label.text != "00:00"):  # the last may be the next day's
            return Ruler(scale, (wall.astimezone(UTC) - EPOCH) / MINUTE - label.x / scale)
    raise AssertionError(f"no hour of {[label.text for label in hours]} tells where {day} is")
