"""Wakes those who wait for pushed messages, within one process."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Arrivals:
    """Counts what was pushed since the process began. Another process's pushes are found by looking again."""

    def __init__(self) -> None:
        self._count = 0
        self._news = asyncio.Event()

    def came(self) -> None:
        """Something was pushed to somebody."""
        self._count += 1
        woken, self._news = self._news, asyncio.Event()
        woken.set()

    async def later_than(self, count: int, seconds: float) -> int:
        """The count once it is another than `count`, or after so many seconds as it is."""
        if self._count == count:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
        return self._count
