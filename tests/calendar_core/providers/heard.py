"""One person's integration, and what it was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from calendar_core.integration import Integration, Trouble
from calendar_core.people import User, UserId


@dataclass
class Heard:
    """Integrations, with one person in it; takes note of what it was told."""

    integration: Integration
    news: list[Trouble | str] = field(default_factory=list)

    async def of(self, user: UserId) -> Integration:
        return self.integration

    async def of_all(self, users: Iterable[UserId]) -> Mapping[UserId, Integration]:
        return dict.fromkeys(users, self.integration)

    async def connected(self, *integrations: Integration) -> None:
        (self.integration,) = integrations

    async def worked(self, user: UserId, at: datetime, *, through: Integration | None = None) -> None:
        self.news.append("works")

    async def domain_refused(self, through: Integration, trouble: Trouble, at: datetime) -> bool:
        self.news.append(f"domain: {trouble}")
        return True

    async def domain_worked(self, through: Integration, at: datetime) -> None:
        self.news.append("domain works")

    async def due(self, now: datetime, limit: int) -> tuple[User, ...]:
        return ()

    async def canaries(self) -> tuple[User, ...]:
        return ()

    async def broke(self, user: UserId, trouble: Trouble, at: datetime, *, through: Integration | None = None) -> bool:
        self.news.append(trouble)
        return True
