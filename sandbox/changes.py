"""News of what a vendor's page shows, for those who look at it."""

from __future__ import annotations

import asyncio


class Changes:
    """Tells those who look at a screen that something is new."""

    def __init__(self) -> None:
        self.number = 0
        self._news = asyncio.Event()
        self._over = False

    def tell(self) -> None:
        self.number += 1
        told, self._news = self._news, asyncio.Event()
        told.set()

    def end(self) -> None:
        """Nobody waits any longer."""
        self._over = True
        self.tell()

    async def since(self, number: int, seconds: float) -> None:
        """Return once there is something after `number`, or after so long."""
        if self.number == number and not self._over:
            news = self._news
            try:
                await asyncio.wait_for(news.wait(), seconds)
            except TimeoutError:
                return
