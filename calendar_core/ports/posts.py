"""What was posted to people in chats that cannot be asked to post once: the outbox, and who could not be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from calendar_core.people import Identity, MatchId, UserId
from calendar_core.session import SessionUid


class PostState(StrEnum):
    """How far a message has come."""

    SENDING = "sending"  # it may have been posted, or not: nobody knows
    UNSENT = "unsent"  # it certainly was not
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message to one person. `at` is the time of the newest try, `channel` and `ts` where it stands once it was
    sent; before, which message it is to take the place of. `session` is the one it tells of."""

    user: UserId
    key: str
    account: Identity
    state: PostState
    at: datetime
    session: SessionUid | None = None
    channel: str | None = None
    ts: str | None = None


class Unreached(StrEnum):
    """Why a chat does not reach a person."""

    NO_ACCOUNT = "no chat account is linked"
    ACCOUNT_GONE = "the account is switched off, or gone"
    NO_MESSAGES = "the chat lets nobody message them"
    NOT_INSTALLED = "the app is not installed there any more"
    REFUSED = "the chat refuses"


class Posts(Protocol):
    """The outbox. Each method is one transaction; a person and a key are one message."""

    async def begin(self, post: Post) -> Post | None:
        """None: the message is the caller's to send, and from now on SENDING. Otherwise somebody has begun before, and
        it is returned as it stands."""

    async def again(self, was: Post, at: datetime) -> bool:
        """The message, which was found not to be posted, is the caller's to send. False if another took it."""

    async def sent(self, user: UserId, key: str, channel: str, ts: str) -> None:
        """It stands there. Twice is once."""

    async def unsent(self, user: UserId, key: str) -> None:
        """It certainly was not posted: the next one may begin at once."""

    async def of_session(self, session: SessionUid) -> tuple[Post, ...]:
        """Those that tell of it and were sent, to whomever, in the order in which they were tried."""

    async def dropped(self, user: UserId, key: str) -> None:
        """It stands where it was no more, or cannot be changed there any more."""

    async def forget(self, before: datetime) -> None:
        """Removes those that were tried earlier."""


class Reach(Protocol):
    """Which chat accounts reach whom, and which turned out not to."""

    async def homes(self, users: Iterable[UserId]) -> Mapping[UserId, tuple[Identity, ...]]:
        """Each one's accounts that are linked and not suspended, the newest link first."""

    async def unreached(self, users: Iterable[UserId]) -> Mapping[UserId, Mapping[str, Unreached]]:
        """By issuer: why the account there was not reached when it was tried last. Who was is left out."""

    async def failed(self, user: UserId, account: Identity, why: Unreached, at: datetime) -> None:
        """It was tried, and refused for good. The newest reason is kept."""

    async def reached(self, user: UserId, account: Identity) -> None:
        """It was tried, and works."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a person's conversation, until `ends_at` or the end of the match whose times it shows."""

    account: Identity
    file: str
    user: UserId
    match: MatchId | None
    ends_at: datetime


class Uploads(Protocol):
    """Files that were brought into chats and have to leave them again."""

    async def add(self, upload: Upload) -> None:
        """From now on it will be removed."""

    async def due(self, chat: str, now: datetime, limit: int) -> tuple[Upload, ...]:
        """Those in that chat (the first word of its accounts' issuers) whose time, or whose match, has ended; the
        longest overdue first."""

    async def removed(self, upload: Upload) -> None:
        """It is gone. Twice is once."""
