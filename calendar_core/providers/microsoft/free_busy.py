"""getSchedule's JSON as busy and tentative times. It may tell titles and places: nothing here knows such fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval

from .moments import Moment, in_utc, instant_of

# What others may do at that time. Everything unheard of counts as busy.
FREE = frozenset({"free", "workingelsewhere"})
TENTATIVE = "tentative"
# responseCode of one schedule inside an HTTP 200: a number or a name
NOT_FOUND = frozenset({"5009", "ErrorMailRecipientNotFound"})
NO_ACCESS = frozenset({"5008", "ErrorNoFreeBusyAccess"})
TOO_MANY = frozenset({"5006", "ErrorResultSetTooBig"})


class TooMuchAtOnce(ProviderUnavailable):
    """More entries than one answer holds: ask for less time."""


def schedule_query(address: str, window: Interval) -> dict[str, object]:
    """The body of getSchedule for one person; no interval: availabilityView is not looked at, and null is a 500."""
    return {"schedules": [address], "startTime": in_utc(window.start), "endTime": in_utc(window.end)}


def schedule_times(
    answer: Mapping[str, object], address: str, window: Interval
) -> tuple[list[Interval], list[Interval]]:
    """Busy and tentative times inside the window. Raises where the person's schedule is missing from the answer or an
    error in it: that comes inside an HTTP 200, and means unknown, never free. KeyError, TypeError, ValueError,
    AttributeError: the answer makes no sense."""
    schedules = cast("list[Mapping[str, object]]", answer["value"])
    schedule = next((each for each in schedules if str(each["scheduleId"]).lower() == address.lower()), None)
    if schedule is None:
        raise ProviderUnavailable("getSchedule: one schedule is missing")
    if (error := cast("Mapping[str, str] | None", schedule.get("error"))) is not None:
        raise _schedule_failure(error.get("responseCode"))
    busy: list[Interval] = []
    tentative: list[Interval] = []
    for item in cast("list[Mapping[str, object]]", schedule["scheduleItems"]):
        status = str(item.get("status")).lower()
        if status not in FREE:
            (tentative if status == TENTATIVE else busy).extend(_inside(item, window))
    return busy, tentative


def _schedule_failure(code: str | None) -> ConsentRevoked | ProviderUnavailable:
    if code in NOT_FOUND:
        return ConsentRevoked(Trouble.NO_MAILBOX)
    if code in NO_ACCESS:
        return ConsentRevoked(Trouble.NOT_COVERED)
    kind = TooMuchAtOnce if code in TOO_MANY else ProviderUnavailable
    return kind("getSchedule: the schedule could not be read")


def _inside(item: Mapping[str, object], window: Interval) -> Iterator[Interval]:
    start, end = instant_of(cast("Moment", item["start"])), instant_of(cast("Moment", item["end"]))
    if end < start:
        raise ValueError("a busy time ends before it starts")
    inside = Interval.between(start, end).clipped(window) if start < end else None
    if inside is not None:
        yield inside
