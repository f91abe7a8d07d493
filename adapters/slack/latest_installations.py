"""Whose token speaks in a place; the one that spoke last, where nobody can say it now: an excuse needs one, too."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from calendar_core.errors import ProviderError, StoreUnavailable

from .heard import Heard
from .installation import Installation, Installations

REMEMBERED = 1_000  # places, in this process


@dataclass(frozen=True, slots=True)
class LatestInstallations:
    """Installations, for whoever was heard."""

    installations: Installations
    _latest: OrderedDict[tuple[str | None, str | None], Installation] = field(default_factory=OrderedDict, init=False)

    async def of(self, heard: Heard) -> Installation | None:
        """None where the app is not installed. Raises StoreUnavailable, ProviderError where none has spoken yet."""
        place = (heard.team, heard.enterprise)
        try:
            found = await self.installations.of(*place)
        except (StoreUnavailable, ProviderError):
            if place not in self._latest:
                raise
            return self._latest[place]
        self._latest.pop(place, None)
        if found is not None:
            self._latest[place] = found
            while len(self._latest) > REMEMBERED:
                self._latest.popitem(last=False)
        return found
