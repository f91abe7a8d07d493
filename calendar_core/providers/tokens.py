"""Access tokens: kept while they last, renewed in time, and asked for once however many wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Protocol

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.ports import Access

RENEWED_BEFORE_EXPIRY = timedelta(seconds=225)


class TokenSource(Protocol):
    """All that a calendar needs of a grant: one access token. How it was obtained stays here."""

    @property
    def uncovered(self) -> Trouble:
        """What it means when the token does not cover a call."""

    async def token(self, *, instead_of: str | None = None, claims: str | None = None) -> str:
        """A token that is still good; never `instead_of`, which the provider refused. `claims` are what it wants of the
        next one instead, in its own words (OpenID Connect 5.5): whoever renews passes them on.
        Raises ConsentRevoked, ProviderUnavailable or ProviderRejected."""


class GrantedTokens:
    """A TokenSource over `exchange`, which turns a grant into a token. `real_now` is real time: what others sign and
    expire knows no other."""

    def __init__(
        self,
        exchange: Callable[[], Coroutine[None, None, Access]],
        real_now: Callable[[], datetime],
        uncovered: Trouble,
    ) -> None:
        self._exchange = exchange
        self._real_now = real_now
        self._uncovered = uncovered
        self._kept: Access | None = None
        self._under_way: asyncio.Task[Access] | None = None

    @property
    def uncovered(self) -> Trouble:
        return self._uncovered

    async def token(self, *, instead_of: str | None = None, claims: str | None = None) -> str:
        """See TokenSource. A token in its last minutes serves on where no new one is to be had. Nobody makes claims on
        those who speak for themselves."""
        del claims
        kept = self._kept if self._kept is not None and self._kept.token != instead_of else None
        if kept is not None and self._lasts(kept, RENEWED_BEFORE_EXPIRY):
            return kept.token
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._exchange())
            self._under_way.add_done_callback(self._exchanged)
        try:
            # Shielded: a caller who goes away must not take the others' token with him.
            return (await asyncio.shield(self._under_way)).token
        except ProviderUnavailable:
            if kept is None or not self._lasts(kept, timedelta(0)):
                raise
            return kept.token

    def _lasts(self, token: Access, margin: timedelta) -> bool:
        return self._real_now() < token.expires_at - margin

    def _exchanged(self, exchange: asyncio.Task[Access]) -> None:
        self._under_way = None
        if exchange.cancelled():
            return
        failure = exchange.exception()
        if failure is None:
            self._kept = exchange.result()
        elif not isinstance(failure, ProviderUnavailable):
            self._kept = None
