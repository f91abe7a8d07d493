"""How often each of several readers may ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Reader = TypeVar("Reader", bound=Hashable)
MOST = 10_000  # readers remembered


class Allowance(Generic[Reader]):
    """So many turns in a row, after a rest, as in a minute; then as many a minute. Of this process alone."""

    def __init__(self, a_minute: int, now: Callable[[], float], most: int = MOST) -> None:
        """`now` in seconds, never going back. Of more than `most` readers the longest silent is taken for rested."""
        self._apart = 60 / a_minute
        self._now = now
        self._most = most
        self._next: OrderedDict[Reader, float] = OrderedDict()  # when each would be as if it had never asked

    def wait(self, reader: Reader) -> float:
        """0 where it may ask now, and it is counted; else in how many seconds it may."""
        now = self._now()
        rested = max(self._next.get(reader, now), now) + self._apart
        if (wait := rested - now - 60) > 0:
            return wait
        self._next[reader] = rested
        self._next.move_to_end(reader)
        if len(self._next) > self._most:
            self._next.popitem(last=False)
        return 0

    def give_back(self, reader: Reader) -> None:
        """As if it had asked once less."""
        if reader in self._next:
            self._next[reader] -= self._apart
