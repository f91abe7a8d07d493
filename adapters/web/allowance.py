"""How often each of several readers may ask."""

from __future__ import annotations

from collections.abc import Callable


class Allowance:
    """So many turns in a row, after a rest, as in a minute; then as many a minute. Of this process alone."""

    def __init__(self, a_minute: int, now: Callable[[], float]) -> None:
        """`now` in seconds, never going back."""
        self._apart = 60 / a_minute
        self._now = now
        self._next: dict[int, float] = {}  # when each would be as if it had never asked

    def wait(self, reader: int) -> float:
        """0 where it may ask now, and it is counted; else in how many seconds it may."""
        now = self._now()
        rested = max(self._next.get(reader, now), now) + self._apart
        if rested - now > 60:
            return rested - now - 60
        self._next[reader] = rested
        return 0
