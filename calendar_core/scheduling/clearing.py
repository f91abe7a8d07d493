"""Clears calendars of what no longer takes place: cancelled sessions, and events of bookings given up meanwhile.

Part of the job `settle SESSION`: may run twice, late, or after somebody else did it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_core.errors import ConsentRevoked, ProviderError, ProviderRejected, ProviderUnavailable, Refusal
from calendar_core.happening import EventCleared, EventLeft
from calendar_core.ports import Calendars, Clock, EventWriter, People, RetryAt, Sessions, Telling
from calendar_core.scheduling.retry_pause import pause_after
from calendar_core.session import Cancelled, Removal, Session

LATE = timedelta(seconds=10)  # whoever cancelled was told by then that it is not confirmed
GIVE_UP_AFTER = timedelta(minutes=10)  # a calendar that refuses, not one that is silent


@dataclass(frozen=True, slots=True)
class Clearing:
    """The organizer's calendar tells the attendee's: one call removes both copies."""

    people: People
    sessions: Sessions
    calendars: Calendars
    clock: Clock

    async def clear(self, session: Session) -> RetryAt | None:
        """A cancelled session. Its times stay held until the calendar has confirmed that its event is gone.

        RetryAt while the calendar is silent, until the session is over: then, and where the calendar lets us in no
        more, both are told that the entry is theirs to delete.
        """
        now, cancelled = self.clock.now(), session.cancelled
        if cancelled is None:
            return None
        try:
            removal = await self._removed(session)
        except (ProviderUnavailable, ProviderRejected) as trouble:
            silent = isinstance(trouble, ProviderUnavailable)
            if now < (session.when.end if silent else min(session.when.end, cancelled.at + GIVE_UP_AFTER)):
                return RetryAt(now + pause_after(now - cancelled.at, trouble))
            removal = Removal.LEFT
        kept = await self.sessions.keep(session.removed(removal), tell=_told(session, cancelled, removal, now))
        return None if kept else RetryAt(now)

    async def _removed(self, session: Session) -> Removal:
        if session.frozen:
            return Removal.LEFT
        try:
            events = await events_of(session, self.people, self.calendars)
            if session.event_id is not None:
                await events.cancel(session.event_id)
        except (Refusal, ConsentRevoked):
            return Removal.LEFT
        return Removal.DONE

    async def sweep_up(self, session: Session) -> None:
        """A booking that was given up while it was being written: what came of that writing all the same has to go.
        Where nobody can be asked now there is nothing to be done."""
        with suppress(Refusal, ProviderError):
            calendar = await self.calendars.of(await self.people.user(session.organizer))
            event = await calendar.events.find(session.event_key)
            if event is not None and not event.cancelled:
                await calendar.events.cancel(event.id)


async def events_of(session: Session, people: People, calendars: Calendars) -> EventWriter:
    """Where its event is: what is mailed stays so, however its organizer is connected by now. Raises NotIntegrated."""
    organizer = await people.user(session.organizer)
    return calendars.by_mail(organizer) if session.mailed else (await calendars.of(organizer)).events


def _told(session: Session, cancelled: Cancelled, removal: Removal, now: datetime) -> list[Telling]:
    """Nothing where it went as everybody expects."""
    if removal is Removal.LEFT:
        return [Telling(user, EventLeft(session.uid), now) for user in session.people]
    if now - cancelled.at > LATE:
        return [Telling(user, EventCleared(session.uid), now) for user in session.people]
    return []
