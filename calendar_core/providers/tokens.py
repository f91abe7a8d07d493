"""Access tokens: kept while they last, renewed in time, and asked for once however many wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Trouble

RENEWED_BEFORE_EXPIRY = timedelta(seconds=225)


class TokenSource(Protocol):
    """All that a calendar needs of a grant: one access token. How it was obtained stays here."""

    @property
    def uncovered(self) -> Trouble:
        """What it means when the token does not cover a call."""

    async def token(self, *, instead_of: str | None = None) -> str:
        """A token that is still good; never `instead_of`, which the provider refused.
        Raises ConsentRevoked, ProviderUnavailable or ProviderRejected."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A bearer token and the real instant at which the provider stops taking it."""

    value: str = field(repr=False)
    expires_at: datetime


class GrantedTokens:
    """A TokenSource over `exchange`, which turns a grant into a token. `real_now` is real time: what others sign and
    expire knows no other."""

    def __init__(
        self,
        exchange: Callable[[], Coroutine[None, None, AccessToken]],
        real_now: Callable[[], datetime],
        uncovered: Trouble,
    ) -> None:
        self._exchange = exchange
        self._real_now = real_now
        self._uncovered = uncovered
        self._kept: AccessToken | None = None
        self._under_way: asyncio.Task[AccessToken] | None = None

    @property
    def uncovered(self) -> Trouble:
        return self._uncovered

    async def token(self, *, instead_of: str | None = None) -> str:
        """See TokenSource. A token in its last minutes serves on where no new one is to be had."""
        kept = self._kept if self._kept is not None and self._kept.value != instead_of else None
        if kept is not None and self._lasts(kept, RENEWED_BEFORE_EXPIRY):
            return kept.value
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._exchange())
            self._under_way.add_done_callback(self._exchanged)
        try:
            # Shielded: a caller who goes away must not take the others' token with him.
            return (await asyncio.shield(self._under_way)).value
        except ProviderUnavailable:
            if kept is None or not self._lasts(kept, timedelta(0)):
                raise
            return kept.value

    def _lasts(self, token: AccessToken, margin: timedelta) -> bool:
        return self._real_now() < token.expires_at - margin

    def _exchanged(self, exchange: asyncio.Task[AccessToken]) -> None:
        self._under_way = None
        if exchange.cancelled():
            return
        failure = exchange.exception()
        if failure is None:
            self._kept = exchange.result()
        elif not isinstance(failure, ProviderUnavailable):
            self._kept = None
