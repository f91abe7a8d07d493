"""The time that sessions live by."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Domain time: slots, notice, reminders, our own links. What others sign uses real time instead."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def sleep_until(self, instant: datetime) -> None:
        """Returns once now() >= instant, also when the clock jumps there."""
