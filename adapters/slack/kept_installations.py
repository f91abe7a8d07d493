"""Installations that workspaces and organisations made themselves: from the store, by way of memory, and renewed."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from datetime import datetime
from typing import Any

from adapters.secret import Secret
from calendar_core.ports import SlackInstallations, StoredInstallation

from .installation import DEAD, Installation
from .oauth import SlackOAuth
from .renewing import RENEWED_BEFORE, Renewing

log = logging.getLogger(__name__)

KNOWN_FOR, UNKNOWN_FOR = 300.0, 10.0  # seconds
MOST = 10_000

Place = tuple[str | None, str | None]
Looking = asyncio.Task[Installation | None]


class KeptInstallations:
    """Installations. `now` is real time; `seconds` never go back."""

    def __init__(
        self,
        store: SlackInstallations,
        oauth: SlackOAuth,
        now: Callable[[], datetime],
        seconds: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._renewing = Renewing(store, oauth, now, pause)
        self._now = now
        self._seconds = seconds
        self._known: OrderedDict[Place, tuple[float, Installation | None]] = OrderedDict()
        self._looking: dict[Hashable, Looking] = {}  # one for each place: nobody waits for another place's
        self._unfinished: set[Looking] = set()

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """See Installations."""
        place = (team, enterprise)
        known = self._known.get(place)
        if known is not None and known[0] > self._seconds():
            return known[1]
        return await self._once(place, lambda: self._look(place))

    async def at(self, place: str) -> Installation | None:
        """See Installations."""
        stored = await self._store.at(place)
        return None if stored is None else installation_of(stored)

    async def places(self) -> tuple[str, ...]:
        """See Installations."""
        return await self._store.places()

    async def renewed(self, installation: Installation) -> Installation | None:
        """See Installations."""
        self.forget()
        ended = installation.token.reveal()
        return await self._once((installation.place, installation.token), lambda: self._renew(installation, ended))

    async def withdrawn(self, installation: Installation, code: str) -> None:
        """See Installations."""
        self.forget()
        if code in DEAD:
            await self.removed(installation)

    async def removed(self, installation: Installation) -> None:
        """See Installations."""
        stored = await self._store.at(installation.place)
        if stored is not None and stored.token == installation.token.reveal():
            await self._store.remove(stored.place, before=stored.installed_at)
            log.warning("slack: the app was removed", extra={"place": stored.place})
        self.forget()

    def forget(self) -> None:
        """Everything is looked for anew, also where somebody is looking just now."""
        self._known.clear()
        self._looking.clear()

    async def close(self) -> None:
        """Lets what was begun come to its end: a token that is being renewed is not lost."""
        await asyncio.gather(*self._unfinished, return_exceptions=True)
        await self._renewing.close()

    async def _once(
        self, key: Hashable, look: Callable[[], Coroutine[Any, Any, Installation | None]]
    ) -> Installation | None:
        """Whoever waits may be cancelled; what they wait for goes on."""
        looking = self._looking.get(key)
        if looking is None:
            looking = asyncio.create_task(look())
            self._looking[key] = looking
            self._unfinished.add(looking)
            looking.add_done_callback(lambda done: self._ended(key, done))
        return await asyncio.shield(looking)

    def _ended(self, key: Hashable, looking: Looking) -> None:
        self._unfinished.discard(looking)
        if self._looking.get(key) is looking:
            del self._looking[key]
        if not looking.cancelled():
            looking.exception()  # whoever waited has it, if anybody did

    async def _look(self, place: Place) -> Installation | None:
        mine = asyncio.current_task()
        stored = await self._store.of(*place)
        if stored is not None:
            stored = await self._renewing.fresh(stored)
        found = None if stored is None else installation_of(stored)
        if self._looking.get(place) is mine:  # nothing was forgotten meanwhile
            self._known[place] = (self._seconds() + self._lasts(stored), found)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return found

    async def _renew(self, installation: Installation, ended: str) -> Installation | None:
        stored = await self._store.at(installation.place)
        fresh = None if stored is None else await self._renewing.fresh(stored, ended)
        return None if fresh is None else installation_of(fresh)

    def _lasts(self, stored: StoredInstallation | None) -> float:
        if stored is None:
            return UNKNOWN_FOR
        if stored.ends_at is None:
            return KNOWN_FOR
        until_renewal = (stored.ends_at - RENEWED_BEFORE - self._now()).total_seconds()
        return min(KNOWN_FOR, max(until_renewal, UNKNOWN_FOR))


def installation_of(stored: StoredInstallation) -> Installation:
    """As the calls take it."""
    return Installation(
        enterprise=stored.enterprise,
        team=None if stored.org_wide else stored.place,
        org_wide=stored.org_wide,
        app=stored.app,
        bot_user=stored.bot_user,
        token=Secret(stored.token),
        scopes=frozenset(stored.scopes),
    )
