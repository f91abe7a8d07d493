"""The picture of both calendars: what it shows is the view, to the minute, and so is the text's."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from adapters.pictures import Box, Drawing, Names, Paint, Theme, laid_out, painted
from adapters.pictures.layout import LEFT, RIGHT, WIDTH
from bot.wording import LocalTimes
from calendar_core.availability.shared_view import DayView, SharedView, Stretches
from calendar_core.interval import Interval, intersect, subtract
from calendar_core.wall_clock import first_minute

NEW_YORK, BERLIN = LocalTimes.of("en-GB", "America/New_York"), LocalTimes.of("en-GB", "Europe/Berlin")
NAMES = Names("You", "Sam", "Both free")
TUESDAY = date(2026, 11, 24)
CLOCKS_BACK = date(2026, 11, 1)


def drawn(view: SharedView) -> Drawing:
    return laid_out(view, NAMES, NEW_YORK, BERLIN)


def stretches(hours: Interval, cuts: list[int], kinds: list[int]) -> Stretches:
    edges = sorted({hours.start_minute, hours.end_minute, *(hours.start_minute + cut for cut in cuts)})
    parts: tuple[list[Interval], ...] = ([], [], [])
    for (start, end), kind in zip(pairwise(edges), kinds, strict=False):
        parts[kind].append(Interval(start, end))
    free, not_free = tuple(parts[0]), tuple(parts[1])
    return Stretches(free, not_free, subtract([hours], [*free, *not_free]))


@st.composite
def views(draw: st.DrawFn) -> SharedView:
    days = []
    for day in draw(st.lists(st.sampled_from([TUESDAY, CLOCKS_BACK]), min_size=1, max_size=2, unique=True)):
        midnight = first_minute("America/New_York", day)
        hours = Interval(midnight + draw(st.integers(0, 700)), midnight + draw(st.integers(800, 1440)))
        cuts = st.lists(st.integers(1, hours.minutes - 1), max_size=6)
        kinds = st.lists(st.integers(0, 2), min_size=7, max_size=7)
        yours, theirs = (stretches(hours, draw(cuts), draw(kinds)) for _ in range(2))
        days.append(DayView(day, (hours,), yours, theirs, intersect(yours.free, theirs.free)))
    return SharedView("America/New_York", tuple(days))


def shown(drawing: Drawing, day: DayView, lane: int, paint: Paint) -> tuple[Interval, ...]:
    return tuple(box.when for box in drawing.boxes if (box.day, box.lane, box.paint) == (day.day, lane, paint))


@given(views())
def test_every_stretch_of_the_view_is_one_box_and_nothing_else_is(view: SharedView) -> None:
    drawing = drawn(view)
    for day in view.days:
        for lane, side in enumerate((day.yours, day.theirs)):
            assert shown(drawing, day, lane, Paint.FREE) == side.free
            assert shown(drawing, day, lane, Paint.NOT_FREE) == side.not_free
            assert shown(drawing, day, lane, Paint.UNKNOWN) == side.unknown
        assert shown(drawing, day, 2, Paint.BOTH_FREE) == day.both_free
    parts = [part for day in view.days for side in (day.yours, day.theirs) for part in (side.free, side.not_free)]
    unknown = [side.unknown for day in view.days for side in (day.yours, day.theirs)]
    assert len(drawing.boxes) == sum(map(len, [*parts, *unknown, *(day.both_free for day in view.days)]))


@given(views())
def test_a_box_lies_where_its_minutes_do(view: SharedView) -> None:
    drawing = drawn(view)
    for day in view.days:
        of_day = [box for box in drawing.boxes if box.day == day.day]
        scale = {round((box.right - box.left) / box.when.minutes, 6) for box in of_day}
        zero = {round(box.left - box.when.start_minute * min(scale), 2) for box in of_day if scale}
        assert len(scale) == 1
        assert max(zero) - min(zero) < 1
        assert all(LEFT <= box.left < box.right <= WIDTH - RIGHT + 1e-6 for box in of_day)


def the_day(day: date) -> DayView:
    midnight = first_minute("America/New_York", day)
    hours = Interval(midnight + 9 * 60, midnight + 17 * 60)
    lunch = Interval(midnight + 690, midnight + 780)
    morning = Interval(midnight + 540, midnight + 660)
    yours = Stretches(subtract([hours], [lunch]), (lunch,), ())
    theirs = Stretches((morning,), subtract([hours], [morning]), ())
    return DayView(day, (hours,), yours, theirs, (morning,))


def a_day() -> SharedView:
    return SharedView("America/New_York", (the_day(TUESDAY),))


def test_both_clocks_stand_at_the_same_hours() -> None:
    drawing = drawn(a_day())
    lanes = {label.text: label.y for label in drawing.labels}
    above = {label.text: label.x for label in drawing.labels if label.y < lanes["You"]}
    below = {label.text: label.x for label in drawing.labels if label.y > lanes["Both free"]}
    assert [above[hour] for hour in ("09:00", "12:00", "17:00")] == [
        below[hour] for hour in ("15:00", "18:00", "23:00")
    ]
    assert (above["09:00"], above["17:00"]) == (LEFT, WIDTH - RIGHT)


def test_a_day_off_is_left_out_of_a_week() -> None:
    nothing = Stretches((), (), ())
    saturday = DayView(date(2026, 11, 28), (), nothing, nothing, ())
    week = drawn(SharedView("America/New_York", (the_day(TUESDAY), saturday)))
    assert week == drawn(a_day())
    alone = drawn(SharedView("America/New_York", (saturday,)))
    assert "Sat 28 Nov" in {label.text for label in alone.labels}
    assert alone.boxes == ()


def test_clocks_are_written_again_only_when_they_show_something_else() -> None:
    same = drawn(SharedView("America/New_York", (the_day(TUESDAY), the_day(date(2026, 11, 25)))))
    assert [label.text for label in same.labels].count("Berlin") == 1
    # Berlin's clocks go back a week before New York's: 14:00 there, then 15:00 again.
    other = drawn(SharedView("America/New_York", (the_day(date(2026, 10, 30)), the_day(date(2026, 11, 2)))))
    assert [label.text for label in other.labels].count("New York") == 1
    assert [label.text for label in other.labels].count("Berlin") == 2


def test_a_partner_with_the_same_clock_needs_no_second_one() -> None:
    drawing = laid_out(a_day(), NAMES, NEW_YORK, LocalTimes.of("en-GB", "America/Toronto"))
    assert "Toronto" not in {label.text for label in drawing.labels}


@pytest.mark.parametrize("theme", Theme)
def test_it_is_painted_as_laid_out(theme: Theme) -> None:
    drawing = drawn(a_day())
    image = Image.open(io.BytesIO(painted(drawing, theme))).convert("RGB")
    assert image.size == (drawing.width, drawing.height)

    def colour(box: Box) -> tuple[int, ...]:
        pixel = image.getpixel((round(box.left + box.right) // 2, round(box.top + box.bottom) // 2))
        assert isinstance(pixel, tuple)
        return pixel

    seen = {paint: {colour(box) for box in drawing.boxes if box.paint is paint} for paint in Paint}
    assert all(len(colours) <= 1 for colours in seen.values())
    assert len(set.union(*seen.values())) == 3


def test_a_stretch_of_a_minute_can_be_painted() -> None:
    day = the_day(TUESDAY)
    minute = Interval.lasting(day.hours[0].start, 1)
    for stretches in (Stretches((minute,), (), ()), Stretches((), (minute,), ()), Stretches((), (), (minute,))):
        view = SharedView("America/New_York", (DayView(TUESDAY, day.hours, stretches, stretches, stretches.free),))
        assert painted(drawn(view), Theme.LIGHT).startswith(b"\x89PNG")


def test_a_name_in_any_letters_can_be_painted() -> None:
    drawing = laid_out(a_day(), Names("You", "Zoë 東", "Both free"), NEW_YORK, BERLIN)
    assert painted(drawing, Theme.LIGHT).startswith(b"\x89PNG")


def test_clocks_of_twelve_hours_have_room() -> None:
    american = LocalTimes.of("en-US", "America/New_York")
    drawing = laid_out(a_day(), NAMES, american, BERLIN)
    hours = [label for label in drawing.labels if label.text.endswith(("AM", "PM"))]
    assert [label.text for label in hours] == ["9:00 AM", "11:00 AM", "1:00 PM", "3:00 PM", "5:00 PM"]
    assert len({label.x for label in drawing.labels if label.text.endswith(":00")}) == 9


def test_a_name_too_long_for_its_place_is_cut_and_covers_nothing() -> None:
    short, long = (laid_out(a_day(), Names("You", name, "Both free"), NEW_YORK, BERLIN) for name in ("Sam", "S" * 40))
    one, other = (Image.open(io.BytesIO(painted(each, Theme.LIGHT))).convert("L") for each in (short, long))
    margin, lanes = (0, 0, LEFT, one.height), (LEFT, 0, *one.size)

    def difference(place: tuple[int, int, int, int]) -> int:
        return max(ImageChops.difference(one.crop(place), other.crop(place)).tobytes())

    assert difference(margin) > 100
    assert difference(lanes) < 20


def test_where_nobody_knows_the_screen_every_mark_stands_out() -> None:
    """By WCAG's measure: three times for shapes, seven for text; and the frame from a white and from a black screen."""
    colours = Theme.ANY.value
    marks = (colours.free_edge, colours.not_free, colours.unknown, colours.both_free)
    assert min(contrast(each, colours.paper) for each in marks) >= 3
    assert min(contrast(each, colours.paper) for each in (colours.ink, colours.soft)) >= 7
    assert colours.frame is not None
    assert min(contrast(colours.frame, screen) for screen in ("#ffffff", "#f5f5f5", "#292929", "#000000")) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
