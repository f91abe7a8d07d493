"""The one function that decides whether a slot is bookable, and the sweep that lists every slot that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calendar_core.interval import Interval
from calendar_core.people import UserId

from .free_busy import FreeBusy, Unanswered, Unconnected


class Obstacle(StrEnum):
    """Why a slot is not bookable, the first that applies in this order."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    PROGRAMME = "programme"
    PAUSED = "paused"
    HOLIDAY = "holiday"
    HOURS = "hours"
    HELD = "held"
    BUSY = "busy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """One person of a session, as far as availability goes.

    `working` are the stretches in which sessions may lie (hours, less holidays and pauses);
    `held` the times already reserved here for other sessions; `seen` what the calendar said.
    """

    user: UserId
    working: tuple[Interval, ...]
    held: tuple[Interval, ...]
    seen: FreeBusy | Unanswered | Unconnected
