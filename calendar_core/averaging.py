"""How useful sessions were, for administrators: closed months alone, each figure made once (calendar_core.averages)."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_core.averages import MonthlyAverage, begins, month_of, months, months_before, next_month
from calendar_core.errors import NotAllowed
from calendar_core.people import Role, User
from calendar_core.ports import Averages, Clock, People, Programmes
from calendar_core.programme import Programme

PROGRAMME_ADMIN = "programme-admin"
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Averaging:
    """Reads what people said, and tells nothing of anybody."""

    people: People
    programmes: Programmes
    averages: Averages
    clock: Clock

    async def of(self, asker: User) -> tuple[tuple[str, tuple[MonthlyAverage, ...]], ...]:
        """By programme that the asker is an admin of, the newest first: its closed months, in order. Raises
        NotAllowed."""
        own = {each.programme for each in await self.people.memberships(asker.id) if each.role is Role.ADMIN}
        if not own:
            raise NotAllowed(PROGRAMME_ADMIN, (await self.people.organisation(asker.organisation)).contact)
        programmes = [await self.programmes.programme(number) for number in sorted(own, reverse=True)]
        return tuple([(each.name, await self._closed(each)) for each in programmes])

    async def _closed(self, programme: Programme) -> tuple[MonthlyAverage, ...]:
        zone = programme.time_zone
        present = month_of(zone, self.clock.now())
        first = months_before(present, MONTHS_SHOWN)
        asked = await self.averages.first_asked(programme.id, begins(zone, first))
        known = {each.month for each in await self.averages.known(programme.id, first)}
        if asked is not None:
            for month in months(max(first, month_of(zone, asked)), present):
                if month not in known:
                    ends = begins(zone, next_month(month))
                    await self.averages.close(programme.id, month, begins(zone, month), ends)
        return await self.averages.known(programme.id, first)
