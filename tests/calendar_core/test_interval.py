"""Intervals: their ends, and the algebra of lists of them, against sets of minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.interval import (
    Interval,
    epoch_minute,
    first_whole_minute,
    instant_of,
    intersect,
    merge,
    subtract,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
some = st.lists(
    st.builds(lambda start, length: Interval(start, start + length), st.integers(0, 60), st.integers(1, 20))
)


def minutes(intervals: tuple[Interval, ...] | list[Interval]) -> set[int]:
    return {minute for each in intervals for minute in range(each.start_minute, each.end_minute)}


def in_order_and_apart(intervals: tuple[Interval, ...]) -> bool:
    return all(earlier.end_minute < later.start_minute for earlier, later in pairwise(intervals))


@given(some, some)
def test_the_algebra_is_that_of_sets_of_minutes(these: list[Interval], those: list[Interval]) -> None:
    for result, expected in (
        (merge(these), minutes(these)),
        (subtract(these, those), minutes(these) - minutes(those)),
        (intersect(these, those), minutes(these) & minutes(those)),
    ):
        assert minutes(result) == expected
        assert in_order_and_apart(result)


def test_touching_ends_do_not_overlap_but_merge() -> None:
    morning, noon = Interval(0, 10), Interval(10, 20)
    assert not morning.overlaps(noon)
    assert merge([noon, morning]) == (Interval(0, 20),)
    assert morning.clipped(noon) is None


@pytest.mark.parametrize("end", [0, -1])
def test_an_interval_is_never_empty(end: int) -> None:
    with pytest.raises(ValueError, match="after it starts"):
        Interval(0, end)


def test_seconds_widen_a_busy_time_and_never_cut_it() -> None:
    busy = Interval.between(NOON + timedelta(seconds=59), NOON + timedelta(minutes=5, seconds=1))
    assert (busy.start, busy.minutes) == (NOON, 6)


def test_the_first_whole_minute_is_not_before_the_instant() -> None:
    assert first_whole_minute(NOON) == epoch_minute(NOON)
    assert instant_of(first_whole_minute(NOON + timedelta(microseconds=1))) == NOON + timedelta(minutes=1)


def test_a_naive_instant_is_refused() -> None:
    naive = NOON.replace(tzinfo=None)
    for read in (epoch_minute, first_whole_minute):
        with pytest.raises(ValueError, match="zone"):
            read(naive)
