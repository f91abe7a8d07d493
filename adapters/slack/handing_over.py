"""What Slack was answered for already, and what is to be done about it: handed over in the order it came, once nothing
else comes in. Whoever waits for an acknowledgement waits for nobody's answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable

from adapters.tasks import Tasks

from .payload import text_at

log = logging.getLogger(__name__)

QUIET = 0.005  # seconds in which nothing came: then the work begins
AT_LATEST = 0.5  # seconds after which it begins in any case, between two acknowledgements; a trigger lasts three
MOST_WAITING = 5_000
MOST_AT_ONCE = 500  # tasks; most of them wait for calendars


class HandingOver:
    """One line, and one task that goes along it while somebody stands in it."""

    def __init__(
        self,
        dispatch: Callable[[dict[str, object]], Awaitable[object]],
        tasks: Tasks,
        *,
        at_latest: float = AT_LATEST,
        most_waiting: int = MOST_WAITING,
        most_at_once: int = MOST_AT_ONCE,
    ) -> None:
        """`dispatch` begins the work in `tasks`, and raises nothing."""
        self._dispatch = dispatch
        self._tasks = tasks
        self._at_latest = at_latest
        self._most_waiting = most_waiting
        self._most_at_once = most_at_once
        self._line: deque[tuple[float, dict[str, object]]] = deque()
        self._left_out: Counter[str] = Counter()
        self._newest = 0.0
        self._is_going = False

    def take(self, payload: dict[str, object]) -> bool:
        """False if there is no room for it, so that it must not be acknowledged. Asks nobody, and waits for nothing."""
        if len(self._line) >= self._most_waiting:
            self._leave_out(payload)
            return False
        self._newest = asyncio.get_running_loop().time()
        self._line.append((self._newest, payload))
        if not self._is_going:
            self._is_going = True
            self._tasks.start(self._go())
        return True

    async def _go(self) -> None:
        try:
            while self._line:
                await self._calm(self._line[0][0])
                await self._tasks.fewer_than(self._most_at_once)
                _, payload = self._line.popleft()
                await self._dispatch(payload)
                await asyncio.sleep(0)  # what came meanwhile is acknowledged first
        finally:
            self._is_going = False
            self._say_what_was_left_out()

    def _leave_out(self, payload: dict[str, object]) -> None:
        """Says so at once, and how many there were once the line has come to its end: not once for each."""
        kind = text_at(payload, "event", "type") or text_at(payload, "type") or text_at(payload, "command") or "other"
        if not self._left_out:
            log.warning("slack: more comes in than can wait", extra={"kind": kind, "count": self._most_waiting})
        self._left_out[kind] += 1

    def _say_what_was_left_out(self) -> None:
        for kind, count in self._left_out.items():
            log.warning("slack: was not taken, and not acknowledged", extra={"kind": kind, "count": count})
        self._left_out.clear()

    async def _calm(self, came: float) -> None:
        """Until nothing comes in for a moment, or what `came` first has waited for long enough."""
        loop = asyncio.get_running_loop()
        while (now := loop.time()) < min(until := self._newest + QUIET, came + self._at_latest):  # noqa: ASYNC110 - for time itself
            await asyncio.sleep(until - now)
