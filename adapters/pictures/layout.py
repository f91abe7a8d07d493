"""Where each stretch of a shared view goes in the picture: boxes and labels in pixels, and nothing painted yet.

A day has three lanes (you, the partner, both free) on one axis of real minutes, so a clock that changes within the day
moves the hours' labels and not the stretches. Your clock is above the lanes, the partner's below where it differs; of
several days only where it shows something else than beside the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import ceil

from bot.wording import LocalTimes
from calendar_core.availability.shared_view import DayView, SharedView
from calendar_core.interval import Interval, instant_of
from calendar_core.wall_clock import first_minute

WIDTH = 720  # twice what a chat gives it
LEFT, RIGHT, MARGIN = 142, 44, 16
LANE, GAP, CLOCK, TITLE, BETWEEN_DAYS = 38, 10, 42, 46, 30
HOUR = 60
OFFICE_DAY = (9 * HOUR, 17 * HOUR)  # the axis where no day has any hours
LETTER = 10.5  # a letter of a clock's label, in pixels, as good as any


class Paint(StrEnum):
    """What a box stands for."""

    FREE = "free"
    NOT_FREE = "not free"
    UNKNOWN = "unknown"
    BOTH_FREE = "both free"


class Ink(StrEnum):
    """How a label stands out."""

    STRONG = "strong"
    PLAIN = "plain"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Box:
    """One stretch: in lane 0 yours, in 1 the partner's, in 2 of both."""

    paint: Paint
    day: date
    lane: int
    when: Interval
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a point; `anchor` in Pillow's letters ("lm": left, middle). `room`: no wider than that."""

    text: str
    x: float
    y: float
    anchor: str
    ink: Ink = Ink.PLAIN
    room: float = WIDTH


@dataclass(frozen=True, slots=True)
class Names:
    """What the lanes are called."""

    yours: str
    theirs: str
    both: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is to be painted, in pixels. `hours` are upright lines: (x, top, bottom)."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    hours: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """Minutes of a day, as pixels from left to right."""

    first: int
    last: int

    def x(self, minutes: float) -> float:
        """Where so many minutes after the day's beginning are."""
        return LEFT + (minutes - self.first) * (WIDTH - LEFT - RIGHT) / (self.last - self.first)

    @property
    def hours(self) -> range:
        """The minutes at which an hour begins."""
        return range(self.first, self.last + 1, HOUR)


def laid_out(view: SharedView, names: Names, mine: LocalTimes, theirs: LocalTimes) -> Drawing:
    """`mine` writes times by your clock, `theirs` by the partner's. Every stretch of the view becomes one box; days on
    which nothing can be shown are left out, unless none would remain."""
    days = [day for day in view.days if day.hours] or view.days[:1]
    axis = _axis(view)
    boxes: list[Box] = []
    labels: list[Label] = []
    hours: list[tuple[float, float, float]] = []
    top: float = MARGIN
    for at, day in enumerate(days):
        midnight = first_minute(view.zone, day.day)
        labels.append(Label(mine.day(day.day), MARGIN, top, "lt", Ink.STRONG))
        top += TITLE
        above = _clock(axis, midnight, mine)
        if at == 0 or above != _clock(axis, first_minute(view.zone, days[at - 1].day), mine):
            labels += _at(top, above)
            top += CLOCK
        lanes = [top + lane * (LANE + GAP) for lane in range(3)]
        bottom = lanes[-1] + LANE
        for lane_top, name in zip(lanes, (names.yours, names.theirs, names.both), strict=True):
            labels.append(Label(name, MARGIN, lane_top + LANE / 2, "lm", room=LEFT - MARGIN - GAP))
        hours += [(axis.x(hour), top, bottom) for hour in axis.hours]
        boxes += _boxes(day, axis, midnight, lanes)
        top = bottom
        below = _clock(axis, midnight, theirs)
        ends = at + 1 == len(days) or below != _clock(axis, first_minute(view.zone, days[at + 1].day), theirs)
        if ends and not theirs.agrees_with(mine, *(instant_of(midnight + hour) for hour in axis.hours)):
            labels += _at(top + GAP, below)
            top += CLOCK
        top += BETWEEN_DAYS
    return Drawing(WIDTH, round(top - BETWEEN_DAYS + MARGIN), tuple(boxes), tuple(labels), tuple(hours))


def _axis(view: SharedView) -> Axis:
    """Whole hours around everything shown, the same for all days."""
    ends: list[tuple[int, int]] = []
    for day in view.days:
        midnight = first_minute(view.zone, day.day)
        ends += [(each.start_minute - midnight, each.end_minute - midnight) for each in day.hours]
    first = min((first for first, _ in ends), default=OFFICE_DAY[0]) // HOUR
    last = -(-max((last for _, last in ends), default=OFFICE_DAY[1]) // HOUR)
    return Axis(first * HOUR, last * HOUR)


def _boxes(day: DayView, axis: Axis, midnight: int, lanes: Sequence[float]) -> list[Box]:
    painted = (
        (0, Paint.FREE, day.yours.free),
        (0, Paint.NOT_FREE, day.yours.not_free),
        (0, Paint.UNKNOWN, day.yours.unknown),
        (1, Paint.FREE, day.theirs.free),
        (1, Paint.NOT_FREE, day.theirs.not_free),
        (1, Paint.UNKNOWN, day.theirs.unknown),
        (2, Paint.BOTH_FREE, day.both_free),
    )
    return [
        Box(
            paint,
            day.day,
            lane,
            when,
            axis.x(when.start_minute - midnight),
            lanes[lane],
            axis.x(when.end_minute - midnight),
            lanes[lane] + LANE,
        )
        for lane, paint, stretches in painted
        for when in stretches
    ]


def _clock(axis: Axis, midnight: int, times: LocalTimes) -> list[Label]:
    """A city, and what its clock shows at hours of the axis, as many as there is room for; still at the top."""
    shown = {hour: times.time(times.wall(instant_of(midnight + hour))) for hour in axis.hours}
    widest = LETTER * max(map(len, shown.values()))
    every = ceil((widest + GAP) / (axis.x(HOUR) - axis.x(0)))
    city = Label(
        times.city(instant_of(midnight + axis.first)),
        MARGIN,
        0,
        "lm",
        Ink.SOFT,
        room=LEFT - widest / 2 - GAP / 2 - MARGIN,
    )
    return [city, *(Label(shown[hour], axis.x(hour), 0, "mm", Ink.SOFT) for hour in axis.hours[::every])]


def _at(top: float, clock: list[Label]) -> list[Label]:
    return [replace(label, y=top + (CLOCK - GAP) / 2) for label in clock]
