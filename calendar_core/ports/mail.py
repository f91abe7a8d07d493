"""Mail to people: what a letter holds, who sends it, and the store of invitations that go by mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from calendar_core.event import Person
from calendar_core.invitation import Invitation, Method
from calendar_core.people import User, UserId

from .telling import Telling


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation's bytes, and its METHOD, which the mail has to name as well."""

    method: Method
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a letter brings; its kind as MIME says it, "text/csv"."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one person. Where it carries an invitation `sender` is its ORGANIZER, and `to` one of its
    ATTENDEEs, byte for byte. `message_id` is chosen before the first try, so that a letter sent twice is known for one.
    `after` is the Message-ID of an earlier letter about the same thing."""

    sender: Person
    to: Person
    subject: str
    paragraphs: tuple[str, ...]
    message_id: str
    language: str = "en-GB"
    after: str | None = None
    calendar: CalendarPart | None = None
    file: Attachment | None = None


class Mailer(Protocol):
    """Hands letters to a mail server."""

    async def send(self, letter: Letter) -> None:
        """Returns once the server has taken it. Twice with one Message-ID may arrive twice; a calendar makes one of it.

        Raises ProviderUnavailable to be tried later: it may have been taken, unless that is NotTaken. ProviderRejected
        if it will never be taken for that address; `code` is a word of ours, never the server's own text.
        """


@dataclass(frozen=True, slots=True)
class LetterText:
    """The paragraphs are both the mail's words and the event's description."""

    subject: str
    paragraphs: tuple[str, ...]


class Penning(Protocol):
    """Words invitations, for one reader at a time."""

    def invitation(self, invitation: Invitation, reader: User, other: User, *, news: bool) -> LetterText:
        """In the reader's language, with both people's local times. `news`: the reader was sent an earlier state of
        it. Calls nobody."""


class ReplyAddress(Protocol):
    """Where answers to an invitation go."""

    def of(self, uid: str, recipient: str) -> str:
        """The address that one recipient's letters about one iCalendar UID come from: the same each time."""


class Invitations(Protocol):
    """The store of events that no calendar holds: each method is one transaction. Of one invitation letters are sent
    by one job at a time."""

    async def invite(self, new: Invitation) -> Invitation:
        """Stores it with the job that mails it. Twice with one key is once: what is stored comes back."""

    async def of(self, key: str) -> Invitation | None:
        """As last stored."""

    async def with_uid(self, uid: str) -> Invitation | None:
        """The one with that iCalendar UID."""

    async def change(self, was: Invitation, now: Invitation) -> bool:
        """Replaces it, with the job that mails it, if it is still what it was but for what was sent meanwhile. False,
        and nothing written, otherwise."""

    async def begin(self, key: str, user: UserId, message_id: str) -> None:
        """A first letter is about to be handed over: from now on it may have been taken. The first one stays."""

    async def not_taken(self, key: str, user: UserId) -> None:
        """The mail server said that it did not take it: nothing was begun, unless another letter was taken before."""

    async def sent(self, key: str, user: UserId, edition: int) -> None:
        """A letter of that edition was taken. An older one than is known changes nothing."""

    async def refused(self, key: str, user: UserId, edition: int, *, tell: Iterable[Telling] = ()) -> None:
        """It never will be taken for that person, and whoever is to know is told. Twice is once."""

    async def unsent(self, now: datetime) -> tuple[str, ...]:
        """Keys of those not over yet of which somebody lacks the present state, and no job would send it."""
