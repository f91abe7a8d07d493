"""A session as a calendar holds it: what we ask a provider to write, and what we read back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .interval import Interval
from .participation import Participation
from .people import UserId
from .session import Conference

TITLE = "Mentoring session"  # neutral: decision 21


@dataclass(frozen=True, slots=True)
class Person:
    """An organizer or attendee: an address, the name shown beside it, and which user that is, where it is one."""

    email: str
    name: str
    user: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """What is to be written, once per `key`. `zone` is the organizer's IANA zone. `private`: others see no more of it
    than that the time is taken. `room`: a standing room of one of the two, where no link can be made (decision 4).
    `alone`: nobody is invited; the attendee is not looked at. `about`: what else the entry tells, as plain text."""

    key: str
    uid: str
    title: str
    when: Interval
    zone: str
    organizer: Person
    attendee: Person
    conference: bool = True
    private: bool = False
    room: str | None = None
    alone: bool = False
    about: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One copy of a session's event, as its calendar shows it. No titles, no other people.

    `id` is this copy's own; `uid` is the iCalendar UID that all copies carry, made by the organizer's calendar.
    `answers` holds the attendee we invited, the address in lower case.
    """

    id: str
    uid: str
    etag: str | None
    when: Interval
    cancelled: bool
    busy: bool
    organizer_email: str
    answers: tuple[tuple[str, Participation], ...]
    conference: Conference | None
    conference_pending: bool
    updated: datetime | None = None
