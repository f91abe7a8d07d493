"""How often a method may be called a minute, for each workspace; nobody counts until it is switched on."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from datetime import datetime, timedelta

from sandbox.clock import WorldClock
from sandbox.rules.slack_methods import A_CHANNEL_A_SECOND, METHODS
from sandbox.slack.refusals import TooOften

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


class Rates:
    """By real time."""

    def __init__(self, clock: WorldClock) -> None:
        self.on = False
        self._clock = clock
        self._calls: defaultdict[tuple[str, ...], deque[datetime]] = defaultdict(deque)

    def count(self, method: str, team: str, channel: str = "") -> None:
        """Raises TooOften."""
        if not self.on:
            return
        self._counted((method, team), METHODS[method].a_minute, MINUTE)
        if method == "chat.postMessage" and channel:
            self._counted((method, team, channel), A_CHANNEL_A_SECOND, SECOND)

    def _counted(self, key: tuple[str, ...], most: int, span: timedelta) -> None:
        now, calls = self._clock.real_now(), self._calls[key]
        while calls and now - calls[0] >= span:
            calls.popleft()
        if len(calls) >= most:
            raise TooOften(max(1, math.ceil((calls[0] + span - now).total_seconds())))
        calls.append(now)
