"""A mentoring session: what it is, what state it is in, and the only ways in which it changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from .integration import Suite
from .interval import Interval
from .participation import Participation
from .people import MatchId, UserId

SessionUid = NewType("SessionUid", str)


class SessionState(StrEnum):
    """HELD: both times are reserved here, no calendar has it yet. BOOKED: read back from a calendar.
    RELEASING: given up; an event that may have been made is being removed. RELEASED: nothing is left of it.
    NEEDS_NEW_TIME: booked, but one side declined. CANCELLING: called off after it was booked, and still to be removed
    from the calendars. CANCELLED: called off, and removed as far as we are let in."""

    HELD = "held"
    BOOKED = "booked"
    NEEDS_NEW_TIME = "needs a new time"
    RELEASING = "releasing"
    RELEASED = "released"
    CANCELLED = "cancelled"
    CANCELLING = "cancelling"


STANDING = (SessionState.BOOKED, SessionState.NEEDS_NEW_TIME)  # agreed: in a calendar, or mailed
NOT_OVER = (SessionState.HELD, *STANDING)


@dataclass(frozen=True, slots=True)
class Conference:
    """A working join link, as read back from the event. `suite` is None for one that a person gave."""

    suite: Suite | None
    url: str


class Link(StrEnum):
    """READY and never replaced; PENDING and asked for again; OVERDUE: both were told, still asked for; NONE: the
    event that would carry it is gone, or goes by mail, where nobody makes one. GIVEN by a person, and still to be
    written into the event."""

    READY = "ready"
    PENDING = "pending"
    OVERDUE = "overdue"
    NONE = "none"
    GIVEN = "given"


class Release(StrEnum):
    """Why a held session was given up."""

    TAKEN = "taken"
    CALENDAR_REFUSED = "the calendar refused it"
    CALENDAR_SILENT = "the calendar did not answer for too long"
    ENDED = "the match ended"


class Cancellation(StrEnum):
    """Why a booked session was called off."""

    ASKED_FOR = "asked for"
    MATCH_ENDED = "the match ended"
    LEFT = "one of the two left the programme"


class Removal(StrEnum):
    """What has become of a cancelled session's event. PENDING: the calendar has not confirmed that it is gone. DONE:
    it has. LEFT: it lets us in no more, so its owner has to delete it."""

    PENDING = "pending"
    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """By whom (None: by whoever runs the programme), when, why, and what has become of the event."""

    by: UserId | None
    at: datetime
    because: Cancellation
    removal: Removal = Removal.PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`booked_by` asked for it; `pressed_by` is the one of the two whose press made it, and who has the answer on
    the screen. `when` is the instant; `zone` and the wall time it gives are the organizer's (invariant 4).

    `sequence` is RFC 5545's; `revision` rises with every stored change, so that a late writer can be refused.
    `attempt` counts bookings of this uid, not HTTP tries: with the uid it makes the key under which a provider
    creates the event once. `event_id` is the organizer's copy; `event_uid` the iCalendar UID all copies share.
    `organizer_answer` and `attendee_answer` are what each of the two said here ([Looks good], [Cannot make it]).
    `mailed`: neither calendar could be written, so the event's ORGANIZER is the programme's mailbox, and both people
    are invited by mail (decision 3); `organizer` is then the one of the two who speaks for it.
    `frozen`: its event is in a calendar that is no longer ours to write (decision 8); it changes there alone.
    `topic`: what it is to be about, as `booked_by` wrote it; for the two alone.
    """

    uid: SessionUid
    match: MatchId
    booked_by: UserId
    pressed_by: UserId
    organizer: UserId
    attendee: UserId
    when: Interval
    zone: str
    state: SessionState
    booked_via: str
    looked_at: datetime
    sequence: int = 0
    revision: int = 0
    attempt: int = 1
    event_id: str | None = None
    event_uid: str | None = None
    event_etag: str | None = None
    conference: Conference | None = None
    link: Link = Link.PENDING
    released_because: Release | None = None
    organizer_answer: Participation = Participation.ACCEPTED
    attendee_answer: Participation = Participation.NEEDS_ACTION
    cancelled: Cancelled | None = None
    mailed: bool = False
    frozen: bool = False
    topic: str = field(default="", repr=False)

    @property
    def wall_start(self) -> datetime:
        """Start by the organizer's clock, without a zone."""
        return self.when.start.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @property
    def event_key(self) -> str:
        """32 hex digits: legal as Google's event id (base32hex) and as Graph's transactionId."""
        return hashlib.sha256(f"{self.uid}/{self.attempt}".encode()).hexdigest()[:32]

    @property
    def people(self) -> tuple[UserId, UserId]:
        """Organizer first."""
        return self.organizer, self.attendee

    def booked(
        self, event_id: str, event_uid: str, etag: str | None, conference: Conference | None, *, mailed: bool = False
    ) -> Session:
        """The event was read back from the organizer's calendar, or stands to be mailed."""
        without = Link.NONE if mailed else Link.PENDING
        self._must_be(SessionState.HELD)
        return replace(
            self,
            state=SessionState.BOOKED,
            event_id=event_id,
            event_uid=event_uid,
            event_etag=etag,
            conference=conference,
            link=Link.READY if conference else without,
            mailed=mailed,
        )

    def with_conference(self, conference: Conference) -> Session:
        """The late link arrived. A working link is never replaced (decision 4)."""
        return self if self.conference else replace(self, conference=conference, link=Link.READY)

    def given_link(self, url: str) -> Session:
        """By one of the two. Raises ValueError where a calendar made one: that is never replaced."""
        self._must_be(*STANDING)
        if self.conference is not None and self.conference.suite is not None:
            raise ValueError("it has a working link")
        return replace(self, conference=Conference(None, url), link=Link.GIVEN)

    def link_written(self) -> Session:
        """The event shows the link that was given."""
        return replace(self, link=Link.READY)

    def link_overdue(self) -> Session:
        """It is late enough that both are told."""
        return self if self.conference else replace(self, link=Link.OVERDUE)

    def without_link(self) -> Session:
        """There is no event that a link could come with."""
        return self if self.conference else replace(self, link=Link.NONE)

    def tried_again(self) -> Session:
        """The key of the last attempt names a deleted event: the next one gets its own."""
        self._must_be(SessionState.HELD)
        return replace(self, attempt=self.attempt + 1)

    def releasing(self, because: Release) -> Session:
        """Given up; whatever a calendar may hold of it has to go."""
        self._must_be(SessionState.HELD)
        return replace(self, state=SessionState.RELEASING, released_because=because)

    def released(self) -> Session:
        """Nothing is left of it in any calendar."""
        self._must_be(SessionState.RELEASING)
        return replace(self, state=SessionState.RELEASED)

    def answered(self, user: UserId, answer: Participation) -> Session:
        """One of the two can make it, or cannot (invariant 8): not cancelled by that. It needs a new time for as long
        as either cannot. Raises ValueError for anybody else."""
        self._must_be(*STANDING)
        if user not in self.people:
            raise ValueError("not one of this session")
        changed = (
            replace(self, organizer_answer=answer) if user == self.organizer else replace(self, attendee_answer=answer)
        )
        cannot = Participation.DECLINED in (changed.organizer_answer, changed.attendee_answer)
        return replace(changed, state=SessionState.NEEDS_NEW_TIME if cannot else SessionState.BOOKED)

    def answer_of(self, user: UserId) -> Participation:
        """What that one of the two said last."""
        return self.organizer_answer if user == self.organizer else self.attendee_answer

    def other(self, user: UserId) -> UserId:
        """The other one of the two."""
        return self.attendee if user == self.organizer else self.organizer

    def cancelling(self, by: UserId | None, because: Cancellation, at: datetime) -> Session:
        """Called off: a change for its attendees, whose calendars are still to be cleared. Nobody brings it back."""
        self._must_be(*STANDING)
        called_off = Cancelled(by, at, because)
        return replace(self, state=SessionState.CANCELLING, sequence=self.sequence + 1, cancelled=called_off)

    def removed(self, removal: Removal) -> Session:
        """The calendars are clear, or as clear as we can make them."""
        self._must_be(SessionState.CANCELLING)
        if self.cancelled is None:
            raise ValueError("nobody has called it off")
        return replace(self, state=SessionState.CANCELLED, cancelled=replace(self.cancelled, removal=removal))

    def frozen_where_it_is(self) -> Session:
        """Nothing of it can be changed from here any more; a link that was still to come will not."""
        return replace(self.without_link() if self.link is not Link.READY else self, frozen=True)

    def thawed(self) -> Session:
        """It can be changed from here again."""
        return replace(self, frozen=False)

    def transferred(self) -> Session:
        """Its event goes, and is to come again in another way: under the next key, as the session it was. A link that
        a calendar made goes with it; one that a person gave stays."""
        self._must_be(*NOT_OVER)
        given = self.conference if self.conference and self.conference.suite is None else None
        return replace(
            self,
            attempt=self.attempt + 1,
            event_id=None,
            event_uid=None,
            event_etag=None,
            conference=given,
            link=Link.GIVEN if given else Link.PENDING,
            frozen=False,
        )

    def carried_by(
        self, event_id: str, event_uid: str, etag: str | None, conference: Conference | None, *, mailed: bool
    ) -> Session:
        """What was transferred stands in its new way."""
        now = replace(self, event_id=event_id, event_uid=event_uid, event_etag=etag, mailed=mailed)
        if now.link is Link.GIVEN:  # it is still to be written into the event
            return now
        return now.with_conference(conference) if conference else now.without_link() if mailed else now

    def _must_be(self, *states: SessionState) -> None:
        if self.state not in states:
            raise ValueError(f"a session that is {self.state} cannot do that")
