"""What a calendar said about a stretch of time (RFC 7953's FREEBUSY), and what is known when it said nothing."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.interval import Interval


@dataclass(frozen=True, slots=True)
class FreeBusy:
    """Exists only if the provider really answered for the whole `window` (invariant 2).

    `busy` counts always; `tentative` only where the programme says so. Both merged, inside the window.
    Google does not tell the two apart: there everything is `busy`.
    """

    window: Interval
    busy: tuple[Interval, ...]
    tentative: tuple[Interval, ...] = ()

    def blocked(self, *, tentative_is_busy: bool) -> tuple[Interval, ...]:
        """Every stretch in which nothing may be booked, in order."""
        if not tentative_is_busy or not self.tentative:
            return self.busy
        return tuple(sorted((*self.busy, *self.tentative)))


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A connected calendar that did not answer: unknown, never free. It must be said, with the fix."""

    window: Interval


@dataclass(frozen=True, slots=True)
class Unconnected:
    """There is no calendar to ask. A time counts only once its owner has chosen it."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Plain times: no calendar was asked, and none is meant to matter."""
