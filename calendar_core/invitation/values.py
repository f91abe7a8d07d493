"""An invitation as it stands, and which of its states each of its two people has been sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from calendar_core.event import Answer
from calendar_core.interval import Interval
from calendar_core.people import UserId


class Method(StrEnum):
    """RFC 5546's methods that an organizer sends."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest state somebody was sent, and the Message-ID of the first: what later ones refer to."""

    edition: int
    first: str


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the two: what they answered, what they were sent, and the newest state that the mail server refused to
    take for them."""

    user: UserId
    answer: Answer = Answer.NEEDS_ACTION
    sent: Sent | None = None
    refused: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`key` is the writer's and creates it once; `uid`, `mailbox` (the organizer) and the people never change.

    `sequence` is RFC 5545's: it rises when people have to answer again. `edition` rises with every change, so that what
    somebody has not been sent yet can be told. `changed_at` is the latest change (DTSTAMP). `link` is one that a person
    gave: none is ever made up.
    """

    key: str
    uid: str
    mailbox: str
    title: str
    when: Interval
    zone: str
    changed_at: datetime
    copies: tuple[Copy, ...]
    sequence: int = 0
    edition: int = 0
    cancelled: bool = False
    link: str | None = None

    @property
    def method(self) -> Method:
        """How its present state is told."""
        return Method.CANCEL if self.cancelled else Method.REQUEST

    def copy_of(self, user: UserId) -> Copy | None:
        """That person's, None for anybody who is not invited."""
        return next((copy for copy in self.copies if copy.user == user), None)

    def missing(self) -> tuple[Copy, ...]:
        """Whose mail has to go out: each is sent the present state alone. What was cancelled before it was ever sent to
        somebody is nothing to them."""
        return tuple(copy for copy in self.copies if self._lacks(copy))

    def _lacks(self, copy: Copy) -> bool:
        if copy.refused == self.edition:
            return False
        if copy.sent is None:
            return not self.cancelled
        return copy.sent.edition < self.edition

    def moved(self, when: Interval, zone: str, at: datetime) -> Invitation:
        """Another time: everybody is asked again. Raises ValueError for one that was cancelled."""
        self._must_stand()
        copies = tuple(replace(copy, answer=Answer.NEEDS_ACTION) for copy in self.copies)
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

    def answered(self, user: UserId, answer: Answer) -> Invitation:
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
