"""Outlook calendars of the sandbox's people, opened as on a real installation."""

from __future__ import annotations

import aiohttp

from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import Organisation, OrganisationId, User, UserId
from calendar_core.ports import Calendar, Granted
from calendar_core.providers.microsoft.auth import Application, ClientSecret
from calendar_core.providers.microsoft.consent import MicrosoftConsent
from calendar_core.providers.microsoft.opening import (
    MicrosoftSettings,
    OutlookDomain,
    OutlookIndividual,
    microsoft_consent,
)
from calendar_core.providers.patience import Patience
from calendar_core.store import Store
from sandbox.app import Sandbox
from sandbox.login.directory import TENANT
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.keeping import person

REDIRECT = "https://pairtime.example.com/connect/microsoft/callback"


def settings_for(sandbox: Sandbox, patience: Patience | None = None, timeout: float = 10) -> MicrosoftSettings:
    """This installation, with the sandbox in Microsoft's place and let into example.com's tenant."""
    registration = sandbox.entra_registration(redirect_uris=(REDIRECT,))
    return MicrosoftSettings(
        application=Application(registration.client_id, ClientSecret(registration.client_secret)),
        graph_base=f"{sandbox.url}/graph",
        login_base=f"{sandbox.url}/login",
        timeout=timeout,
        patience=patience or Patience(),
    )


async def organisation(id: OrganisationId) -> Organisation:
    """example.com with its tenant."""
    return Organisation(id, "Example", entra_tenant=TENANT)


def domain_for(sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession) -> OutlookDomain:
    """The opener, by real time."""
    return OutlookDomain(settings, connections, sandbox.clock.real_now, organisation)


async def open_for(domain: OutlookDomain, address: str) -> Calendar:
    """The calendar of one person."""
    user = User(UserId(1), OrganisationId(1), address, "Sam Okoye", "Europe/Berlin")
    return await domain.open(user, Integration(user.id, IntegrationKind.OUTLOOK_DOMAIN, Health.OK, address))


def consent_for(sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession) -> MicrosoftConsent:
    """The provider's side of a person's own consent."""
    return microsoft_consent(settings, connections, sandbox.clock.real_now)


async def open_own(
    sandbox: Sandbox, settings: MicrosoftSettings, connections: aiohttp.ClientSession, store: Store, address: str
) -> Calendar:
    """The calendar of one person who has just connected it, by that account."""
    known_as = f"{address.partition('@')[0]}@example.com"
    consent, user = consent_for(sandbox, settings, connections), await person(store, known_as)
    granted = await consented(sandbox, consent, user, REDIRECT, who=address)
    assert isinstance(granted, Granted), granted
    await store.credentials.put(user.id, granted)
    opener = OutlookIndividual(settings, consent, connections, sandbox.clock.real_now, store.credentials)
    integration = Integration(user.id, IntegrationKind.OUTLOOK_INDIVIDUAL, Health.OK, granted.account)
    return await opener.open(user, integration)
