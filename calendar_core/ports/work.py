"""Durable work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from calendar_core.job import Job


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Returned by a handler that is not done: run again, not before `instant`, without counting as a failure."""

    instant: datetime


Handler = Callable[[Job], Awaitable[RetryAt | None]]


class Jobs(Protocol):
    """Durable work. Jobs that belong to a decision are deferred inside the store's own transaction."""

    async def defer(self, job: Job, *, not_before: datetime | None = None, lock: str | None = None) -> None:
        """A job on its own. Of one lock never two run at once. One with a time carries no lock (ValueError)."""

    async def run(
        self, handlers: Mapping[str, Handler], periodic: Mapping[str, timedelta] = MappingProxyType({})
    ) -> None:
        """Works on the jobs named in `handlers` until cancelled; then waits for its grace and gives work back
        without losing an attempt. `periodic`: a job of that name, without a subject, each time the period has
        gone by: one over all workers, and one for all that were missed."""

    async def dead(self) -> int:
        """Jobs whose last attempt failed, for the admin's health."""

    async def overdue(self) -> int:
        """Jobs that should have been done a minute ago and were not: nobody works, or not enough do."""
