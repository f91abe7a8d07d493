"""What the core asks of the outside. The sentence here and the inherited contract test are the port's meaning."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from .availability.free_busy import FreeBusy
from .event import Answer, Event, EventDraft
from .happening import Happening, HappeningId, RequestId
from .integration import Integration, Trouble
from .interval import Interval
from .people import (
    Identity,
    Match,
    MatchId,
    Membership,
    Organisation,
    OrganisationId,
    ProgrammeId,
    Role,
    User,
    UserId,
)
from .programme import Programme
from .request import Request
from .session import Session, SessionUid, Suite


class Clock(Protocol):
    """Domain time: slots, notice, reminders, our own links. What others sign uses real time instead."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def sleep_until(self, instant: datetime) -> None:
        """Returns once now() >= instant, also when the clock jumps there."""


# --- calendars -------------------------------------------------------------------------------------------------


class FreeBusySource(Protocol):
    """One person's calendar, asked when it is taken."""

    async def free_busy(self, window: Interval) -> FreeBusy:
        """Busy times inside the window, any length up to the horizon (chunking is the provider's affair).

        Returns only if the calendar answered for the whole window. Raises ProviderError otherwise. Reading
        twice is harmless.
        """


class EventWriter(Protocol):
    """Writes our own events into one person's calendar, that person being the organizer."""

    @property
    def suite(self) -> Suite:
        """Whose calendar, and so whose conference."""

    async def create(self, draft: EventDraft) -> Event:
        """Creates the event and invites the attendee. Twice with one key is once: the event that stands is
        returned, also when the answer to the first call was lost. Raises KeyTaken if that event was deleted
        since, ProviderUnavailable if it may or may not have been made, ProviderRejected if it was refused.
        """

    async def read(self, event_id: str) -> Event:
        """The event as it stands now, cancelled ones included while its calendar still shows them. Raises EventGone
        if there is none."""

    async def find(self, key: str) -> Event | None:
        """The event made under a key, or None if none stands there. The honest answer after a lost reply."""

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        """Same event, other time; the attendee is told. Twice is once. Raises EventGone, also for a cancelled one."""

    async def cancel(self, event_id: str) -> None:
        """Removes it and tells the attendee. An event that is gone already is a success. Twice is once."""

    async def add_conference(self, event_id: str, key: str) -> Event:
        """Asks again for a link on an event that has none; a working link is left alone."""

    async def answer(self, uid: str, when: Interval, answer: Answer) -> None:
        """Answers an invitation in this person's own copy, found by `Event.uid` of the organizer's copy; the
        organizer is told. Twice is once. Raises EventGone."""


class ChangeFeed(Protocol):
    """Tells that something changed; what changed is read again from the calendar (the hint carries no truth)."""

    async def changes(self, cursor: str | None) -> tuple[tuple[str, ...], str]:
        """Ids of events that changed since the cursor (None: start now), and the next cursor. An expired
        cursor starts anew by itself."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What one integration allows. `events` mails invitations where nothing can be written; `changes` is None
    where nothing can be noticed."""

    free_busy: FreeBusySource
    events: EventWriter
    changes: ChangeFeed | None


class Calendars(Protocol):
    """Opens people's calendars. Whether by domain or by the person's own consent stays behind it."""

    async def of(self, user: User) -> Calendar:
        """Raises NotIntegrated. Asks no provider by itself beyond the token it may need later."""


# --- the store: each method is one transaction --------------------------------------------------------------------


class People(Protocol):
    """Who is who."""

    async def known_as(self, identity: Identity) -> User | None:
        """The person behind a chat account, if linked and active."""

    async def user(self, user: UserId) -> User:
        """Raises KeyError for an id that was never given out."""

    async def memberships(self, user: UserId) -> tuple[Membership, ...]:
        """Present ones only."""

    async def members(self, programme: ProgrammeId) -> tuple[tuple[User, Role], ...]:
        """Everybody in it now, by name."""

    async def with_address(self, email: str, programme: ProgrammeId) -> User | None:
        """A present member of the programme with that address (case ignored)."""

    async def organisation(self, organisation: OrganisationId) -> Organisation:
        """Raises KeyError."""


class Programmes(Protocol):
    """Programmes and the matches in them."""

    async def programme(self, programme: ProgrammeId) -> Programme:
        """Raises KeyError."""

    async def match(self, match: MatchId) -> Match | None:
        """Ended ones included."""

    async def matches_of(self, user: UserId) -> tuple[Match, ...]:
        """Those that have not ended, of programmes the user has not left; the oldest first."""

    async def matches_in(self, programme: ProgrammeId) -> tuple[Match, ...]:
        """Those that have not ended."""

    async def opened(self, match: MatchId, at: datetime) -> None:
        """Both were told: look-ups are open from then on. The earlier of two times stays."""


class Integrations(Protocol):
    """How each person's calendar is connected."""

    async def of(self, user: UserId) -> Integration:
        """Always one: kind None with the reason where nothing is connected."""

    async def of_all(self, users: Iterable[UserId]) -> Mapping[UserId, Integration]:
        """The same for many, in one go."""

    async def connected(self, integration: Integration) -> None:
        """Stores it whole, replacing what was there."""

    async def worked(self, user: UserId, at: datetime) -> None:
        """A provider answered: health is OK again. Cheap when it was OK already."""

    async def broke(self, user: UserId, trouble: Trouble, at: datetime) -> bool:
        """A provider said no. The kind stays, the reason is kept. True if that is news."""


class Sessions(Protocol):
    """Sessions and the times they hold. The guard against double booking lives in `reserve`, nowhere else."""

    async def reserve(self, session: Session) -> Session:
        """One transaction: the session (HELD), both people's holds, and the job that settles it.

        Raises SlotTaken if either person's time is held by another session. With a uid that exists already
        it returns what is stored and changes nothing: twice is once.
        """

    async def session(self, uid: SessionUid) -> Session | None:
        """As last stored."""

    async def standing(self, match: MatchId, when: Interval) -> Session | None:
        """A held or booked session of that match at exactly that time."""

    async def keep(self, session: Session, *, tell: Mapping[UserId, Happening], at: datetime) -> Session | None:
        """Stores the changed session if its revision is still the stored one (then it rises by one), with
        what people are to be told of it, in one transaction; frees the holds of a state that holds nothing.
        None, and nothing written, if somebody else was faster."""

    async def held(self, users: Iterable[UserId], window: Interval) -> Mapping[UserId, tuple[Interval, ...]]:
        """Times held for sessions (HELD or standing), per user, unpadded."""

    async def of_user(self, user: UserId, window: Interval) -> tuple[Session, ...]:
        """Booked ones (and those that need a new time) that touch the window, in order of time."""

    async def of_match(self, match: MatchId, limit: int) -> tuple[Session, ...]:
        """Its newest booked ones, the latest start first."""

    async def replied(self, uid: SessionUid, user: UserId) -> None:
        """The person has the answer on the screen: what was to be told to them of its booking is not sent."""

    async def unsettled(self) -> tuple[SessionUid, ...]:
        """HELD, RELEASING, or with a link still due: for the sweep that finds settlings without a job."""


class Requests(Protocol):
    """Requests between two people."""

    async def make(self, request: Request, tell: UserId | None) -> Request:
        """Stores it under a new id and has `tell` told. Raises OpenRequestExists if the pair has an open one
        in either direction, unless it comes from the same asker (then the older is REPLACED)."""

    async def request(self, request: RequestId) -> Request | None:
        """As last stored."""

    async def change(self, was: Request, now: Request, tell: Mapping[UserId, Happening], at: datetime) -> bool:
        """Replaces it if it is still what it was; False, and nothing written, otherwise."""

    async def unmatched_since(self, asker: UserId, since: datetime) -> int:
        """How many requests to strangers the asker has made since."""

    async def refuse_from(self, by: UserId, asker: UserId) -> None:
        """[No more from this person], unseen by the sender."""

    async def refuses(self, by: UserId, asker: UserId) -> bool:
        """Whether `by` wants no requests from the asker."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`viewer` was shown `owner`'s times on `day` (UTC), for `first` to `last`, by a match; automatic or asked."""

    owner: UserId
    viewer: UserId
    match: MatchId
    day: date
    first: date
    last: date
    automatic: bool = False


class Receipts(Protocol):
    """Who was shown whose times (decision 9): readable by the owner alone, for 90 days."""

    async def shown(self, receipts: Iterable[Receipt], limit: int) -> bool:
        """Records a look-up before its result is shown. False, and nothing recorded, if the pair has used up
        `limit` look-ups that day."""

    async def of(self, owner: UserId, since: date) -> tuple[Receipt, ...]:
        """The owner's, newest first; one per viewer, match and day with its widest dates."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The newest numbered list in a conversation. `tokens[0]` answers "1". `newer` counts messages after it."""

    tokens: tuple[str, ...]
    at: datetime
    newer: int


class Conversations(Protocol):
    """What little of a dialogue has to be remembered (decision 19)."""

    async def listed(self, who: Identity, tokens: tuple[str, ...], at: datetime) -> None:
        """A message with a numbered list went out: it is the newest now."""

    async def interrupted(self, who: Identity) -> None:
        """A message without a list went out after it."""

    async def newest(self, who: Identity) -> Listing | None:
        """The newest list, however old."""


class Happenings(Protocol):
    """What is to be told, and to whom it was."""

    async def happening(self, happening: HappeningId) -> Happening:
        """Raises KeyError."""

    async def add(self, happening: Happening, tell: Mapping[UserId, datetime]) -> HappeningId:
        """Stores it with one job per person, not before the given time."""

    async def silenced(self, happening: HappeningId, user: UserId) -> bool:
        """The person knows already, or has switched such notices off."""

    async def told(self, happening: HappeningId, user: UserId, at: datetime) -> bool:
        """Marks it as told. False if it was already: then nothing must be sent again."""


class Notifier(Protocol):
    """Pushes a message to a person's home chat."""

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """Twice with one key is once, as far as that chat allows. Raises ProviderUnavailable to be tried later."""


# --- durable work --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """A named thing to bring up to date; `subject` holds ids only. Doubles and stale ones are harmless."""

    name: str
    subject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Returned by a handler that is not done: run again, not before `instant`, without counting as a failure."""

    instant: datetime


Handler = Callable[[Job], Awaitable[RetryAt | None]]


class Jobs(Protocol):
    """Durable work. Jobs that belong to a decision are deferred inside the store's own transaction."""

    async def defer(self, job: Job, *, not_before: datetime | None = None, lock: str | None = None) -> None:
        """A job on its own. One with a future time carries no lock."""

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Works until cancelled; then waits for its grace and gives work back without losing an attempt."""

    async def dead(self) -> int:
        """Jobs whose last attempt failed, for the admin's health."""
