"""Mutual slots: the sweep beside the same answer through `portion` and `slotify-scheduling`.

Two people, New York 08-16 and Kolkata 13-21 on weekdays, from 8 March 2027 (clocks change in New York on the 14th),
each with n busy times, 5 minutes clear on either side, sessions of 30 minutes on the quarter hour. Time runs from the
FreeBusy values a provider hands over to the list of slots, with each library's own objects made inside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import portion
import slotify

from calendar_core.availability import bookable
from calendar_core.availability.bookable import Question
from calendar_core.availability.free_busy import FreeBusy
from calendar_core.availability.side import Side
from calendar_core.availability.working_hours import working_time
from calendar_core.interval import Interval, instant_of
from calendar_core.people import OrganisationId, ProgrammeId, UserId, WeeklyHours
from calendar_core.programme import Programme, Rules

from .measure import Measure, timed

NOW = datetime(2027, 3, 8, tzinfo=UTC)
MINUTES, STEP, BUFFER = 30, 15, 5
PROGRAMME = Programme(
    id=ProgrammeId(1),
    organisation=OrganisationId(1),
    name="Leaders 2027",
    rules=Rules(notice=0, horizon_days=60, step=STEP, buffer=BUFFER),
)
POOL_ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Weekday hours from `first` to `end` o'clock of a zone, and what the calendar said."""

    zone: str
    first: int
    end: int
    seen: FreeBusy
    hours: WeeklyHours = field(init=False)

    def __post_init__(self) -> None:
        weekday = ((self.first * 60, self.end * 60),)
        object.__setattr__(self, "hours", WeeklyHours(days=(weekday,) * 5 + ((), ())))

    def side(self, user: int, window: Interval) -> Side:
        return Side(UserId(user), working_time(self.hours, self.zone, window), (), self.seen)


def measures() -> Iterator[Measure]:
    """Every answer is compared with every other before anything is timed."""
    for busy, most in ((200, 0.6), (2000, 2.5)):
        yield from of_a_pair(60, busy, most)
    yield of_a_pool(1000)


def of_a_pair(days: int, busy: int, most: float) -> Iterator[Measure]:
    window = Interval.lasting(NOW, days * 24 * 60)
    chance = random.Random(f"{days}/{busy}")
    pair = (
        Person("America/New_York", 8, 16, busy_times(chance, window, busy)),
        Person("Asia/Kolkata", 13, 21, busy_times(chance, window, busy)),
    )
    answer = through_the_sweep(pair, window)
    assert answer
    assert starts(answer) == through_portion(pair, window) == through_slotify(pair, window) == by_trying(pair, window)
    what = f"two people, {days} days, {busy} busy times each"
    ours = timed(lambda: through_the_sweep(pair, window), 200)
    by_portion = timed(lambda: through_portion(pair, window), 10)
    by_slotify = timed(lambda: through_slotify(pair, window), 2)
    demanded = (10, 500) if busy == 200 else (None, None)
    yield Measure(what, ours, most, "portion 2.6", by_portion, demanded[0])
    yield Measure(what, ours, most, "slotify-scheduling 0.5", by_slotify, demanded[1])


def of_a_pool(size: int) -> Measure:
    window = Interval.lasting(NOW, 14 * 24 * 60)
    chance = random.Random(size)
    asker = Person("Europe/Berlin", 9, 17, busy_times(chance, window, 60))
    mentors = [
        Person(chance.choice(POOL_ZONES), first := chance.choice((8, 9, 10)), first + 8, busy_times(chance, window, 60))
        for _ in range(size)
    ]

    def pool() -> Iterator[tuple[Interval, ...]]:
        alone = Question(programme=PROGRAMME, now=NOW, zone=asker.zone, sides=(asker.side(0, window),))
        sides = (mentor.side(number, window) for number, mentor in enumerate(mentors, 1))
        return bookable.slots_with_each(alone, sides, [window], MINUTES)

    def pool_through_portion() -> Iterator[list[int]]:
        return (through_portion((asker, mentor), window) for mentor in mentors)

    answers = [starts(found) for found in pool()]
    assert any(answers)
    assert answers == list(pool_through_portion())
    ours = timed(lambda: [found[:3] for found in pool()], 40)
    theirs = timed(lambda: [found[:3] for found in pool_through_portion()], 1)
    return Measure(f"one against a pool of {size}, 14 days, 60 busy times each", ours, 50, "portion 2.6", theirs)


def busy_times(chance: random.Random, window: Interval, number: int) -> FreeBusy:
    """On five-minute marks, apart from each other."""
    starts = sorted(chance.sample(range(window.start_minute, window.end_minute, 10), number))
    ends = [*starts[1:], window.end_minute]
    return FreeBusy(
        window.padded(BUFFER),
        tuple(
            Interval(start, min(start + chance.choice((5, 15, 30, 60)), max(start + 5, until - 5)))
            for start, until in zip(starts, ends, strict=True)
        ),
    )


def through_the_sweep(pair: tuple[Person, Person], window: Interval) -> tuple[Interval, ...]:
    sides = tuple(person.side(user, window) for user, person in enumerate(pair))
    question = Question(programme=PROGRAMME, now=NOW, zone=pair[0].zone, sides=sides)
    return bookable.slots(question, [window], MINUTES)


def starts(slots: Iterable[Interval]) -> list[int]:
    return [slot.start_minute for slot in slots]


def through_portion(pair: tuple[Person, Person], window: Interval) -> list[int]:
    """Set algebra on whole minutes; working times as we make them, so that only the algebra is compared."""
    free = portion.closedopen(window.start_minute, window.end_minute)
    for person in pair:
        working = working_time(person.hours, person.zone, window)
        free &= portion.Interval(*(portion.closedopen(each.start_minute, each.end_minute) for each in working))
        busy = (each.padded(BUFFER) for each in person.seen.busy)
        free -= portion.Interval(*(portion.closedopen(each.start_minute, each.end_minute) for each in busy))
    return [start for each in free for start in range(-(-each.lower // STEP) * STEP, each.upper - MINUTES + 1, STEP)]


def through_slotify(pair: tuple[Person, Person], window: Interval) -> list[int]:
    """Each person's slots as it finds them; those that both have are the answer."""
    found = []
    for person in pair:
        busy = [each.padded(BUFFER) for each in person.seen.busy]
        engine = slotify.AvailabilityEngine(
            slotify.SlotGenerator(
                start=f"{person.first:02}:00",
                end=f"{person.end:02}:00",
                weekdays=range(5),
                duration=MINUTES,
                interval=STEP,
                timezone=person.zone,
            ),
            policy=slotify.BookingPolicy(busy_periods=tuple(slotify.BusyPeriod(each.start, each.end) for each in busy)),
        )
        slots = engine.available_between(window.start, window.end, now=window.start)
        found.append({(slot.start_utc - instant_of(0)) // timedelta(minutes=1) for slot in slots})
    return sorted(found[0] & found[1])


def by_trying(pair: tuple[Person, Person], window: Interval) -> list[int]:
    """Every quarter hour against every working and every busy time."""
    working = [working_time(person.hours, person.zone, window) for person in pair]
    taken = [each.padded(BUFFER) for person in pair for each in person.seen.busy]
    slots = (Interval(start, start + MINUTES) for start in range(window.start_minute, window.end_minute, STEP))
    return starts(
        slot
        for slot in slots
        if all(any(each.covers(slot) for each in hours) for hours in working)
        and not any(each.overlaps(slot) for each in taken)
    )
