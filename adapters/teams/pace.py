"""How fast Teams may be asked: so many calls in a while, of each kind in each conversation, and of each tenant."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from enum import Enum

MOST = 20_000  # conversations that are counted at a time; of those that were quiet for longest nothing is held back


class Limit(Enum):
    """How many calls, in how many seconds; all of them hold."""

    TALKING = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))  # sending, changing, and making a conversation
    ASKING = ((14, 1.0), (16, 2.0), (120, 30.0), (3600, 3600.0))  # who is there
    TENANT = ((30, 1.0),)


class Pace:
    """Counts what one process asks; what several ask together, Teams counts, and says so (`held_back`)."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` in seconds, never going back."""
        self._now = now
        self._made: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._closed: dict[Hashable, float] = {}

    def wait(self, tenant: str, conversation: str, limit: Limit) -> float:
        """Seconds until the call may be made: 0 takes its place in the count, anything else takes none."""
        now = self._now()
        counted = (((conversation, limit), limit), ((tenant, Limit.TENANT), Limit.TENANT))
        longest = max(self._closed.get(conversation, now) - now, *(self._left(key, each, now) for key, each in counted))
        if longest > 0:
            return longest
        for key, each in counted:
            made = self._made.setdefault(key, deque(maxlen=max(number for number, _ in each.value)))
            made.append(now)
            self._made.move_to_end(key)
        while len(self._made) > MOST:
            self._made.popitem(last=False)
        return 0.0

    def held_back(self, conversation: str, seconds: float) -> None:
        """Teams wants nothing in that conversation for so long."""
        now = self._now()
        self._closed = {key: until for key, until in self._closed.items() if until > now}
        until = self._closed.get(conversation, now)
        self._closed[conversation] = max(until, now + seconds)  # a later no never shortens an earlier one

    def _left(self, key: Hashable, limit: Limit, now: float) -> float:
        made = self._made.get(key)
        if made is None:
            return 0.0
        return max(made[-number] + seconds - now if len(made) >= number else 0.0 for number, seconds in limit.value)
