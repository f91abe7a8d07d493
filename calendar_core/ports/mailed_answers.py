"""The store of answers that came by mail: which letters were read, and what was taken from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from calendar_core.invitation import Invitation
from calendar_core.mailed_answer import Unfit
from calendar_core.participation import Participation
from calendar_core.people import UserId
from calendar_core.session import Session

from .letters import LetterNumber
from .telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One letter is done with. `key` is the same for the same letter, wherever it lies; `unfit` says why nothing was
    taken from it."""

    mailbox: str
    number: LetterNumber
    key: str
    at: datetime
    unfit: Unfit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one person answered to one invitation; `answer` is None where another time was proposed, which changes
    nothing. `stamp` orders a person's answers. `session`: changed by it, or None."""

    invitation: Invitation
    user: UserId
    answer: Participation | None
    sequence: int
    stamp: datetime
    session: Session | None = None


class MailedAnswers(Protocol):
    """Each method is one transaction."""

    async def reached(self, mailbox: str) -> LetterNumber | None:
        """How far it was read."""

    async def was_read(self, key: str) -> bool:
        """That letter is done with."""

    async def newest(self, invitation: Invitation, user: UserId) -> datetime | None:
        """The stamp of the person's newest answer to it that was taken."""

    async def done(self, read: Read, taken: Taken | None = None, *, tell: Iterable[Telling] = ()) -> bool:
        """Notes the letter, keeps what was taken from it, and what people are to be told: all or nothing. A letter that
        was read before changes nothing but how far the mailbox was read. False, and nothing written, if the session was
        changed by somebody else meanwhile."""

    async def put_off(self, mailbox: str, number: LetterNumber, at: datetime) -> None:
        """The mailbox is read beyond that letter, and a job reads it again from `at` on."""

    async def forget(self, before: datetime) -> None:
        """Which letters were read earlier than that."""
