"""Takes a session's event away in one way and brings it again in another, as the same session: the job `transfer`.

A process may die after any line of this file. Every step may be done twice: what is gone stays gone, and under one key
an event is made once. So the next run does what is missing, and only at its end the session is stored as it now is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from calendar_core.describing import described
from calendar_core.errors import (
    ConsentRevoked,
    KeyTaken,
    NotIntegrated,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    Refusal,
)
from calendar_core.event import TITLE, Event, EventDraft, Person
from calendar_core.happening import Happening, SessionBooked, SessionFrozen, SessionTransferred
from calendar_core.integration import Health, Integration
from calendar_core.job import Job, session_jobs
from calendar_core.mode import Transfer
from calendar_core.ports import (
    Calendars,
    Clock,
    EventWriter,
    Integrations,
    Modes,
    People,
    Programmes,
    RetryAt,
    Sessions,
    Telling,
)
from calendar_core.session import NOT_OVER, STANDING, Session, SessionState, SessionUid

GIVE_UP_AFTER = timedelta(hours=1)
CONNECTED_WITHIN = timedelta(minutes=10)
PAUSE = timedelta(seconds=5)
MOST_KEYS = 5


@dataclass(frozen=True, slots=True)
class Transferring:
    """Everything here may run twice, late, or after somebody else did it."""

    people: People
    programmes: Programmes
    integrations: Integrations
    sessions: Sessions
    modes: Modes
    calendars: Calendars
    clock: Clock

    async def transfer(self, job: Job) -> RetryAt | None:
        """One run. RetryAt means: not done yet."""
        uid = SessionUid(job.subject[0])
        todo, session = await self.modes.transfer(uid), await self.sessions.session(uid)
        if todo is None or session is None:
            return None
        try:
            if todo.by_mail:
                return await self._out_of_the_calendar(todo, session)
            return await self._into_the_calendar(todo, session)
        except ProviderUnavailable as silent:
            now = self.clock.now()
            if now < todo.since + GIVE_UP_AFTER and now < session.when.start:
                return RetryAt(now + max(PAUSE, silent.retry_after or PAUSE, (now - todo.since) / 10))
            return await self._give_up(todo, session)

    # --- out of the calendar, and by mail --------------------------------------------------------------------------

    async def _out_of_the_calendar(self, todo: Transfer, session: Session) -> RetryAt | None:
        organizer = await self.people.user(session.organizer)
        before = Integration(organizer.id, todo.kind, Health.OK, todo.account)
        after = session.transferred() if session.state in NOT_OVER else session
        try:
            former = (await self.calendars.formerly(organizer, before)).events
            if session.mailed:  # it was on its way back, and perhaps there already
                await _remove(former, after.event_key)
                return await self._done(None, session)
            if not todo.convert and session.state in NOT_OVER:
                if session.state is not SessionState.HELD:  # its booking was quicker
                    frozen = session.frozen_where_it_is()
                    return await self._done(frozen, session, SessionFrozen(session.uid, failed=False))
                event = await former.find(session.event_key)
                if event is not None and not event.cancelled:
                    return await self._booked_and_frozen(session, event)
            await self._taken_out(former, session)
        except (ConsentRevoked, NotIntegrated, ProviderRejected):
            return await self._give_up(todo, session)
        if session.state not in NOT_OVER:
            return await self._done(None, session)
        if session.state is SessionState.HELD:  # whoever settles it goes on
            return await self._done(after, session)
        event = await self.calendars.by_mail(organizer).create(await self._draft(after))
        carried = after.carried_by(event.id, event.uid, event.etag, None, mailed=True)
        return await self._done(carried, session, SessionTransferred(session.uid, by_mail=True))

    async def _taken_out(self, former: EventWriter, session: Session) -> None:
        if session.event_id is not None:
            await former.cancel(session.event_id)
        else:
            await _remove(former, session.event_key)

    async def _booked_and_frozen(self, session: Session, event: Event) -> RetryAt | None:
        """It was in the calendar a moment before: it stays there, as all others do."""
        booked = session.booked(event.id, event.uid, event.etag, event.conference).frozen_where_it_is()
        told = (SessionBooked(session.uid), SessionFrozen(session.uid, failed=False))
        return await self._done(booked, session, *told)

    async def _give_up(self, todo: Transfer, session: Session) -> RetryAt | None:
        """It stays where it is: in the calendar, which is said; or by mail, where nothing has changed for anybody."""
        if not todo.by_mail:
            with suppress(Refusal, ProviderError):
                calendar = await self.calendars.of(await self.people.user(session.organizer))
                await _remove(calendar.events, session.transferred().event_key)
            return await self._done(None, session)
        if session.state is SessionState.HELD:
            return await self._done(session.transferred(), session)
        if session.state not in NOT_OVER or session.mailed:
            return await self._done(None, session)
        return await self._done(session.frozen_where_it_is(), session, SessionFrozen(session.uid, failed=True))

    # --- into the calendar again -----------------------------------------------------------------------------------

    async def _into_the_calendar(self, todo: Transfer, session: Session) -> RetryAt | None:
        now = self.clock.now()
        if session.state not in STANDING or now >= session.when.start:
            return await self._give_up(todo, session)
        organizer = await self.people.user(session.organizer)
        connection = await self.integrations.of(session.organizer)
        if not connection.writable:
            if now < todo.since + CONNECTED_WITHIN:
                return RetryAt(now + PAUSE)
            return await self._give_up(todo, session)
        try:
            calendar = await self.calendars.of(organizer)
            after, event = await self._created(calendar.events, session.transferred())
        except (ConsentRevoked, NotIntegrated, ProviderRejected):
            return await self._give_up(todo, session)
        if session.event_id is not None:
            await self.calendars.by_mail(organizer).cancel(session.event_id)
        carried = after.carried_by(event.id, event.uid, event.etag, event.conference, mailed=False)
        return await self._done(carried, session, SessionTransferred(session.uid, by_mail=False))

    async def _created(self, events: EventWriter, after: Session) -> tuple[Session, Event]:
        """Under the first key of which no event was deleted."""
        for _ in range(MOST_KEYS):
            try:
                event = await events.create(await self._draft(after))
            except KeyTaken:
                after = replace(after, attempt=after.attempt + 1)
                continue
            if event.conference is None:
                with suppress(ProviderError):  # the event is there: a link that cannot be read is one that is late
                    event = await events.read(event.id)
            return after, event
        raise ProviderRejected("every key is taken")

    # --- both ------------------------------------------------------------------------------------------------------

    async def _draft(self, session: Session) -> EventDraft:
        organizer, attendee = [await self.people.user(user) for user in session.people]
        return EventDraft(
            key=session.event_key,
            uid=session.uid,
            title=TITLE,
            when=session.when,
            zone=session.zone,
            organizer=Person(organizer.email, organizer.name, organizer.id),
            attendee=Person(attendee.email, attendee.name, attendee.id),
            private=organizer.own.private_events or attendee.own.private_events,
            room=organizer.own.room or attendee.own.room or None,
            about=await described(self.programmes, session.match, session.topic),
        )

    async def _done(self, changed: Session | None, session: Session, *told: Happening) -> RetryAt | None:
        now = self.clock.now()
        tell = [Telling(user, what, now) for what in told for user in session.people]
        later = await self._planned(changed, now) if session.state is SessionState.HELD else []
        kept = await self.modes.transferred(changed, session.uid, tell=tell, later=later)
        return None if kept else RetryAt(now)

    async def _planned(self, booked: Session | None, now: datetime) -> list[tuple[Job, datetime]]:
        if booked is None or booked.state is not SessionState.BOOKED:
            return []
        people = [await self.people.user(user) for user in booked.people]
        return session_jobs(booked, people, now)


async def _remove(events: EventWriter, key: str) -> None:
    event = await events.find(key)
    if event is not None and not event.cancelled:
        await events.cancel(event.id)
