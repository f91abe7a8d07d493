"""One person's side of a session, as far as availability goes: hours, held times, and what the calendar said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from calendar_core.interval import Interval, merge, subtract
from calendar_core.people import User, UserId
from calendar_core.wall_clock import DAY, day_numbered, wall_minute

from .free_busy import FreeBusy, NotAsked, Unanswered, Unconnected
from .holidays import days_off
from .working_hours import working_time


@dataclass(frozen=True, slots=True)
class Side:
    """One person of a session, as far as availability goes.

    `working` are the stretches in which sessions may lie (hours, less holidays and pauses), in order and apart;
    `held` the times already reserved here for other sessions; `seen` what the calendar said. `holidays` and
    `paused` are the hours that a holiday or a pause took away: they only give the obstacle its name.
    `chosen_by_owner`: the owner pressed this very time. That stands in for a calendar that is not connected, and
    sets the owner's own hours, holidays and pause aside; it never overrules a calendar, a held time, or silence.
    """

    user: UserId
    working: tuple[Interval, ...]
    held: tuple[Interval, ...]
    seen: FreeBusy | Unanswered | Unconnected | NotAsked
    chosen_by_owner: bool = False
    holidays: tuple[Interval, ...] = ()
    paused: tuple[Interval, ...] = ()


def side_of(
    user: User,
    window: Interval,
    seen: FreeBusy | Unanswered | Unconnected,
    held: Iterable[Interval] = (),
    *,
    included: frozenset[date] = frozenset(),
    chosen_by_owner: bool = False,
) -> Side:
    """The user's hours inside the window, less holidays (save the `included` ones, "[Include it]") and a pause.

    The window may well be the whole horizon, however little of it the calendar was asked for: hours cost nothing.
    """
    off = frozenset(holidays_of(user, window)) - included
    usual = working_time(user.hours, user.itinerary, window)
    unpaused = working_time(user.hours, user.itinerary, window, not_before=user.paused_until)
    working = working_time(user.hours, user.itinerary, window, days_off=off, not_before=user.paused_until)
    return Side(
        user=user.id,
        working=working,
        held=tuple(held),
        seen=seen,
        chosen_by_owner=chosen_by_owner,
        holidays=() if working == unpaused else subtract(unpaused, working),
        paused=() if unpaused == usual else subtract(usual, unpaused),
    )


def holidays_of(user: User, window: Interval) -> Mapping[date, str]:
    """Holidays of the user's region that take away hours in the window, by local date. For the user's eyes alone."""
    if not user.region:
        return {}
    first = day_numbered(wall_minute(user.itinerary, window.start_minute) // DAY)
    last = day_numbered(wall_minute(user.itinerary, window.end_minute - 1) // DAY)
    return {
        day: name
        for day, name in days_off(user.region, first, last, user.language).items()
        if user.hours.days[day.weekday()]
    }


def stretched(side: Side, zone: str, *, earlier: int = 0, later: int = 0) -> Side:
    """The side with longer days: each local day with hours begins and ends so many minutes further out, but not
    outside itself. Breaks within a day stay."""
    if not (earlier or later):
        return side
    days: dict[int, list[Interval]] = {}
    for stretch in side.working:
        days.setdefault(wall_minute(zone, stretch.start_minute) // DAY, []).append(stretch)
    outer = []
    for day, stretches in days.items():
        first, last = stretches[0], stretches[-1]
        before = wall_minute(zone, first.start_minute) - day * DAY
        after = (day + 1) * DAY - wall_minute(zone, last.end_minute)
        outer.append(Interval(first.start_minute - min(earlier, before), first.end_minute))
        outer.append(Interval(last.start_minute, last.end_minute + max(0, min(later, after))))
    return replace(side, working=merge((*side.working, *outer)))
