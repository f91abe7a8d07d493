"""Questions of every kind, generated: odd zones, the days on which their clocks jump, unaligned minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from .oracle import EPOCH, Case, Person, Stretch

DAY = 24 * 60
ZONES = (
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
)
# Days on which clocks jump somewhere among these zones, and two on which none does.
DAYS = (
    date(2026, 9, 27),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 10, 30),
    date(2026, 11, 1),
    date(2026, 11, 24),
    date(2027, 2, 7),
    date(2027, 3, 14),
    date(2027, 3, 28),
    date(2027, 4, 4),
    date(2027, 4, 30),
    date(2027, 7, 1),
)


def epoch_minute(day: date) -> int:
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - EPOCH) // timedelta(minutes=1)


def stretches_of_day() -> st.SearchStrategy[tuple[Stretch, ...]]:
    borders = st.lists(st.integers(0, DAY), min_size=0, max_size=4, unique=True).map(sorted)
    return st.one_of(
        st.just(((0, DAY),)),
        st.just(((0, DAY),)),
        st.just(((60, 20 * 60),)),
        borders.map(lambda at: tuple(zip(at[0::2], at[1::2], strict=False))),
    )


def stretches(first: int, last: int, most: int) -> st.SearchStrategy[tuple[Stretch, ...]]:
    one = st.builds(lambda start, length: (start, start + length), st.integers(first, last), st.integers(1, 200))
    whole_day = st.builds(lambda start: (start, start + DAY), st.integers(first, last))
    return st.lists(st.one_of(*[one] * 9, whole_day), max_size=most).map(tuple)


@st.composite
def people(draw: st.DrawFn, day: date) -> Person:
    noon = epoch_minute(day) + DAY // 2
    near = st.sampled_from([day + timedelta(days=n) for n in (-1, 0, 1)])
    week = st.lists(stretches_of_day(), min_size=7, max_size=7)
    rare = st.integers(0, 9).map(lambda n: n == 0)
    start = draw(st.integers(noon - 2 * DAY, noon))
    seen: Stretch | None = (
        (start, start + draw(st.integers(1, 4 * DAY))) if draw(rare) else (noon - 5 * DAY, noon + 5 * DAY)
    )
    return Person(
        zone=draw(st.sampled_from(ZONES)),
        hours=tuple(draw(week)),
        busy=draw(stretches(noon - 2 * DAY, noon + DAY, 6)),
        tentative=draw(stretches(noon - 2 * DAY, noon + DAY, 2)),
        held=draw(stretches(noon - 2 * DAY, noon + DAY, 2)),
        seen=None if draw(rare) and draw(rare) else seen,
        days_off=frozenset(draw(st.lists(near, max_size=1))) if draw(rare) else frozenset(),
        paused_until=draw(near) if draw(rare) else None,
        trips=draw(trips(day)) if draw(st.booleans()) else (),
    )


def trips(day: date) -> st.SearchStrategy[tuple[tuple[str, date, date], ...]]:
    """None, one, or two with a day at home between them at most."""
    lengths = st.lists(st.integers(1, 3), min_size=2, max_size=2)
    parts = st.tuples(st.sampled_from(ZONES), st.integers(-3, 2), lengths, st.sampled_from((None, *ZONES)))

    def planned(drawn: tuple[str, int, list[int], str | None]) -> tuple[tuple[str, date, date], ...]:
        zone, begins, (days, more), other = drawn
        first = day + timedelta(days=begins)
        last = first + timedelta(days=days - 1)
        then = last + timedelta(days=2)
        one = (zone, first, last)
        return (one,) if other is None else (one, (other, then, then + timedelta(days=more - 1)))

    return parts.map(planned)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    day = draw(st.sampled_from(DAYS))
    middle = epoch_minute(day) + DAY // 2
    sides = tuple(draw(people(day)) for _ in range(draw(st.sampled_from((1, 2, 2, 2, 3)))))
    minutes = draw(st.sampled_from((1, 25, 30, 45, 60, 90)))
    windows = draw(
        st.lists(
            st.builds(
                lambda start, length: (start, start + length),
                st.integers(middle - DAY, middle + DAY),
                st.one_of(st.just(minutes), st.integers(1, DAY), st.integers(DAY, 2 * DAY)),
            ),
            min_size=1,
            max_size=3,
        )
    )
    lead = draw(st.one_of(*[st.just(4 * DAY)] * 4, st.integers(-DAY // 2, 3 * DAY)))
    moves = draw(st.booleans())
    own = sides[0].held + sides[0].busy
    return Case(
        people=sides,
        windows=tuple(windows),
        minutes=minutes,
        now=EPOCH + timedelta(minutes=middle - lead, seconds=draw(st.sampled_from((0, 0, 30)))),
        step=draw(st.sampled_from((5, 7, 10, 15, 15, 30, 60))),
        notice=draw(st.sampled_from((0, 60, DAY, 3 * DAY + 17))),
        horizon_days=draw(st.sampled_from((60, 60, 60, 5))),
        buffer=draw(st.sampled_from((0, 5, 10, 13))),
        tentative_is_busy=draw(st.booleans()),
        programme_zone=draw(st.sampled_from(ZONES)),
        starts=draw(st.sampled_from((None, None, None, None, day))),
        ends=draw(st.sampled_from((None, None, None, None, day))),
        moving=draw(st.sampled_from(own)) if own and moves else None,
    )
