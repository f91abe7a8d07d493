"""Connecting, wired as the installation wires it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calendar_core.connecting import (
    Accounts,
    Approving,
    Connecting,
    Following,
    InBrowser,
    Probing,
    Revoking,
    SigningIn,
    Site,
    Verifying,
)
from calendar_core.integration import Suite
from calendar_core.ports import Calendars, Clock, Consent
from calendar_core.store import Store

NO_CONSENTS: Mapping[Suite, Consent] = MappingProxyType({})


def assembled(
    store: Store,
    calendars: Calendars,
    clock: Clock,
    consents: Mapping[Suite, Consent] = NO_CONSENTS,
    site: Site | None = None,
) -> Connecting:
    """Without a site nobody can connect a calendar of their own."""
    accounts = Accounts(store.people, store.integrations, store.credentials)
    signing_in = SigningIn(accounts, store.sign_ins, calendars, consents, site, clock)
    revoking = Revoking(store.credentials, consents, clock)
    in_browser = InBrowser(store.people, accounts, store.sign_ins, consents, revoking, site, clock) if site else None
    probing = Probing(store.people, store.integrations, store.unconnected, store.sessions, calendars, store.jobs, clock)
    return Connecting(
        probing=probing,
        verifying=Verifying(store.people, store.integrations, store.verifications, probing, clock),
        accounts=accounts,
        signing_in=signing_in,
        in_browser=in_browser,
        following=Following(
            signing_in, store.people, store.integrations, store.credentials, store.sign_ins, consents, clock
        ),
        revoking=revoking,
        approving=Approving(store.people, store.approvals, None, probing, store.jobs, site, clock),
        approvals={},
    )
