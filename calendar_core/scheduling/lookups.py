"""Looks at somebody else's calendar: counted for each pair and day, and told to its owner (decisions 9 and 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calendar_core.errors import TooManyLookups
from calendar_core.interval import Interval
from calendar_core.ports import Clock, Receipt, Receipts
from calendar_core.scheduling.outcomes import Pair
from calendar_core.wall_clock import local_time

LAST_PRESSES = 3  # what the last list of a day shows can still be pressed


@dataclass(frozen=True, slots=True)
class Lookups:
    """Whoever looks, by whatever button: the pair has so many a day, and each leaves a receipt."""

    receipts: Receipts
    clock: Clock

    async def shown(self, pair: Pair, window: Interval) -> None:
        """Before the asker is shown the partner's times. Raises TooManyLookups."""
        await self._count(pair, window, pair.programme.rules.lookups_a_day)

    async def tried(self, pair: Pair, window: Interval) -> None:
        """Before a calendar is asked about a time that was pressed: every answer to that, also that nothing is known,
        tells something of it. Where the partner has no calendar there is nothing to look at. Raises TooManyLookups."""
        if pair.partner_integration.kind is not None:
            await self._count(pair, window, pair.programme.rules.lookups_a_day + LAST_PRESSES)

    async def _count(self, pair: Pair, window: Interval, limit: int) -> None:
        owner = pair.partner.itinerary
        receipt = Receipt(
            owner=pair.partner.id,
            viewer=pair.asker.id,
            match=pair.match.id,
            day=self.clock.now().date(),
            first=local_time(owner, window.start).date(),
            last=local_time(owner, window.end - timedelta(minutes=1)).date(),
        )
        if not await self.receipts.shown((receipt,), limit):
            raise TooManyLookups(pair.programme.rules.lookups_a_day)
