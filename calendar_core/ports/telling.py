"""The store of what was said and is to be said, and the way out to people's chats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from calendar_core.happening import Happening, HappeningId
from calendar_core.people import Identity, User, UserId

from .posts import Unreached


@dataclass(frozen=True, slots=True)
class Listing:
    """The newest numbered list in a conversation. `tokens[0]` answers "1". `newer` counts messages after it."""

    tokens: tuple[str, ...]
    at: datetime
    newer: int


class Conversations(Protocol):
    """What little of a dialogue has to be remembered (decision 19)."""

    async def listed(self, who: Identity, tokens: tuple[str, ...], at: datetime) -> None:
        """A message with a numbered list went out: it is the newest now."""

    async def listed_since(self, who: Identity, tokens: tuple[str, ...], at: datetime, *, since: datetime) -> None:
        """As `listed`, of a message that was on its way since then: a list that is newer than that stays the newest,
        and this one came after it."""

    async def interrupted(self, who: Identity) -> None:
        """A message without a list went out after it."""

    async def newest(self, who: Identity) -> Listing | None:
        """The newest list, however old."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One person is to be told of a happening, not before an instant. Equal happenings of one call are stored once."""

    user: UserId
    happening: Happening
    not_before: datetime


class Happenings(Protocol):
    """What is to be told, and to whom it was."""

    async def happening(self, happening: HappeningId) -> Happening:
        """Raises KeyError."""

    async def add(self, tell: Iterable[Telling]) -> None:
        """Stores the happenings with one job for each telling."""

    async def silenced(self, happening: HappeningId, user: UserId) -> bool:
        """The person knows already, has switched such notices off, or there is nothing left to tell."""

    async def told(self, happening: HappeningId, user: UserId, at: datetime) -> bool:
        """Marks it as told. False if it was already: then nothing must be sent again."""

    async def told_to(self, happening: HappeningId) -> frozenset[UserId]:
        """Everybody for whom it is marked as told."""

    async def forget(self, before: datetime) -> None:
        """Removes what everybody had been told by then, and who had seen the outcome of a session that was over."""


class Inbox(Protocol):
    """What was pushed to people whose chat is the console: the newest few hundred messages of each."""

    async def push(self, user: UserId, key: str, body: str) -> bool:
        """Adds a message (JSON text). Twice with one key is once: the first stays, and False comes back."""

    async def has(self, user: UserId, key: str) -> bool:
        """Whether a message with that key was pushed to the person."""

    async def after(self, user: UserId, number: int) -> tuple[tuple[int, str], ...]:
        """The person's messages with a larger number, in the order in which they came. Numbers begin with 1."""


class Notifier(Protocol):
    """Pushes a message to a person's home chat."""

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """Twice with one key is once, as far as that chat allows. Raises ProviderUnavailable to be tried later."""


class HomeChats(Protocol):
    """Which chat reaches whom."""

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        """The name of each one's home chat, as people call it; whoever none reaches is left out."""

    async def why_not(self, users: Iterable[UserId]) -> Mapping[UserId, Unreached]:
        """Why, of everybody whom none reaches."""
