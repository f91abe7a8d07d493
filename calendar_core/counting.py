"""Which of a person's own calendars count when it is asked whether they are busy (decision 25: only those they own)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from calendar_core.errors import ConsentRevoked, NotIntegrated, ProviderRejected
from calendar_core.people import User
from calendar_core.ports import Calendars, OwnCalendar, People

MOST = 10
SHOWN = 20  # of the calendars one owns


class MainOnly(StrEnum):
    """Why no other calendar can count."""

    NOT_CONNECTED = "no calendar is connected"
    BY_VENDOR = "the vendor tells of the main calendar alone"
    NOT_ALLOWED = "the permission to see the others was not given"
    NO_OTHERS = "there are no others"


@dataclass(frozen=True, slots=True)
class Countable:
    """The calendars a person owns beside the main one, and the ids of those that count."""

    calendars: tuple[OwnCalendar, ...]
    counted: frozenset[str]


class NotYours(ValueError):
    """No calendar that the person owns has that id."""


class TooManyCalendars(ValueError):
    """So many count already."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Counting:
    """The main calendar always counts."""

    people: People
    calendars: Calendars

    async def countable(self, user: User) -> Countable | MainOnly:
        """What can be chosen from. Raises ProviderUnavailable."""
        try:
            calendar = await self.calendars.of(user)
            if calendar.others is None:
                return MainOnly.BY_VENDOR
            owned = await calendar.others.own_calendars()
        except NotIntegrated:
            return MainOnly.NOT_CONNECTED
        except (ConsentRevoked, ProviderRejected):
            return MainOnly.NOT_ALLOWED
        if not owned:
            return MainOnly.NO_OTHERS
        return Countable(owned[:SHOWN], frozenset(user.own.calendars) & {each.id for each in owned})

    async def count(self, user: User, calendar: str, *, counts: bool) -> OwnCalendar:
        """That calendar counts, or no more. Twice is once. Raises NotYours, TooManyCalendars, ProviderUnavailable."""
        found = await self.countable(user)
        named = [each for each in found.calendars if each.id == calendar] if isinstance(found, Countable) else []
        if not named:
            raise NotYours

        def change(now: User) -> User:
            others = tuple(each for each in now.own.calendars if each != calendar)
            if counts and len(others) >= MOST:
                raise TooManyCalendars(MOST)
            return replace(now, own=replace(now.own, calendars=(*others, calendar) if counts else others))

        await self.people.change(user.id, change)
        return named[0]
