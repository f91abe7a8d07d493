"""Brings a session to rest: whatever state it is found in, do what is missing, and nothing twice.

Runs as the durable job `settle SESSION`. A process may die after any line of this file; the next run reads the
stored session and goes on.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calendar_core.describing import described
from calendar_core.errors import (
    CalendarSilent,
    ConsentRevoked,
    EventGone,
    KeyTaken,
    NotIntegrated,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    Refusal,
)
from calendar_core.event import TITLE, Event, EventDraft, Person
from calendar_core.happening import BookingFailed, Happening, LinkMissing, LinkReady, SessionBooked
from calendar_core.job import Job, session_jobs, settle_job
from calendar_core.people import User, UserId
from calendar_core.ports import Calendar, Calendars, Clock, Jobs, Modes, People, RetryAt, Sessions, Telling
from calendar_core.scheduling.clearing import Clearing, events_of
from calendar_core.scheduling.evidence import Evidence
from calendar_core.scheduling.pairs import Pairs
from calendar_core.scheduling.retry_pause import pause_after
from calendar_core.scheduling.waiting import REPLY_MAY_TAKE
from calendar_core.session import Link, Release, Session, SessionState, SessionUid

LOOK_AGAIN_AFTER = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(minutes=10)
LINK_OVERDUE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Settling:
    """Everything here may run twice, late, or after somebody else did it."""

    people: People
    pairs: Pairs
    sessions: Sessions
    calendars: Calendars
    evidence: Evidence
    clearing: Clearing
    jobs: Jobs
    clock: Clock
    modes: Modes

    async def settle(self, job: Job) -> RetryAt | None:  # noqa: PLR0911 - one return a state
        """One run. RetryAt means: not at rest yet."""
        session = await self.sessions.session(SessionUid(job.subject[0]))
        if session is None or await self.modes.transfer(session.uid) is not None:
            return None  # whoever transfers it leaves it to this job again
        if session.state is SessionState.HELD:
            return await self._write(session)
        if session.state is SessionState.RELEASING:
            return await self._remove(session)
        if session.state is SessionState.CANCELLING:
            return await self.clearing.clear(session)
        if session.state is SessionState.RELEASED:  # somebody gave it up while this job was writing
            await self.clearing.sweep_up(session)
            return None
        if session.frozen:
            return None
        if session.state is SessionState.BOOKED and session.link in (Link.PENDING, Link.OVERDUE):
            return await self._link(session)
        if session.link is Link.GIVEN and session.conference is not None:
            return await self._write_link(session, session.conference.url)
        return None

    async def sweep(self, _job: Job) -> None:
        """Gives what no job is left for its job again."""
        for uid in await self.sessions.unsettled(self.clock.now()):
            await self.jobs.defer(settle_job(uid), lock=uid)

    # --- held: the event is to be made ---------------------------------------------------------------------------

    async def _write(self, session: Session) -> RetryAt | None:
        now = self.clock.now()
        try:
            organizer = await self.people.user(session.organizer)
            calendar = await self.calendars.of(organizer)
            event = None
            if now - session.looked_at > LOOK_AGAIN_AFTER:
                event = await calendar.events.find(session.event_key)
                if event is None or event.cancelled:
                    event = None
                    await self._look_again(session)
            event = event or await self._create(calendar, session, organizer)
        except KeyTaken:
            again = await self.sessions.keep(session.tried_again())
            return await self._write(again) if again else RetryAt(now)
        except (ProviderUnavailable, CalendarSilent) as silent:
            if now - session.looked_at > GIVE_UP_AFTER or now >= session.when.start:
                return await self._release(session, Release.CALENDAR_SILENT)
            return RetryAt(now + pause_after(now - session.looked_at, silent))
        except (ConsentRevoked, NotIntegrated, ProviderRejected):
            return await self._release(session, Release.CALENDAR_REFUSED)
        except Refusal:
            return await self._release(session, Release.TAKEN)
        return await self._book(session, event, mailed=calendar.events.suite is None)

    async def _look_again(self, session: Session) -> None:
        """The look that preceded the reservation is too old by now (invariant 3). Raises unless it still fits. It was
        asked for in time: the programme's notice is not held against a calendar that is slow."""
        if session.when.start <= self.clock.now():
            raise CalendarSilent(session.organizer)
        pair = await self.pairs.standing(session.booked_by, session.match)
        looked = await self.evidence.look(pair, session.when, own_hold=session.when, chosen=True)
        asked_in_time = replace(looked.question, now=session.looked_at)
        replace(looked, question=asked_in_time).insist_on(session.when, chosen_by=session.people)

    async def _create(self, calendar: Calendar, session: Session, organizer: User) -> Event:
        attendee = await self.people.user(session.attendee)
        draft = EventDraft(
            key=session.event_key,
            uid=session.uid,
            title=TITLE,
            when=session.when,
            zone=session.zone,
            organizer=Person(organizer.email, organizer.name, organizer.id),
            attendee=Person(attendee.email, attendee.name, attendee.id),
            private=organizer.own.private_events or attendee.own.private_events,
            room=_room_of(organizer, attendee),
            about=await described(self.pairs.programmes, session.match, session.topic),
        )
        event = await calendar.events.create(draft)
        if event.conference is None:  # the one read-back; a link that is ready by now saves a message
            with suppress(ProviderError):  # the event is there: a link that cannot be read is one that is late
                event = await calendar.events.read(event.id)
        return event

    async def _book(self, session: Session, event: Event, *, mailed: bool) -> RetryAt | None:
        now = self.clock.now()
        people = [await self.people.user(user) for user in session.people]
        booked = session.booked(event.id, event.uid, event.etag, event.conference, mailed=mailed)
        kept = await self.sessions.keep(
            booked,
            tell=_tell(session, SessionBooked(session.uid), now, *session.people),
            later=session_jobs(booked, people, now),
        )
        if kept is None:
            return RetryAt(now)
        return RetryAt(now + timedelta(seconds=2)) if kept.link is Link.PENDING else None

    async def _release(self, session: Session, because: Release) -> RetryAt | None:
        kept = await self.sessions.keep(session.releasing(because))
        return await self._remove(kept) if kept else RetryAt(self.clock.now())

    # --- releasing: whatever was made has to go ------------------------------------------------------------------

    async def _remove(self, session: Session) -> RetryAt | None:
        """The hold stays until the calendar has confirmed that nothing of it is left there."""
        now = self.clock.now()
        try:
            # a calendar that does not let us in any more can be asked nothing: there the release ends
            with suppress(Refusal, ConsentRevoked):
                calendar = await self.calendars.of(await self.people.user(session.organizer))
                event = await calendar.events.find(session.event_key)
                if event is not None and not event.cancelled:
                    await calendar.events.cancel(event.id)
        except (ProviderUnavailable, ProviderRejected) as trouble:
            if now < session.when.start or isinstance(trouble, ProviderUnavailable):
                return RetryAt(now + pause_after(now - session.looked_at, trouble))
        told = {session.pressed_by, session.booked_by}  # the other never heard of it
        kept = await self.sessions.keep(
            session.released(), tell=_tell(session, BookingFailed(session.uid), now, *sorted(told))
        )
        return None if kept else RetryAt(now)

    # --- booked, the link still missing --------------------------------------------------------------------------

    async def _link(self, session: Session) -> RetryAt | None:
        now = self.clock.now()
        if now >= session.when.start:
            return None
        age = now - session.looked_at
        try:
            calendar = await self.calendars.of(await self.people.user(session.organizer))
            event = await calendar.events.read(session.event_id or session.event_key)
            if event.conference is None and not event.conference_pending:
                event = await calendar.events.add_conference(event.id, f"{session.event_key}{int(age.total_seconds())}")
        except EventGone:
            # the session stands as it was agreed; a link that would come with its event comes no more
            return None if await self.sessions.keep(session.without_link()) else RetryAt(now)
        except (Refusal, ProviderError) as trouble:
            return await self._link_still_missing(session, now, now + pause_after(age, trouble))
        if event.conference is not None:
            kept = await self.sessions.keep(
                replace(session.with_conference(event.conference), event_etag=event.etag),
                tell=[Telling(user, LinkReady(session.uid), now) for user in session.people],
            )
            return None if kept else RetryAt(now)
        return await self._link_still_missing(session, now, now + pause_after(age, None))

    async def _write_link(self, session: Session, url: str) -> RetryAt | None:
        """A link that a person gave. Both have it from us already: an event that is gone needs it no more."""
        now = self.clock.now()
        if now >= session.when.end:
            return None
        try:
            events = await events_of(session, self.people, self.calendars)
            with suppress(EventGone):
                await events.give_link(session.event_id or session.event_key, url)
        except ProviderUnavailable as trouble:
            return RetryAt(now + pause_after(timedelta(minutes=5), trouble))
        except (Refusal, ProviderError):
            pass  # a calendar that lets us in no more shows it never
        return None if await self.sessions.keep(session.link_written()) else RetryAt(now)

    async def _link_still_missing(self, session: Session, now: datetime, again: datetime) -> RetryAt:
        if session.link is Link.PENDING and now - session.looked_at > LINK_OVERDUE_AFTER:
            room = _room_of(*[await self.people.user(user) for user in session.people])
            if room is not None:  # decision 4: where no link can be made
                told = [Telling(user, LinkReady(session.uid), now) for user in session.people]
                await self.sessions.keep(session.given_link(room), tell=told)
                return RetryAt(now)
            missing = LinkMissing(session.uid)
            await self.sessions.keep(
                session.link_overdue(), tell=[Telling(user, missing, now) for user in session.people]
            )
        return RetryAt(again)


def _room_of(*people: User) -> str | None:
    """The organizer's standing room, else the other's."""
    return next((each.own.room for each in people if each.own.room), None)


def _tell(session: Session, what: Happening, now: datetime, *users: UserId) -> list[Telling]:
    """Whoever pressed has the answer on the screen: told only if that reply never arrived."""
    return [Telling(user, what, now + REPLY_MAY_TAKE if user == session.pressed_by else now) for user in users]
