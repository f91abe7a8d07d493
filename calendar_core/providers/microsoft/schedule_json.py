"""getSchedule, asked of one person. Its JSON may tell titles and places: nothing here knows such fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval

from .busy_times import FREE, Times, times_told
from .moments import Moment, in_utc, instant_of
from .sending import Request

# responseCode of one schedule inside an HTTP 200: a number or a name
NOT_FOUND = frozenset({"5009", "ErrorMailRecipientNotFound"})
NO_ACCESS = frozenset({"5008", "ErrorNoFreeBusyAccess"})
TOO_MANY = frozenset({"5006", "ErrorResultSetTooBig"})


class TooMuchAtOnce(ProviderUnavailable):
    """More entries than one answer holds: ask for less time."""


def schedule_request(address: str, window: Interval) -> Request:
    """For one person; no interval: availabilityView is not looked at, and null is a 500."""
    body = {"schedules": [address], "startTime": in_utc(window.start), "endTime": in_utc(window.end)}
    return Request("getSchedule", "POST", ("calendar", "getSchedule"), body=body)


def schedule_of(answer: Mapping[str, object], address: str) -> Mapping[str, object] | None:
    """None where it is missing. KeyError, TypeError, AttributeError: the answer makes no sense."""
    schedules = cast("list[Mapping[str, object]]", answer["value"])
    return next((each for each in schedules if str(each["scheduleId"]).lower() == address.lower()), None)


def schedule_times(answer: Mapping[str, object], address: str, window: Interval) -> Times:
    """Busy and tentative times inside the window. Raises where the person's schedule is missing from the answer or an
    error in it: that comes inside an HTTP 200, and means unknown, never free. KeyError, TypeError, ValueError,
    AttributeError: the answer makes no sense."""
    schedule = schedule_of(answer, address)
    if schedule is None:
        raise ProviderUnavailable("getSchedule: one schedule is missing")
    if (error := cast("Mapping[str, str] | None", schedule.get("error"))) is not None:
        raise _schedule_failure(error.get("responseCode"))
    told = (
        (status, instant_of(cast("Moment", item["start"])), instant_of(cast("Moment", item["end"])))
        for item in cast("list[Mapping[str, object]]", schedule["scheduleItems"])
        if (status := str(item.get("status")).lower()) not in FREE
    )
    return times_told(told, window)


def _schedule_failure(code: str | None) -> ConsentRevoked | ProviderUnavailable:
    if code in NOT_FOUND:
        return ConsentRevoked(Trouble.NO_MAILBOX)
    if code in NO_ACCESS:
        return ConsentRevoked(Trouble.NOT_COVERED)
    kind = TooMuchAtOnce if code in TOO_MANY else ProviderUnavailable
    return kind("getSchedule: the schedule could not be read")
