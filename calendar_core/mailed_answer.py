"""What somebody answered an invitation of ours by mail, as far as it is believed; and why an answer is not taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .participation import Participation


class Unfit(StrEnum):
    """Why a letter changes nothing. The value is what the log and the operator read: never the letter's own words."""

    TOO_LARGE = "larger than any answer"
    TANGLED = "too many parts, too deep, or with endless lines"
    NO_CALENDAR = "no answer of a calendar in it"
    MALFORMED = "its calendar part cannot be read"
    NOT_AN_ANSWER = "neither REPLY nor COUNTER"
    WRONG_ADDRESS = "not sent to an address that we gave this person for this invitation"
    OTHER_SENDER = "not sent by the one who was invited"
    NOT_SIGNED = "no signature of the sender's domain holds"
    UNKNOWN = "no session that still stands"
    STALE = "an answer to an earlier invitation, or older than one that was taken"


class LetterUnfit(Exception):
    """This letter is not taken."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedAnswer:
    """An iTIP REPLY, or a COUNTER where `answer` is None, as it claims to be: nothing of it is proved yet.

    `to` are the addresses the letter names as its own; `sent_by` is the one in From, `attendee` the one that answers,
    all as they are compared. `stamp` is when its sender made it.
    """

    uid: str
    sequence: int
    attendee: str
    sent_by: str
    to: frozenset[str]
    stamp: datetime
    answer: Participation | None

    @property
    def domain(self) -> str:
        """Whose signature it takes."""
        return self.sent_by.rpartition("@")[2]
