"""Opens people's Outlook calendars, by the consent of their tenant's administrator or by their own."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from calendar_core.errors import NotIntegrated
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import Organisation, OrganisationId, User, UserId
from calendar_core.ports import Calendar, Credentials, EventWriter
from calendar_core.providers.kept import Kept
from calendar_core.providers.patience import Patience
from calendar_core.providers.renewal import RenewedTokens
from calendar_core.providers.tokens import GrantedTokens

from .auth import PUBLIC_GRAPH, PUBLIC_LOGIN, Application, Entra
from .calendar import GraphCalendar
from .consent import CONSUMERS, MicrosoftConsent
from .free_busy import GraphCalendarView, GraphSchedule
from .own_hours import GraphHours
from .owner import GraphOwner, SettingsShown
from .sending import GraphApi, Sender

CALENDARS_KEPT = 4_000
TENANT_KEPT = timedelta(seconds=10)
TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,127}\Z")  # a GUID or a domain


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftSettings:
    """Bases without a path; national clouds have others. `personal_accounts`: people may connect those, too. Times in
    seconds: getSchedule may take long."""

    application: Application
    graph_base: str = PUBLIC_GRAPH
    login_base: str = PUBLIC_LOGIN
    personal_accounts: bool = False
    timeout: float = 15
    connect_timeout: float = 3
    patience: Patience = field(default_factory=Patience)

    @property
    def limits(self) -> aiohttp.ClientTimeout:
        """Of one request."""
        return aiohttp.ClientTimeout(total=self.timeout, connect=self.connect_timeout)


class OutlookDomain:
    """Outlook - Domain: the installation's application acts in every mailbox of a tenant that let it in.

    One token a tenant, kept for all its people; a person's calendar is opened once and kept while it is used, with its
    limit on calls at once.
    """

    def __init__(
        self,
        settings: MicrosoftSettings,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
        organisation: Callable[[OrganisationId], Awaitable[Organisation]],
    ) -> None:
        self._application = settings.application
        self._entra = entra(settings, connections, real_now)
        self._api = GraphApi(settings.graph_base, connections, real_now, settings.limits, settings.patience)
        self._organisation = organisation
        self._tenants: dict[OrganisationId, tuple[str, datetime]] = {}
        self._tokens: dict[str, GrantedTokens] = {}
        self._settings_shown: dict[str, SettingsShown] = {}
        self._opened: Kept[tuple[str, str], Calendar] = Kept(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where the organisation has no tenant. The account is an address or
        Entra's id of the person."""
        tenant = await self._tenant(user)
        key = (tenant.lower(), integration.account.lower())
        address = integration.account if "@" in integration.account else user.email
        return self._opened.get(key, lambda: self._open(key[0], integration.account, address))

    async def _tenant(self, user: User) -> str:
        """As it was stored at most TENANT_KEPT ago: every look-up asks for it, and it changes once in years."""
        now, known = self._api.real_now(), self._tenants.get(user.organisation)
        if known is not None and now - TENANT_KEPT < known[1] <= now:
            return known[0]
        tenant = (await self._organisation(user.organisation)).entra_tenant
        if tenant is None or not TENANT.match(tenant):
            raise NotIntegrated(user.id, Trouble.ADMIN_CONSENT_MISSING)
        self._tenants[user.organisation] = (tenant, now)
        return tenant

    def _open(self, tenant: str, account: str, address: str) -> Calendar:
        if tenant not in self._tokens:
            self._tokens[tenant] = GrantedTokens(
                lambda: self._entra.exchange(self._application, tenant), self._entra.real_now, Trouble.NOT_COVERED
            )
        sender = Sender(self._api, self._tokens[tenant], "users", account)
        return Calendar(
            free_busy=GraphSchedule(sender, address),
            events=GraphCalendar(sender),
            hours=GraphHours(sender, address, self._api.real_now),
            owner=GraphOwner(sender, self._settings_shown.setdefault(tenant, SettingsShown(self._api.real_now))),
        )


class OutlookFreeBusyOnly:
    """Outlook - Domain Free/Busy Only: the same application, which asks for getSchedule and nothing else, although its
    permission would let it read titles. Nothing is written."""

    def __init__(self, domain: OutlookDomain, writer: Callable[[User], EventWriter]) -> None:
        self._domain = domain
        self._writer = writer

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where the organisation has no tenant."""
        opened = await self._domain.open(user, integration)
        return Calendar(free_busy=opened.free_busy, events=self._writer(user), hours=opened.hours)


class OutlookIndividual:
    """Outlook - Individual: each by their own consent, in their own mailbox (/me) alone. What the consent left us is in
    the store, and read there for each call."""

    def __init__(
        self,
        settings: MicrosoftSettings,
        consent: MicrosoftConsent,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
        credentials: Credentials,
    ) -> None:
        self._consent = consent
        self._credentials = credentials
        self._api = GraphApi(settings.graph_base, connections, real_now, settings.limits, settings.patience)
        self._opened: Kept[tuple[UserId, str, str, str], Calendar] = Kept(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where no consent of theirs is kept."""
        known = await self._credentials.of(user.id)
        if known is None or known.kind is not IntegrationKind.OUTLOOK_INDIVIDUAL:
            raise NotIntegrated(user.id, integration.trouble or Trouble.NEVER_CONNECTED)
        key = (user.id, known.subject, known.account, user.time_zone)
        return self._opened.get(key, lambda: self._open(*key))

    def _open(self, user: UserId, subject: str, account: str, zone: str) -> Calendar:
        tokens = RenewedTokens((user, subject), self._credentials, self._consent.renew, self._api.real_now)
        sender = Sender(self._api, tokens, "me")
        personal = subject.endswith(f".{CONSUMERS}")
        free_busy = GraphCalendarView(sender, zone) if personal else GraphSchedule(sender, account)
        hours = None if personal else GraphHours(sender, account, self._api.real_now)  # such accounts have none
        return Calendar(free_busy=free_busy, events=GraphCalendar(sender), hours=hours)


def entra(settings: MicrosoftSettings, connections: aiohttp.ClientSession, real_now: Callable[[], datetime]) -> Entra:
    """Of this installation's cloud."""
    return Entra(settings.login_base, settings.graph_base, connections, real_now, settings.limits)


def microsoft_consent(
    settings: MicrosoftSettings, connections: aiohttp.ClientSession, real_now: Callable[[], datetime]
) -> MicrosoftConsent:
    """By which people of any organisation connect their own calendars."""
    return MicrosoftConsent(
        settings.application,
        entra(settings, connections, real_now),
        GraphApi(settings.graph_base, connections, real_now, settings.limits, settings.patience),
        personal_accounts=settings.personal_accounts,
    )
