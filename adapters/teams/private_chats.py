"""The two-sided chat of an account with the bot: the one that is known, or one that is made, once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from calendar_core.people import Identity
from calendar_core.ports import TeamsPlace, TeamsPlaces

from .connector import Connector, NotThere, Place

Value = TypeVar("Value")

log = logging.getLogger(__name__)

UNKNOWN = 404


@dataclass(frozen=True, slots=True)
class PrivateChats:
    """`fallback` is the cloud's own address, where people are found who have been moved. `real_now` is real time."""

    places: TeamsPlaces
    connector: Connector
    fallback: str
    real_now: Callable[[], datetime]

    async def of(self, account: Identity) -> Place | None:
        """None for an account that was never seen, or from where the app was removed. Raises ProviderUnavailable,
        TeamsRefused, NoToken."""
        known = await self.places.of(account)
        if known is None:
            return None
        if known.conversation is None:
            known = await self._made(known)
        return _place(known, known.service_url)

    async def wherever(self, account: Identity, place: Place, work: Callable[[Place], Awaitable[Value]]) -> Value:
        """Does it there, or where that chat has been moved to. Raises what `work` raises."""
        try:
            return await work(place)
        except NotThere:
            elsewhere = self._elsewhere(place)
            if elsewhere is None:
                raise
            done = await work(elsewhere)
            await self._found(account, elsewhere)
            return done

    async def instead_of(self, account: Identity, place: Place, refused: NotThere) -> Place:
        """The chat of the two as Teams makes it, where it does not know the one that was told. Raises `refused` where
        it said anything else, or makes the same; and what making one raises."""
        known = await self.places.of(account)
        if refused.status != UNKNOWN or known is None:
            raise refused
        made = await self._made(known)
        if made.conversation == place.conversation:
            raise refused
        return _place(made, made.service_url)

    def _elsewhere(self, place: Place) -> Place | None:
        """Where else the same chat may be reached, after it was not there; None where there is nowhere else."""
        there = replace(place, service_url=self.fallback)
        return None if place.service_url.rstrip("/") == self.fallback.rstrip("/") else there

    async def _found(self, account: Identity, place: Place) -> None:
        """It was reached there: so it is from now on."""
        known = await self.places.of(account)
        if known is not None:
            await self.places.put(replace(known, service_url=place.service_url, seen_at=self.real_now()))

    async def _made(self, known: TeamsPlace) -> TeamsPlace:
        tenant = known.account.issuer.partition(":")[2]
        try:
            made = await self.connector.create(tenant, known.service_url, known.bot, known.member)
        except NotThere as refused:
            if known.service_url.rstrip("/") == self.fallback.rstrip("/"):
                raise
            log.info("teams: looked for at the cloud's own address", extra={"code": refused.code})
            made = await self.connector.create(tenant, self.fallback, known.bot, known.member)
            known = replace(known, service_url=self.fallback)
        known = replace(known, conversation=made, seen_at=self.real_now())
        await self.places.put(known)
        return known


def _place(known: TeamsPlace, service_url: str) -> Place:
    return Place(known.account.issuer.partition(":")[2], service_url, known.conversation or "")
