"""A mentoring programme and the rules it sets for its sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .people import OFFICE_HOURS, OrganisationId, ProgrammeId, WeeklyHours


@dataclass(frozen=True, slots=True)
class Rules:
    """What bounds a session. All lengths in minutes unless the name says days. `described`: calendar entries tell the
    programme's name and what the session is to be about (decision 21)."""

    lengths: tuple[int, ...] = (30, 45, 60)
    default_length: int = 45
    step: int = 15
    notice: int = 24 * 60
    look_ahead_days: int = 14
    horizon_days: int = 60
    buffer: int = 10
    tentative_is_busy: bool = True
    approval: bool = False
    lookups_a_day: int = 20
    described: bool = False

    def __post_init__(self) -> None:
        if self.default_length not in self.lengths or min(self.lengths) < 5:
            raise ValueError("the usual length must be one of the lengths, none under 5 minutes")
        if self.step < 1 or self.notice < 0 or self.buffer < 0:
            raise ValueError("step, notice and buffer cannot be negative")
        if not 0 < self.look_ahead_days <= self.horizon_days:
            raise ValueError("the first look must lie within the horizon")


@dataclass(frozen=True, slots=True)
class Programme:
    """Runs from `starts` to `ends`, both inclusive, in `time_zone`; open-ended where None.

    `hours` are the mentoring hours that plain times (for people who may see no calendar) are made from.
    """

    id: ProgrammeId
    organisation: OrganisationId
    name: str
    time_zone: str = "UTC"
    starts: date | None = None
    ends: date | None = None
    contact: str | None = None
    hours: WeeklyHours = OFFICE_HOURS
    rules: Rules = field(default_factory=Rules)
