"""What a person sets for themselves: pause, hours, zone, trips, room, and how their events are marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calendar_core.itinerary import Trip
from calendar_core.people import OwnSettings, Source, User, UserId, WeeklyHours
from calendar_core.ports import Calendars, Clock, People
from calendar_core.wall_clock import local_time

LONGEST_PAUSE = timedelta(days=366)
LONGEST_TRIP = timedelta(days=120)
MOST_TRIPS = 10
MOST_CALENDARS = 10


class TooLong(ValueError):
    """More days than it can have."""


class Over(ValueError):
    """Those days have passed."""


class TooMany(ValueError):
    """One more than can be kept."""


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Each change is one transaction on the person as stored: nothing that was said meanwhile is lost. All give the
    person as they are afterwards."""

    people: People
    calendars: Calendars
    clock: Clock

    def today(self, user: User) -> date:
        """By the person's own clock."""
        return local_time(user.itinerary, self.clock.now()).date()

    async def pause(self, user: User, until: date) -> User:
        """No sessions before that day. Raises Over, TooLong."""
        today = self.today(user)
        if until <= today:
            raise Over
        if until > today + LONGEST_PAUSE:
            raise TooLong
        return await self.people.change(user.id, lambda now: replace(now, paused_until=until))

    async def resume(self, user: User) -> User:
        """The pause is over."""
        return await self.people.change(user.id, lambda now: replace(now, paused_until=None))

    async def set_hours(self, user: User, hours: WeeklyHours) -> User:
        """By the person's own word: no import and no calendar replaces them."""
        return await self.people.change(
            user.id, lambda now: replace(now, hours=hours, own=replace(now.own, hours_from=Source.PERSON))
        )

    async def take_hours(self, user: User) -> User | None:
        """As the person's calendar has them, and its zone unless the person said one; imports replace neither. None if
        it has none. Raises NotIntegrated, ProviderError."""
        calendar = await self.calendars.of(user)
        found = await calendar.hours.working_hours() if calendar.hours else None
        if found is None:
            return None

        return await self.people.change(user.id, lambda now: found.taken_over_by(now, self.clock.now(), asked=True))

    async def set_zone(self, user: User, zone: str) -> User:
        """The zone they live in, by their own word. A trip they are on ends with that: they say where they are now
        (decision 16, "explicit"). Raises ValueError for no zone."""
        today = self.today(user)

        def change(now: User) -> User:
            trips = tuple(each for each in now.own.trips if not each.first <= today <= each.last)
            own = replace(now.own, trips=trips, zone_from=Source.PERSON)
            return replace(now, time_zone=zone, own=own)

        return await self.people.change(user.id, change)

    async def travel(self, user: User, trip: Trip) -> User:
        """Those days are spent elsewhere. Trips that share a day with them are given up; past ones are forgotten.
        Raises Over, TooLong, TooMany."""
        today = self.today(user)
        if trip.last < today:
            raise Over
        if trip.last - trip.first >= LONGEST_TRIP or trip.first > today + LONGEST_PAUSE:
            raise TooLong

        def change(now: User) -> User:
            others = [each for each in now.own.trips if each.last >= today and not each.overlaps(trip)]
            if len(others) >= MOST_TRIPS:
                raise TooMany
            return replace(now, own=replace(now.own, trips=tuple(sorted((*others, trip)))))

        return await self.people.change(user.id, change)

    async def forget_trips(self, user: User) -> User:
        """None is planned any more."""
        return await self._own(user.id, lambda own: replace(own, trips=()))

    async def set_room(self, user: User, address: str) -> User:
        """The standing room's address, as calendar_core.room lets it pass; empty for none."""
        return await self._own(user.id, lambda own: replace(own, room=address))

    async def set_private(self, user: User, private: bool) -> User:
        """Whether events of new sessions are marked private."""
        return await self._own(user.id, lambda own: replace(own, private_events=private))

    async def set_group_confirmations(self, user: User, wanted: bool) -> User:
        """Whether new sessions are to be confirmed in a group message, too."""
        return await self._own(user.id, lambda own: replace(own, group_confirmations=wanted))

    async def set_asked_after(self, user: User, wanted: bool) -> User:
        """Whether the person is asked about sessions that are over."""
        return await self._own(user.id, lambda own: replace(own, asked_after=wanted))

    async def asked_zone(self, user: User, zone: str) -> User:
        """The person was asked about a zone that their chat has: they are not asked about it again."""
        return await self._own(user.id, lambda own: replace(own, asked_zone=zone))

    async def _own(self, user: UserId, change: Callable[[OwnSettings], OwnSettings]) -> User:
        return await self.people.change(user, lambda now: replace(now, own=change(now.own)))
