"""An administrator's approval for everybody of a tenant: the link for it, and what comes back.

What a browser brings back is believed in nothing: it only has us find out, by a token of that tenant, whether we are
let in; and the tenant is the one the operator named, whoever signed in at the vendor's page.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.job import PROBE, Job
from calendar_core.people import Organisation
from calendar_core.ports import ApprovalAsked, Approvals, Clock, DomainApproval, Jobs, People
from calendar_core.sign_in import hashed, new_secret

from .probing import Probing
from .site import Site

log = logging.getLogger(__name__)

LASTS = timedelta(days=7)  # administrators are other people, and busy
SPREADS = timedelta(hours=1)  # so long an approval may take


class Approved(Enum):
    """What came of it."""

    YES = "let in"
    LATER = "approved, but not let in yet"
    DECLINED = "not approved"
    FOREIGN = "another tenant's approval"
    TAKEN = "the tenant is another organisation's"
    NOTHING = "nothing was asked for, or long ago"
    SOMEWHERE = "approved without having been asked for: by the link in a text for IT"


@dataclass(frozen=True, slots=True)
class Approving:
    """`vendor` is None where Microsoft is not set up, `site` where no browser finds this installation."""

    people: People
    approvals: Approvals
    vendor: DomainApproval | None
    probing: Probing
    jobs: Jobs
    site: Site | None
    clock: Clock

    async def link(self, name: str, tenant: str) -> str | None:
        """Where an administrator of that tenant approves for the organisation of that name. None where a browser could
        not come back. Raises ValueError for an organisation that is none."""
        own = await self._organisation(name)
        if self.vendor is None or self.site is None:
            return None
        state, now = new_secret(), self.clock.now()
        await self.approvals.ask(ApprovalAsked(hashed(state), own.id, tenant, now + LASTS), now)
        return self.vendor.page(tenant, state=state, redirect=self.site.approval)

    async def answered(self, answer: Mapping[str, str]) -> Approved:
        """What an administrator's browser brought back."""
        came = await self._came(answer)
        log.info("approval: %s", came.value)
        return came

    async def _came(self, answer: Mapping[str, str]) -> Approved:
        declined = "error" in answer or answer.get("admin_consent", "").casefold() != "true"
        if "state" not in answer:
            return Approved.NOTHING if declined else Approved.SOMEWHERE
        asked = await self.approvals.asked(hashed(answer["state"]))
        if asked is None or self.clock.now() >= asked.ends_at or self.vendor is None:
            return Approved.NOTHING
        if declined:
            return Approved.DECLINED
        if answer.get("tenant", "").casefold() != asked.tenant.casefold():
            return Approved.FOREIGN
        organisation = await self.people.organisation(asked.organisation)
        try:
            if await self.vendor.lets_in(asked.tenant):
                return await self._connected(organisation.name, asked.tenant)
        except (ProviderUnavailable, ProviderRejected) as silence:
            log.warning("approval: %s", type(silence).__name__)
        await self.jobs.defer(Job(PROBE), not_before=self.clock.now() + SPREADS)
        return Approved.LATER

    async def _connected(self, name: str, tenant: str) -> Approved:
        try:
            await self.probing.connect_domain(name, tenant=tenant)
        except ValueError:  # since it was asked for, the operator has given that tenant to another organisation
            return Approved.TAKEN
        return Approved.YES

    async def _organisation(self, name: str) -> Organisation:
        for each in await self.people.organisations():
            if each.name.casefold() == name.casefold():
                return each
        raise ValueError(f'No organisation is called "{name}".')
