"""Withdraws what people's own consents left us once their organisation allows free/busy only: the job `revoke`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.integration import IntegrationKind
from calendar_core.job import Job
from calendar_core.people import UserId
from calendar_core.ports import Clock, Consent, Credentials, Integrations, Modes, People, RetryAt

WHILE_TRANSFERRED = timedelta(seconds=2)
AGAIN = timedelta(minutes=5)
DELETED_AFTER = timedelta(days=1)  # whatever the vendor says


@dataclass(frozen=True, slots=True)
class Revoking:
    """At the vendor's first, then here. What is deleted here cannot be withdrawn there any more."""

    people: People
    integrations: Integrations
    credentials: Credentials
    modes: Modes
    consents: Mapping[IntegrationKind, Consent]
    clock: Clock

    async def revoke(self, job: Job) -> RetryAt | None:
        """Nothing for somebody who has connected again since. Their sessions are taken out of the calendar first."""
        number, now = UserId(int(job.subject[0])), self.clock.now()
        credential = await self.credentials.of(number)
        if credential is None or (await self.integrations.of(number)).kind is credential.kind:
            return None
        if await self.modes.waits_for(number):
            return RetryAt(now + WHILE_TRANSFERRED)
        consent = self.consents.get(credential.kind)
        try:
            if consent is not None:
                await consent.revoke(credential)
        except ProviderRejected:
            pass  # there is nothing more that we could do there
        except ProviderUnavailable:
            change = await self.modes.latest((await self.people.user(number)).organisation)
            if change is not None and now < change.at + DELETED_AFTER:
                return RetryAt(now + AGAIN)
        await self.modes.revoked(number)
        return None
