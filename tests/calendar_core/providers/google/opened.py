"""Google calendars of the sandbox's people, opened as on a real installation."""

from __future__ import annotations

import json

import aiohttp

from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Calendar, Granted
from calendar_core.providers.google.consent import GoogleConsent, OAuthClient
from calendar_core.providers.google.opening import GoogleDomain, GoogleIndividual, GoogleSettings, token_endpoint
from calendar_core.providers.google.signing import ServiceAccount
from calendar_core.providers.patience import Patience
from calendar_core.store import Store
from sandbox.app import Sandbox
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.keeping import person

REDIRECT = "https://pairtime.example.com/connect/google/callback"


def settings_for(
    sandbox: Sandbox, account: ServiceAccount | None, patience: Patience | None = None, timeout: float = 10
) -> GoogleSettings:
    """This installation, with the sandbox in Google's place."""
    client = sandbox.google_client(REDIRECT)
    return GoogleSettings(
        service_account=account,
        client=OAuthClient(client.client_id, client.client_secret),
        api_base=f"{sandbox.url}/google/calendar/v3",
        oauth_base=f"{sandbox.url}/google/oauth2",
        accounts_base=f"{sandbox.url}/google",
        timeout=timeout,
        patience=patience or Patience(),
    )


def domain_for(sandbox: Sandbox, settings: GoogleSettings, connections: aiohttp.ClientSession) -> GoogleDomain:
    """The opener, by real time."""
    assert settings.service_account is not None
    return GoogleDomain(settings, settings.service_account, connections, sandbox.clock.real_now)


async def open_for(domain: GoogleDomain, address: str) -> Calendar:
    """The calendar of one person."""
    user = User(UserId(1), OrganisationId(1), address, "Ana Ruiz", "America/New_York")
    return await domain.open(user, Integration(user.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, address))


def account_of(sandbox: Sandbox, *domains: str) -> ServiceAccount:
    """A service account to which the domains have delegated the usual scopes."""
    return ServiceAccount.from_json(json.dumps(sandbox.service_account_key(*domains)))


def consent_for(sandbox: Sandbox, settings: GoogleSettings, connections: aiohttp.ClientSession) -> GoogleConsent:
    """The provider's side of a person's own consent."""
    assert settings.client is not None
    endpoint = token_endpoint(settings, connections, sandbox.clock.real_now)
    return GoogleConsent(
        settings.client, endpoint, accounts_base=settings.accounts_base, oauth_base=settings.oauth_base
    )


async def open_own(
    sandbox: Sandbox, settings: GoogleSettings, connections: aiohttp.ClientSession, store: Store, address: str
) -> Calendar:
    """The calendar of one person who has just connected it."""
    consent, user = consent_for(sandbox, settings, connections), await person(store, address)
    granted = await consented(sandbox, consent, user, REDIRECT)
    assert isinstance(granted, Granted), granted
    await store.credentials.put(user.id, granted)
    opener = GoogleIndividual(settings, consent, connections, sandbox.clock.real_now, store.credentials)
    integration = Integration(user.id, IntegrationKind.GOOGLE_INDIVIDUAL, Health.OK, granted.account)
    return await opener.open(user, integration)
