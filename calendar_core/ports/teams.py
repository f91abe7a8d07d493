"""What Teams has to be told by us: where each account is found, and what was heard from there already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from calendar_core.people import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsPlace:
    """Where an account is found: by its `member` id, known to this `bot` alone, through that service. `conversation` is
    the two-sided one, None where there is none yet. `seen_at` by real time."""

    account: Identity
    member: str
    bot: str
    service_url: str
    conversation: str | None
    language: str
    seen_at: datetime


class TeamsPlaces(Protocol):
    """Each method is one transaction."""

    async def of(self, account: Identity) -> TeamsPlace | None:
        """As it was seen last."""

    async def put(self, place: TeamsPlace) -> None:
        """Replaces what was there. One without a conversation keeps the known one."""

    async def removed(self, issuer: str, conversation: str) -> tuple[Identity, ...]:
        """The app was removed from that conversation: whoever was found there is not any more. Whose it was. Twice is
        once."""

    async def welcome(self, issuer: str, conversation: str, at: datetime) -> bool:
        """Whether nobody was welcomed there before; from now on somebody was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardActivity:
    """One activity, as it came. Its issuer, conversation and id together are it. `at` by real time."""

    issuer: str
    conversation: str
    id: str
    at: datetime
    body: str = field(repr=False)


class TeamsInbox(Protocol):
    """What was heard and is being answered, so that nothing is answered twice or forgotten."""

    async def take(self, activity: HeardActivity) -> bool:
        """Whether it is new: then the caller answers it, and says `done`."""

    async def done(self, activity: HeardActivity) -> None:
        """It was answered: what it said is forgotten, that it came is not. Twice is once."""

    async def renew(self, activities: Collection[HeardActivity], at: datetime) -> None:
        """Those that were not answered yet are still being answered, as though taken at that instant."""

    async def left(self, before: datetime, at: datetime, limit: int) -> tuple[HeardActivity, ...]:
        """Those taken before that instant whose answer never came: from `at` on they are the caller's. Nobody else gets
        them meanwhile. The oldest first."""

    async def forget(self, before: datetime) -> None:
        """Those that came earlier: none comes again after so long."""
