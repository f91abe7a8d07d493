"""How often a bot may ask, for each conversation and each tenant; nobody counts until it is switched on."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sandbox.clock import WorldClock
from sandbox.teams.refusals import Refused

Limit = tuple[int, int]
"""So many, in so many seconds."""
A_CONVERSATION: Mapping[str, Sequence[Limit]] = {
    "sending": ((7, 1), (8, 2), (60, 30), (1800, 3600)),
    "members": ((14, 1), (16, 2), (120, 30), (3600, 3600)),
}
A_TENANT: Sequence[Limit] = ((30, 1),)


class Rates:
    """By real time."""

    def __init__(self, clock: WorldClock) -> None:
        self.on = False
        self._clock = clock
        self._calls: defaultdict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def count(self, kind: str, tenant: str, conversation: str = "") -> None:
        """Raises Refused with 429."""
        if not self.on:
            return
        self._counted(("tenant", tenant), A_TENANT)
        if conversation:
            self._counted((kind, conversation), A_CONVERSATION[kind])

    def _counted(self, key: tuple[str, str], limits: Sequence[Limit]) -> None:
        now, calls = self._clock.real_now(), self._calls[key]
        while calls and now - calls[0] >= timedelta(seconds=limits[-1][1]):
            calls.popleft()
        for most, seconds in limits:
            if len(calls) >= most and (left := timedelta(seconds=seconds) - (now - calls[-most])) > timedelta(0):
                raise Refused(429, retry_after=max(1, math.ceil(left.total_seconds())))
        calls.append(now)
