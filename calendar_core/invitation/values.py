"""An invitation as it stands, and which of its states each of its two people has been sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from calendar_core.event import Person
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.people import UserId


class Method(StrEnum):
    """RFC 5546's methods that an organizer sends."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Behind(StrEnum):
    """What stands behind an invitation. Where it is no SESSION, two people agreed on a time without a look at any
    calendar, within a match or as strangers (decision 11): nothing is held for it, and nobody changes it here."""

    SESSION = "a session"
    MATCH = "an agreement within a match"
    STRANGERS = "an agreement outside a match"


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the two: what they answered, and how far they were told.

    `first` is the Message-ID of the first letter that was, or may have been, taken for them: stored before it is handed
    over. `sent` is the newest edition that was taken, `refused` the newest that never will be.
    """

    user: UserId
    answer: Participation = Participation.NEEDS_ACTION
    first: str | None = None
    sent: int | None = None
    refused: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`key` is the writer's and creates it once; `uid`, `mailbox` (the organizer) and the people never change.

    `sequence` is RFC 5545's: it rises when people have to answer again. `edition` rises with every change, so that what
    somebody has not been sent yet can be told. `changed_at` is the latest change (DTSTAMP). `link` is one that a person
    gave: none is ever made up. `private`: one of the two wants it marked so. `about`: what else it
    tells, in people's own words.
    """

    key: str
    uid: str
    mailbox: Person
    title: str
    when: Interval
    zone: str
    changed_at: datetime
    copies: tuple[Copy, ...]
    sequence: int = 0
    edition: int = 0
    cancelled: bool = False
    link: str | None = None
    behind: Behind = Behind.SESSION
    private: bool = False
    about: str = field(default="", repr=False)

    @property
    def method(self) -> Method:
        """How its present state is told."""
        return Method.CANCEL if self.cancelled else Method.REQUEST

    def copy_of(self, user: UserId) -> Copy | None:
        """That person's, None for anybody who is not invited."""
        return next((copy for copy in self.copies if copy.user == user), None)

    def missing(self) -> tuple[Copy, ...]:
        """Whose mail has to go out: each is sent the present state alone. What was cancelled before a letter of it
        went to somebody is nothing to them."""
        return tuple(copy for copy in self.copies if self._lacks(copy))

    def _lacks(self, copy: Copy) -> bool:
        if copy.refused == self.edition:
            return False
        if copy.first is None:
            return not self.cancelled
        return copy.sent is None or copy.sent < self.edition

    def message_id(self, copy: Copy) -> str:
        """Of the letter with the present state to one of them: the same each time it is sent."""
        local = f"{self.key}.{self.sequence}.{self.edition}.{self.copies.index(copy)}"
        return f"<{local}@{self.mailbox.email.rpartition('@')[2]}>"

    def moved(self, when: Interval, zone: str, at: datetime) -> Invitation:
        """Another time: everybody is asked again. Raises ValueError for one that was cancelled."""
        self._must_stand()
        copies = tuple(replace(copy, answer=Participation.NEEDS_ACTION) for copy in self.copies)
        return self._changed(at, when=when, zone=zone, sequence=self.sequence + 1, copies=copies)

    def called_off(self, at: datetime) -> Invitation:
        """Nobody brings it back. Raises ValueError for one that was cancelled."""
        self._must_stand()
        return self._changed(at, cancelled=True, sequence=self.sequence + 1)

    def linked(self, url: str, at: datetime) -> Invitation:
        """With the link a person gave. Nobody has to answer again, so the sequence stays. Raises ValueError for one
        that was cancelled."""
        self._must_stand()
        return self._changed(at, link=url)

    def answered(self, user: UserId, answer: Participation) -> Invitation:
        """What somebody said of it. Nobody is sent anything by that."""
        return replace(
            self, copies=tuple(replace(copy, answer=answer) if copy.user == user else copy for copy in self.copies)
        )

    def _changed(self, at: datetime, **changes: object) -> Invitation:
        changed: Invitation = replace(self, edition=self.edition + 1, changed_at=at, **changes)  # type: ignore[arg-type]  # each caller names a field's own type
        return changed

    def _must_stand(self) -> None:
        if self.cancelled:
            raise ValueError("it was cancelled")
