"""What each of the two says of a session that is over: whether it happened, and how useful it was.

It is that person's alone. Others learn of ratings in averages of five people or more (calendar_core.averages).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .people import UserId
from .session import SessionUid

HIGHEST = 5  # of a rating; the lowest is 1
ASKED_AFTER = timedelta(minutes=5)  # its end
ASKED_WITHIN = timedelta(days=14)  # of its end, or never
UNANSWERED = 2  # requests in a row, and nothing is asked any more


class Happened(StrEnum):
    """MOVED: at another time than we know."""

    YES = "yes"
    MOVED = "moved"
    NO = "no"


class Missed(StrEnum):
    """Why it did not happen, as one of the two sees it."""

    COULD_NOT = "I could not"
    EACH_OTHER = "we missed each other"
    NOT_THIS_TIME = "not this time"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Of one person about one session, as far as it was given since it was asked for. `useful` is 1 to 5."""

    session: SessionUid
    person: UserId
    asked_at: datetime
    happened: Happened | None = None
    missed: Missed | None = None
    useful: int | None = None
