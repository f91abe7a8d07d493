"""What was seen a short while ago: so that nothing is done twice because it was sent twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

LASTS = 600.0  # seconds; Slack's own limit for a signature is 300
MOST = 200_000


class Recent:
    """In memory, for ten minutes. What must survive a restart is guarded by the core's own keys."""

    def __init__(self, now: Callable[[], float], lasts: float = LASTS, most: int = MOST) -> None:
        """`now` in seconds, never going back."""
        self._now = now
        self._lasts = lasts
        self._most = most
        self._ends: OrderedDict[str, float] = OrderedDict()

    def is_new(self, key: str) -> bool:
        """Whether it was not seen before; from now on it was."""
        now = self._now()
        while self._ends and (next(iter(self._ends.values())) <= now or len(self._ends) >= self._most):
            self._ends.popitem(last=False)
        if key in self._ends:
            return False
        self._ends[key] = now + self._lasts
        return True

    def forget(self, key: str) -> None:
        """It is new again. Twice is once."""
        self._ends.pop(key, None)
