"""Google calendars of the sandbox's people, opened as on a real installation."""

from __future__ import annotations

import json

import aiohttp

from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Calendar
from calendar_core.providers.google.auth import ServiceAccount
from calendar_core.providers.google.opening import GoogleDomain, GoogleSettings
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox


def settings_for(
    sandbox: Sandbox, account: ServiceAccount, patience: Patience | None = None, timeout: float = 10
) -> GoogleSettings:
    """This installation, with the sandbox in Google's place."""
    return GoogleSettings(
        service_account=account,
        api_base=f"{sandbox.url}/google/calendar/v3",
        oauth_base=f"{sandbox.url}/google/oauth2",
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
