"""One person's access tokens, made from what their consent left us: renewed once, however many processes wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderError, ProviderUnavailable, StoreUnavailable
from calendar_core.integration import Trouble
from calendar_core.people import UserId
from calendar_core.ports import Access, Credential, Credentials

from .tokens import RENEWED_BEFORE_EXPIRY

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a vendor gave: the newest secret (the old one where it does not change), and an access token."""

    secret: str = field(repr=False)
    access: Access


Exchange = Callable[[Credential, str | None], Awaitable[Renewal]]
"""Shows the vendor a credential's secret, with the claims that it made, if any. One attempt. Raises ConsentRevoked,
ProviderUnavailable, ProviderRejected."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds: how long whoever renews may take, how long the others believe in it, and how often they look. The lease
    is the longer by what it takes to store the outcome; if its holder was killed, somebody else's turn comes then. It
    runs out for one who is merely slow, too, or whose clock is set: that costs a call, and loses nothing."""

    exchange: float = 20.0
    lease: float = 30.0
    look: float = 0.1

    @property
    def patience(self) -> float:
        """How long to wait for others: for one who was killed, and for the next one."""
        return self.lease + self.exchange


USUAL_TURN = Turn()


class RenewedTokens:
    """A TokenSource over what the store keeps of one person's consent. The token lies there, sealed, for all processes:
    so it is read each time, and a person who connects anew or disconnects is never served by an old one.

    Of all who find it ended the first to take the lease asks the vendor; the others wait for the row. What the vendor
    refused is refused to all who had asked before the row said so, and to ask is to read the row: that alone has one
    order over all processes. Whoever reads it later tries again.
    """

    uncovered = Trouble.ACCESS_WITHDRAWN  # whoever ticks everything again repairs it

    def __init__(
        self,
        whose: tuple[UserId, str],
        credentials: Credentials,
        exchange: Exchange,
        real_now: Callable[[], datetime],
        turn: Turn = USUAL_TURN,
    ) -> None:
        """`whose`: the person, and the vendor's own id of their account."""
        self._user, self._subject = whose
        self._credentials = credentials
        self._exchange = exchange
        self._real_now = real_now
        self._turn = turn
        self._under_way: asyncio.Task[Access] | None = None

    async def token(self, *, instead_of: str | None = None, claims: str | None = None) -> str:
        """See TokenSource. A token in its last minutes serves on where no new one is to be had."""
        known = await self._known()
        if access := self._good(known, instead_of, RENEWED_BEFORE_EXPIRY):
            return access.token
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._renewed(known, instead_of, claims))
            self._under_way.add_done_callback(self._done)
        try:
            # Shielded: a caller who goes away must not take the others' token with him.
            return (await asyncio.shield(self._under_way)).token
        except ProviderUnavailable:
            if access := self._good(known, instead_of, timedelta(0)):
                return access.token
            raise

    async def _known(self) -> Credential:
        known = await self._credentials.of(self._user)
        if known is None or known.subject != self._subject:  # disconnected, or connected to another account, just now
            raise ProviderUnavailable("that consent is not kept any more")
        return known

    def _good(self, known: Credential, instead_of: str | None, margin: timedelta) -> Access | None:
        access = known.access
        if access is None or access.token == instead_of or self._real_now() >= access.expires_at - margin:
            return None
        return access

    async def _renewed(self, asked: Credential, instead_of: str | None, claims: str | None) -> Access:
        """`asked` is what was known when it was asked for. Raises ProviderUnavailable after waiting in vain."""
        holder = uuid4().hex
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self._turn.patience
        while True:
            now = self._real_now()
            leased = await self._credentials.lease(self._user, holder, now, now + timedelta(seconds=self._turn.lease))
            known = leased or await self._known()
            if access := self._good(known, instead_of, RENEWED_BEFORE_EXPIRY):
                await self._release(leased, holder)
                return access
            if known.refused is not None and known.revision > asked.revision:
                await self._release(leased, holder)
                raise ConsentRevoked(known.refused)
            if leased is not None and (access := await self._ask(leased, holder, claims)):
                return access
            if loop.time() > give_up_at:
                raise ProviderUnavailable("somebody else has been renewing it for too long")
            await asyncio.sleep(self._turn.look)

    async def _ask(self, leased: Credential, holder: str, claims: str | None) -> Access | None:
        """None if it was refused, but the lease was lost: somebody else may have spent the secret, and stores more."""
        try:
            async with asyncio.timeout(self._turn.exchange):
                renewal = await self._exchange(leased, claims)
        except DomainRefused:  # our own client is refused, whoever's consent it shows: nobody's is spent by that
            await self._release(leased, holder)
            raise
        except ConsentRevoked as revoked:
            if not await self._credentials.refused(self._user, holder, revoked.trouble, self._real_now()):
                return None
            raise
        except TimeoutError as silence:
            await self._release(leased, holder)
            raise ProviderUnavailable("the token took too long") from silence
        except ProviderError:
            await self._release(leased, holder)
            raise
        if not await self._stored(leased, holder, renewal):  # connected anew, disconnected, or renewed by another
            logger.info("what was renewed had been replaced", extra={"user": self._user})
        return renewal.access

    async def _stored(self, spent: Credential, holder: str, renewal: Renewal) -> bool:
        """Tries for as long as others would wait: the vendor may take nothing but what it gave from now on."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self._turn.lease
        while True:
            try:
                return await self._credentials.renewed(spent, holder, renewal.secret, renewal.access)
            except StoreUnavailable:
                if loop.time() > give_up_at:
                    raise
            await asyncio.sleep(self._turn.look)

    async def _release(self, leased: Credential | None, holder: str) -> None:
        if leased is not None:
            await self._credentials.release(self._user, holder)

    def _done(self, renewal: asyncio.Task[Access]) -> None:
        self._under_way = None
        if not renewal.cancelled():
            renewal.exception()  # whoever waits hears of it; that nobody does any more is no news
