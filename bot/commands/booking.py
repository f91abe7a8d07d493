"""Booking a session, and answering one."""

from __future__ import annotations

from dataclasses import dataclass, field

from calendar_core.interval import Interval
from calendar_core.people import MatchId
from calendar_core.session import SessionUid


@dataclass(frozen=True, slots=True)
class BookSession:
    """Book this time with this match."""

    match: MatchId
    when: Interval


@dataclass(frozen=True, slots=True)
class BookAbout:
    """Book it, and say what it is to be about: a form's, because a button holds only short words."""

    book: BookSession
    topic: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LooksGood:
    """Accept a session the other one booked."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class CannotMakeIt:
    """Decline a session; it is not cancelled by that."""

    session: SessionUid


@dataclass(frozen=True, slots=True)
class AddLink:
    """[Add a link] to a session, or a typed link for one: the `number`-th of those without, the only one where 0."""

    session: SessionUid | None = None
    url: str = ""
    number: int = 0


BookingCommand = BookSession | BookAbout | LooksGood | CannotMakeIt | AddLink
