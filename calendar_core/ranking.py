"""Which few of the bookable slots to offer, and why these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from .interval import Interval, ends_of
from .people import UserId
from .wall_clock import DAY, MONDAY, day_parts, wall_minute

MOST_OFFERED = 5
APART = 30  # minutes: starts closer than this are hardly a choice
COMFORT = (10 * 60, 16 * 60)  # by the wall clock: what starts earlier is early, what ends later is late
REMEMBERED = 4  # past sessions that count when it is asked whose turn it is
DISLIKED = 2.0  # days a slot may be later to be as good as one outside the preferred hours


class Edge(StrEnum):
    """At which end of somebody's day sessions lay."""

    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Turn:
    """It is `user`'s turn to be comfortable: recent sessions were early or late for them, by the clocks of `zone`,
    more than for the other. `last_time`: the newest of them was."""

    user: UserId
    zone: str
    edge: Edge
    last_time: bool


@dataclass(frozen=True, slots=True)
class Taste:
    """What makes one slot better than another that is as near. `zone` is the asker's; `preferred` are stretches of
    the asker's day, in wall minutes from midnight; `turn` as `whose_turn` gives it, None to leave it out."""

    zone: str
    preferred: tuple[tuple[int, int], ...] = ()
    turn: Turn | None = None


class Why(StrEnum):
    """What is true of the few as a whole."""

    SOONEST = "the soonest both are free"
    SPREAD = "spread over days"
    ANOTHER_WEEK = "one in another week"
    PREFERRED = "in the preferred hours"
    TURN = "chosen otherwise because of whose turn it is"


@dataclass(frozen=True, slots=True)
class Ranked:
    """`slots` in order of time; `turn` is there exactly if it changed which."""

    slots: tuple[Interval, ...]
    reasons: tuple[Why, ...] = ()
    turn: Turn | None = None


def rank(slots: Iterable[Interval], taste: Taste, n: int = 3) -> Ranked:
    """Up to n of the bookable slots: the best soonest; the best on another day of that week; in another week the
    nearest to one week after the first; then further days; then other times of the same days.

    Raises ValueError unless n is from 1 to 5.
    """
    if not 1 <= n <= MOST_OFFERED:
        raise ValueError(f"offer from 1 to {MOST_OFFERED} times")
    slots = tuple(slots)
    picks = _picks(_rated(slots, taste), n)
    turned = taste.turn and _slots(picks) != _slots(_picks(_rated(slots, replace(taste, turn=None)), n))
    holds = {
        Why.SOONEST: bool(picks),
        Why.SPREAD: len({pick.day for pick in picks}) > 1,
        Why.ANOTHER_WEEK: len({pick.week for pick in picks}) > 1,
        Why.PREFERRED: bool(taste.preferred and picks) and all(pick.liked for pick in picks),
        Why.TURN: bool(turned),
    }
    return Ranked(_slots(picks), tuple(why for why, does in holds.items() if does), taste.turn if turned else None)


def nearest(slots: Iterable[Interval], to: Interval, n: int) -> tuple[Interval, ...]:
    """Up to n slots that start nearest to a time that is gone, where possible half an hour apart; in order of time."""
    by_distance = sorted(slots, key=lambda slot: (abs(slot.start_minute - to.start_minute), slot.start_minute))
    return tuple(sorted(_filled([], by_distance, n)))


def whose_turn(past: Iterable[Interval], zones: Mapping[UserId, str]) -> Turn | None:
    """Who of a pair has had more early and late minutes in its last few sessions, in any order, by each one's zone.

    None if they are even, as they are before the first session.
    """
    recent = sorted(past)[-REMEMBERED:]
    carried = {user: [_unease(slot, zone) for slot in recent] for user, zone in zones.items()}
    totals = {user: sum(map(sum, edges)) for user, edges in carried.items()}
    most = max(totals.values(), default=0)
    uneasy = [user for user, total in totals.items() if total == most]
    if most == 0 or len(uneasy) != 1:
        return None
    edges = carried[uneasy[0]]
    at = 0 if sum(early for early, _ in edges) >= sum(late for _, late in edges) else 1
    return Turn(uneasy[0], zones[uneasy[0]], (Edge.EARLY, Edge.LATE)[at], last_time=edges[-1][at] > 0)


class _Rated(NamedTuple):
    """A slot by the asker's wall clock; `worse` in days it may be later to be as good as one without fault."""

    slot: Interval
    day: int
    minute: int
    liked: bool
    worse: float

    @property
    def week(self) -> int:
        return (self.day - MONDAY) // 7


def _rated(slots: Iterable[Interval], taste: Taste) -> list[_Rated]:
    rated: list[_Rated] = []
    ordered = sorted(slots, key=ends_of)
    if not ordered:
        return rated
    reach = Interval(ordered[0].start_minute, ordered[-1].start_minute + 1)
    parts = iter(day_parts(taste.zone, reach))  # the clock is asked once for all of them
    part = next(parts)
    for slot in ordered:
        while part.end <= slot.start_minute:
            part = next(parts)
        day, minute = part.day, slot.start_minute - part.midnight
        liked = any(first <= minute and minute + slot.minutes <= end for first, end in taste.preferred)
        worse = 0.0 if liked or not taste.preferred else DISLIKED
        if taste.turn:
            worse += sum(_unease(slot, taste.turn.zone)) / 60
        rated.append(_Rated(slot, day, minute, liked, worse))
    return rated


def _picks(rated: Sequence[_Rated], n: int) -> list[_Rated]:
    """The few, the most important first."""
    by_worth = sorted(rated, key=lambda each: (each.day + each.worse, each.slot.start_minute))
    picks = by_worth[:1]
    while by_worth and len(picks) < n:
        first, taken = picks[0], {pick.day for pick in picks}
        left = [each for each in by_worth if each.day not in taken]
        if not left:
            break
        far = [each for each in left if each.week != first.week]
        if far and (len(far) == len(left) or len(picks) > 1) and all(pick.week == first.week for pick in picks):
            left = sorted(far, key=lambda each: _from_a_week_after(first, each))
        picks.append(left[0])
    filled = _filled(_slots(picks), [each.slot for each in by_worth], n)
    return picks + [each for each in by_worth if each.slot in filled[len(picks) :]]


def _from_a_week_after(first: _Rated, other: _Rated) -> tuple[int, float, int, int]:
    """How far from the first's weekday and time in the week after, the weekday before the time."""
    return abs(other.day - first.day - 7), other.worse, abs(other.minute - first.minute), other.slot.start_minute


def _filled(chosen: Sequence[Interval], more: Sequence[Interval], n: int) -> list[Interval]:
    """The chosen and enough of the others, in their order: first those well apart from all before, then any."""
    filled = list(chosen)
    for apart in (APART, 1):
        for slot in more:
            if len(filled) < n and all(abs(slot.start_minute - other.start_minute) >= apart for other in filled):
                filled.append(slot)
    return filled


def _slots(rated: Iterable[_Rated]) -> tuple[Interval, ...]:
    return tuple(sorted(each.slot for each in rated))


def _unease(slot: Interval, zone: str) -> tuple[int, int]:
    """How many minutes too early it starts, and too late it ends."""
    start = wall_minute(zone, slot.start_minute) % DAY
    return max(0, COMFORT[0] - start), max(0, start + slot.minutes - COMFORT[1])
