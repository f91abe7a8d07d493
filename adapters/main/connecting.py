"""Connecting, joined: by the consent of a domain, or by each person's own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from adapters.settings import Settings
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
from calendar_core.ports import Clock
from calendar_core.providers import OpenedCalendars, Surroundings, open_approval, open_consents
from calendar_core.store import Store


def connecting_of(
    settings: Settings, store: Store, calendars: OpenedCalendars, around: Surroundings, clock: Clock
) -> Connecting:
    """Nobody connects a calendar of their own where no browser finds us, or no key seals what that leaves."""
    consents = {kind.suite: consent for kind, consent in open_consents(around).items()}
    site = Site(settings.public_url) if settings.public_url else None
    accounts = Accounts(store.people, store.integrations, store.credentials)
    signing_in = SigningIn(accounts, store.sign_ins, calendars, consents, site, clock)
    following = Following(
        signing_in, store.people, store.integrations, store.credentials, store.sign_ins, consents, clock
    )
    probing = Probing(store.people, store.integrations, store.unconnected, store.sessions, calendars, store.jobs, clock)
    revoking = Revoking(store.credentials, consents, clock)
    in_browser = None
    if site and consents:
        in_browser = InBrowser(store.people, accounts, store.sign_ins, consents, revoking, site, clock)
    return Connecting(
        probing=probing,
        verifying=Verifying(store.people, store.integrations, store.verifications, probing, clock),
        accounts=accounts,
        signing_in=signing_in,
        in_browser=in_browser,
        following=following,
        revoking=revoking,
        approving=Approving(store.people, store.approvals, open_approval(around), probing, store.jobs, site, clock),
        approvals=_approvals(settings, site),
    )


def _approvals(settings: Settings, site: Site | None) -> Mapping[Suite, str]:
    """Where IT approves that people connect their own calendars."""
    where: dict[Suite, str] = {}
    if settings.google_client:
        where[Suite.GOOGLE] = settings.google_client.client_id
    if settings.microsoft:
        query = {"client_id": settings.microsoft.client_id, **({"redirect_uri": site.approval} if site else {})}
        where[Suite.MICROSOFT] = f"{settings.login_base}/organizations/adminconsent?{urlencode(query)}"
    return where
