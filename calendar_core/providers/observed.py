"""A calendar whose every answer tells the integration whether it still works."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.errors import ConsentRevoked, DomainRefused
from calendar_core.event import Event, EventDraft
from calendar_core.integration import Health, Integration, Suite
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.ports import Calendar, Clock, EventWriter, FreeBusySource, Integrations, Owner

KNOWN_TO_WORK_FOR = timedelta(hours=1)

Value = TypeVar("Value")


class Observer:
    """Hears of every call made through one integration, and tells the store only what is news to it."""

    def __init__(self, integration: Integration, integrations: Integrations, clock: Clock) -> None:
        self._integration = integration
        self._known_to_work = _is_known_to_work(integration, clock.now())
        self._integrations = integrations
        self._clock = clock

    async def of(self, call: Awaitable[Value]) -> Value:
        """The call's own answer or error. A calendar that is silent proves nothing about the consent."""
        user = self._integration.user
        try:
            answer = await call
        except DomainRefused as refused:
            self._known_to_work = False
            await self._integrations.domain_refused(self._integration, refused.trouble, self._clock.now())
            raise
        except ConsentRevoked as revoked:
            self._known_to_work = False
            await self._integrations.broke(user, revoked.trouble, self._clock.now(), through=self._integration)
            raise
        if not self._known_to_work:
            self._known_to_work = True
            await self._integrations.worked(user, self._clock.now(), through=self._integration)
        return answer


def _is_known_to_work(integration: Integration, now: datetime) -> bool:
    checked = integration.checked_at
    return integration.health is Health.OK and checked is not None and now - checked < KNOWN_TO_WORK_FOR


def observed(calendar: Calendar, observer: Observer) -> Calendar:
    """The same calendar, observed. What may not be seen beside the times says nothing about these, and what is mailed
    proves nothing about the calendar."""
    mailed = calendar.events.suite is None
    return replace(
        calendar,
        free_busy=ObservedFreeBusy(calendar.free_busy, observer),
        events=calendar.events if mailed else ObservedEvents(calendar.events, observer),
        owner=None if calendar.owner is None else ObservedOwner(calendar.owner, observer),
    )


@dataclass(frozen=True, slots=True)
class ObservedFreeBusy:
    """A FreeBusySource."""

    source: FreeBusySource
    observer: Observer

    async def free_busy(self, window: Interval) -> FreeBusy:
        """See FreeBusySource, as for all below EventWriter."""
        return await self.observer.of(self.source.free_busy(window))


@dataclass(frozen=True, slots=True)
class ObservedOwner:
    """An Owner."""

    owner: Owner
    observer: Observer

    async def insist_on_person(self) -> bool:
        return await self.observer.of(self.owner.insist_on_person())


@dataclass(frozen=True, slots=True)
class ObservedEvents:
    """An EventWriter."""

    writer: EventWriter
    observer: Observer

    @property
    def suite(self) -> Suite | None:
        return self.writer.suite

    async def create(self, draft: EventDraft) -> Event:
        return await self.observer.of(self.writer.create(draft))

    async def read(self, event_id: str) -> Event:
        return await self.observer.of(self.writer.read(event_id))

    async def find(self, key: str) -> Event | None:
        return await self.observer.of(self.writer.find(key))

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        return await self.observer.of(self.writer.move(event_id, when, zone))

    async def cancel(self, event_id: str) -> None:
        await self.observer.of(self.writer.cancel(event_id))

    async def add_conference(self, event_id: str, key: str) -> Event:
        return await self.observer.of(self.writer.add_conference(event_id, key))

    async def give_link(self, event_id: str, url: str) -> Event:
        return await self.observer.of(self.writer.give_link(event_id, url))

    async def answer(self, uid: str, when: Interval, answer: Participation) -> None:
        await self.observer.of(self.writer.answer(uid, when, answer))
