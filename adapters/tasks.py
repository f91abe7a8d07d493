"""What goes on after a chat was answered: tasks that are kept, and brought to their end when this process stops."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

MOST_WAITING = 20  # of one account's
MOST_RUNNING = 1_000  # of everybody's: whoever comes then is told so at once
MOST_EXCUSES = 100  # beside them: those who are told so later than at once


class NoRoom(Exception):
    """So much is going on that nothing more is begun."""


class Tasks:
    """Each has one last resort: what nobody foresaw is in the log, without its text, and whoever waits is told. `most`
    of them run for people at a time, if each who begins one insists on room."""

    def __init__(self, most: int = MOST_RUNNING, excuses: int = MOST_EXCUSES) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self.most = most
        self._excuses = excuses

    def insist_on_room(self, *, for_an_excuse: bool = False) -> None:
        """Raises NoRoom."""
        if len(self._running) >= self.most + (self._excuses if for_an_excuse else 0):
            raise NoRoom

    def start(self, work: Coroutine[object, object, None], sorry: Callable[[], Awaitable[None]] | None = None) -> None:
        """Begins it now. `sorry` tells whoever waits that it failed; it raises nothing that matters."""
        task = asyncio.create_task(_to_its_end(work, sorry))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: work.close())  # one that was ended before it began

    async def fewer_than(self, count: int) -> None:
        """Returns once fewer run."""
        while len(self._running) >= count:
            await asyncio.wait(set(self._running), return_when=asyncio.FIRST_COMPLETED)

    async def idle(self) -> None:
        """Returns when nothing runs; what begins meanwhile is waited for, too."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def drain(self, seconds: float) -> None:
        """Lets them come to their end, and ends what takes longer."""
        try:
            async with asyncio.timeout(seconds):
                await self.idle()
        except TimeoutError:
            log.warning("not finished in time", extra={"count": len(self._running)})
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)


async def _to_its_end(work: Awaitable[None], sorry: Callable[[], Awaitable[None]] | None) -> None:
    try:
        await work
    except Exception:
        log.exception("unforeseen")
        if sorry is None:
            return
        try:
            await sorry()
        except Exception:
            log.exception("nor could it be said")


class TooManyWaiting(Exception):
    """Where it would be next in line, there is no room."""


class Turns:
    """One account's words and presses, or what goes into one conversation: one after the other, in the order they came;
    different ones' side by side."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        """So many of one may wait."""
        self._most = most
        self._locks: defaultdict[object, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[object, int] = defaultdict(int)

    @asynccontextmanager
    async def turn(self, of: object) -> AsyncIterator[None]:
        """Raises TooManyWaiting."""
        if self._waiting[of] >= self._most:
            raise TooManyWaiting
        self._waiting[of] += 1
        try:
            async with self._locks[of]:
                yield
        finally:
            self._waiting[of] -= 1
            if not self._waiting[of]:
                del self._waiting[of], self._locks[of]
