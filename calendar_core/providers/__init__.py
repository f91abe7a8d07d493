"""The calendars we read and write: one folder a vendor, known to the rest only through the ports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import aiohttp

from calendar_core.errors import NotIntegrated
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import Organisation, OrganisationId, User
from calendar_core.ports import Calendar, Clock, Consent, Credentials, DomainApproval, EventWriter, Integrations

from .google.consent import GoogleConsent
from .google.opening import GoogleDomain, GoogleIndividual, GoogleSettings, token_endpoint
from .mailed import MailedEvents, MailedFrom
from .microsoft.approval import MicrosoftApproval
from .microsoft.consent import MicrosoftConsent
from .microsoft.opening import (
    MicrosoftSettings,
    OutlookDomain,
    OutlookFreeBusyOnly,
    OutlookIndividual,
    entra,
    microsoft_consent,
)
from .observed import Observer, observed


class Opener(Protocol):
    """Opens calendars of one kind of integration."""

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls no provider. Raises NotIntegrated where something is missing to ask it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """What each vendor needs to know of this installation; None where it is not set up."""

    google: GoogleSettings | None = None
    microsoft: MicrosoftSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What openers may use. `organisation` (People.organisation) knows whose tenant a person's calendar is in;
    `real_now` is real time: what others sign and expire knows no other clock. `mailed_from`: what invitations by mail
    need, None where none are wanted. `credentials` is None where there is no key to seal with: then nobody connects a
    calendar of their own."""

    settings: ProviderSettings
    organisation: Callable[[OrganisationId], Awaitable[Organisation]]
    connections: aiohttp.ClientSession
    real_now: Callable[[], datetime]
    mailed_from: MailedFrom | None = None
    credentials: Credentials | None = None


def _google_domain(around: Surroundings) -> Opener | None:
    settings = around.settings.google
    if settings is None or settings.service_account is None:
        return None
    return GoogleDomain(settings, settings.service_account, around.connections, around.real_now)


def _google_individual(around: Surroundings) -> Opener | None:
    settings, consent = around.settings.google, _google_consent(around)
    if settings is None or consent is None or around.credentials is None:
        return None
    return GoogleIndividual(settings, consent, around.connections, around.real_now, around.credentials)


def _google_consent(around: Surroundings) -> GoogleConsent | None:
    settings = around.settings.google
    if settings is None or settings.client is None or around.credentials is None:
        return None
    endpoint = token_endpoint(settings, around.connections, around.real_now)
    return GoogleConsent(
        settings.client, endpoint, accounts_base=settings.accounts_base, oauth_base=settings.oauth_base
    )


def _outlook_domain(around: Surroundings) -> Opener | None:
    if around.settings.microsoft is None:
        return None
    return OutlookDomain(around.settings.microsoft, around.connections, around.real_now, around.organisation)


def _outlook_free_busy_only(around: Surroundings) -> Opener | None:
    mailed_from = around.mailed_from
    if around.settings.microsoft is None or mailed_from is None:
        return None
    domain = OutlookDomain(around.settings.microsoft, around.connections, around.real_now, around.organisation)
    return OutlookFreeBusyOnly(domain, lambda user: MailedEvents(mailed_from, user.id))


def _outlook_individual(around: Surroundings) -> Opener | None:
    settings, consent = around.settings.microsoft, _microsoft_consent(around)
    if settings is None or consent is None or around.credentials is None:
        return None
    return OutlookIndividual(settings, consent, around.connections, around.real_now, around.credentials)


def _microsoft_consent(around: Surroundings) -> MicrosoftConsent | None:
    settings = around.settings.microsoft
    if settings is None or around.credentials is None:
        return None
    return microsoft_consent(settings, around.connections, around.real_now)


OPENERS: Mapping[IntegrationKind, Callable[[Surroundings], Opener | None]] = {
    IntegrationKind.GOOGLE_DOMAIN: _google_domain,
    IntegrationKind.GOOGLE_INDIVIDUAL: _google_individual,
    IntegrationKind.OUTLOOK_DOMAIN: _outlook_domain,
    IntegrationKind.OUTLOOK_FREE_BUSY_ONLY: _outlook_free_busy_only,
    IntegrationKind.OUTLOOK_INDIVIDUAL: _outlook_individual,
}
CONSENTS: Mapping[IntegrationKind, Callable[[Surroundings], Consent | None]] = {
    IntegrationKind.GOOGLE_INDIVIDUAL: _google_consent,
    IntegrationKind.OUTLOOK_INDIVIDUAL: _microsoft_consent,
}


class OpenedCalendars:
    """Calendars: decides by the kind of a person's integration, and by nothing else."""

    def __init__(
        self,
        openers: Mapping[IntegrationKind, Opener],
        integrations: Integrations,
        clock: Clock,
        mailed_from: MailedFrom | None = None,
    ) -> None:
        self._openers = openers
        self._mailed_from = mailed_from
        self._integrations = integrations
        self._clock = clock

    async def of(self, user: User) -> Calendar:
        """See Calendars. A kind this installation is not set up for is not integrated."""
        integration = await self._integrations.of(user.id)
        if not integration.usable:
            raise NotIntegrated(user.id, integration.trouble or Trouble.NEVER_CONNECTED)
        return await self.through(user, integration)

    async def through(self, user: User, integration: Integration) -> Calendar:
        """See Calendars. Also one whose health says no."""
        calendar = await self.formerly(user, integration)
        return observed(calendar, Observer(integration, self._integrations, self._clock))

    async def formerly(self, user: User, integration: Integration) -> Calendar:
        """See Calendars. Nobody hears how it goes."""
        opener = self._openers.get(integration.kind) if integration.kind else None
        if opener is None:
            raise NotIntegrated(user.id, Trouble.NEVER_CONNECTED)
        return await opener.open(user, integration)

    def by_mail(self, user: User) -> EventWriter:
        """See Calendars."""
        if self._mailed_from is None:
            raise NotIntegrated(user.id, Trouble.NEVER_CONNECTED)
        return MailedEvents(self._mailed_from, user.id)


def open_calendars(around: Surroundings, integrations: Integrations, clock: Clock) -> OpenedCalendars:
    """Once in a process, inside its loop. Raises ValueError for settings that cannot be right (a broken key)."""
    openers = {kind: opener for kind, make in OPENERS.items() if (opener := make(around)) is not None}
    return OpenedCalendars(openers, integrations, clock, around.mailed_from)


def open_consents(around: Surroundings) -> Mapping[IntegrationKind, Consent]:
    """By what each kind of individual connection is asked for: those that this installation is set up for."""
    return {kind: consent for kind, make in CONSENTS.items() if (consent := make(around)) is not None}


def open_approval(around: Surroundings) -> DomainApproval | None:
    """Microsoft's: at Google an administrator approves in the console alone. None where it is not set up."""
    settings = around.settings.microsoft
    if settings is None:
        return None
    return MicrosoftApproval(settings.application, entra(settings, around.connections, around.real_now))
