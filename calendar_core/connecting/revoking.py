"""Takes back at the vendor's what people's own consents left us, once they connect nobody: the job `revoke`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.integration import Suite
from calendar_core.job import Job
from calendar_core.people import UserId
from calendar_core.ports import Clock, Consent, Credentials, RetryAt, Withdrawal

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=5)
AT_LATEST = timedelta(days=1)  # after that a consent we cannot withdraw is deleted here all the same


@dataclass(frozen=True, slots=True)
class Revoking:
    """What is to be withdrawn lies in the store until the vendor has heard of it, whatever becomes of its person."""

    credentials: Credentials
    consents: Mapping[Suite, Consent]
    clock: Clock

    async def revoke(self, job: Job) -> RetryAt | None:
        """Everything of one person that connects them no more."""
        user, silent = UserId(int(job.subject[0])), False
        await self.credentials.let_go(user, self.clock.now())
        for each in await self.credentials.withdrawals(user):
            try:
                await self._withdraw(each)
            except ProviderUnavailable:
                silent = silent or not await self._given_up(each)
        return RetryAt(self.clock.now() + AGAIN) if silent else None

    async def finish(self, user: UserId, suite: Suite) -> None:
        """The same at one vendor's, before the person consents there anew: who withdraws a consent at Google withdraws
        all that the account has allowed us by then, and so the new one. Raises ProviderUnavailable."""
        await self.credentials.let_go(user, self.clock.now())
        for each in await self.credentials.withdrawals(user):
            if each.credential.kind.suite is suite:
                await self._withdraw(each)

    async def _withdraw(self, each: Withdrawal) -> None:
        """Nobody is asked where the account connects somebody, in another organisation perhaps: it would be withdrawn
        from under them."""
        known = each.credential
        consent = next((one for one in self.consents.values() if one.kind is known.kind), None)
        if consent is not None and not await self.credentials.held(known.kind, known.subject):
            try:
                await consent.revoke(known)
            except ProviderRejected as refused:
                log.warning("revoke %d: %s", known.user, refused.code)
        await self.credentials.withdrawn(each)

    async def _given_up(self, each: Withdrawal) -> bool:
        if self.clock.now() < each.since + AT_LATEST:
            return False
        log.warning("revoke %d: the vendor never answered", each.credential.user)
        await self.credentials.withdrawn(each)
        return True
