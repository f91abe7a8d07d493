"""Installations that workspaces and organisations made themselves: from the store, by way of memory, and renewed."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex

from adapters.secret import Secret
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.ports import SlackInstallations, StoredInstallation

from .installation import Installation
from .oauth import SlackOAuth

log = logging.getLogger(__name__)

KNOWN_FOR, UNKNOWN_FOR = 300.0, 10.0  # seconds
MOST = 10_000
RENEWED_BEFORE = timedelta(hours=1)
LEASE = timedelta(seconds=30)
LOOKS, LOOK_EVERY = 50, 0.2  # seconds: while another process renews a token that has ended
DEAD = frozenset({"account_inactive", "app_not_installed", "token_revoked"})

Place = tuple[str | None, str | None]


class KeptInstallations:
    """Installations. `now` is real time; `seconds` never go back."""

    def __init__(
        self,
        store: SlackInstallations,
        oauth: SlackOAuth,
        now: Callable[[], datetime],
        seconds: Callable[[], float],
    ) -> None:
        self._store = store
        self._oauth = oauth
        self._now = now
        self._seconds = seconds
        self._known: OrderedDict[Place, tuple[float, Installation | None]] = OrderedDict()
        self._asking = asyncio.Lock()

    async def of(self, team: str | None, enterprise: str | None) -> Installation | None:
        """See Installations."""
        place = (team, enterprise)
        known = self._at_hand(place)
        if known is not None:
            return known[1]
        async with self._asking:
            known = self._at_hand(place)
            if known is not None:
                return known[1]
            stored = await self._store.of(team, enterprise)
            if stored is not None:
                stored = await self._fresh(stored)
            found = None if stored is None else installation_of(stored)
            self._remember(place, found, self._lasts(stored))
            return found

    async def remove(
        self, team: str | None, enterprise: str | None, *, org_wide: bool, happened: datetime | None = None
    ) -> None:
        """See Installations."""
        place = enterprise if org_wide else team
        if place is not None:
            before = None if happened is None else happened + timedelta(seconds=1)  # Slack counts whole seconds
            await self._store.remove(place, org_wide=org_wide, before=before)
        self.forget()

    async def withdrawn(self, installation: Installation, code: str) -> None:
        """Slack takes its token no more: it is looked for anew, and one that is dead is kept no longer."""
        self.forget()
        if code not in DEAD:
            return
        stored = await self._store.of(installation.team, installation.enterprise)
        if stored is not None and stored.token == installation.token.reveal():
            await self._store.remove(stored.place, org_wide=stored.org_wide, before=stored.installed_at)

    def forget(self) -> None:
        """Everything is looked for anew."""
        self._known.clear()

    # --- tokens that end ---------------------------------------------------------------------------------------------

    async def _fresh(self, stored: StoredInstallation) -> StoredInstallation:
        """One process renews it, well before it ends; the others go on with the present one for as long as it lasts."""
        for _ in range(LOOKS):
            if stored.ends_at is None or stored.refresh is None or stored.ends_at - self._now() > RENEWED_BEFORE:
                return stored
            holder, now = token_hex(8), self._now()
            leased = await self._store.lease(stored.place, holder, now, now + LEASE)
            if leased is not None:
                return await self._renewed(leased, holder)
            if stored.ends_at > now:
                return stored
            await asyncio.sleep(LOOK_EVERY)
            stored = await self._store.of(None if stored.org_wide else stored.place, stored.enterprise) or stored
        return stored

    async def _renewed(self, leased: StoredInstallation, holder: str) -> StoredInstallation:
        """The one who was there before may have renewed it."""
        if leased.refresh is None or leased.ends_at is None or leased.ends_at - self._now() > RENEWED_BEFORE:
            await self._store.release(leased.place, holder)
            return leased
        try:
            new = await self._oauth.renew(leased.refresh)
        except (ProviderUnavailable, ProviderRejected) as failed:
            log.warning("slack: a token could not be renewed", extra={"kind": type(failed).__name__})
            await self._store.release(leased.place, holder)
            return leased
        token, refresh = new.token.reveal(), new.refresh.reveal()
        await self._store.renewed(leased.place, holder, token, refresh, new.ends_at)
        return await self._store.of(None if leased.org_wide else leased.place, leased.enterprise) or leased

    # --- memory ------------------------------------------------------------------------------------------------------

    def _at_hand(self, place: Place) -> tuple[float, Installation | None] | None:
        known = self._known.get(place)
        return known if known is not None and known[0] > self._seconds() else None

    def _lasts(self, stored: StoredInstallation | None) -> float:
        if stored is None:
            return UNKNOWN_FOR
        if stored.ends_at is None:
            return KNOWN_FOR
        until_renewal = (stored.ends_at - RENEWED_BEFORE - self._now()).total_seconds()
        return min(KNOWN_FOR, max(until_renewal, UNKNOWN_FOR))

    def _remember(self, place: Place, found: Installation | None, lasts: float) -> None:
        self._known[place] = (self._seconds() + lasts, found)
        while len(self._known) > MOST:
            self._known.popitem(last=False)


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
