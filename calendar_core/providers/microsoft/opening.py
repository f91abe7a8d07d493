"""Opens people's Outlook calendars, by the consent of their tenant's administrator."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from calendar_core.errors import NotIntegrated
from calendar_core.integration import Integration, Trouble
from calendar_core.people import Organisation, OrganisationId, User
from calendar_core.ports import Calendar, EventWriter
from calendar_core.providers.patience import Patience
from calendar_core.providers.recent import Recent
from calendar_core.providers.tokens import GrantedTokens

from .auth import PUBLIC_GRAPH, PUBLIC_LOGIN, Application, Entra
from .calendar import GraphCalendar
from .schedule import GraphSchedule
from .sending import GraphApi, Sender

CALENDARS_KEPT = 4_000
TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,127}\Z")  # a GUID or a domain


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftSettings:
    """Bases without a path; national clouds have others. Times in seconds: getSchedule may take long."""

    application: Application
    graph_base: str = PUBLIC_GRAPH
    login_base: str = PUBLIC_LOGIN
    timeout: float = 15
    connect_timeout: float = 3
    patience: Patience = field(default_factory=Patience)


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
        timeout = aiohttp.ClientTimeout(total=settings.timeout, connect=settings.connect_timeout)
        self._application = settings.application
        self._entra = Entra(settings.login_base, settings.graph_base, connections, real_now, timeout)
        self._api = GraphApi(settings.graph_base, connections, real_now, timeout, settings.patience)
        self._organisation = organisation
        self._tokens: dict[str, GrantedTokens] = {}
        self._opened: Recent[tuple[str, str], Calendar] = Recent(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where the organisation has no tenant. The account is an address or
        Entra's id of the person."""
        tenant = (await self._organisation(user.organisation)).entra_tenant
        if tenant is None or not TENANT.match(tenant):
            raise NotIntegrated(user.id, Trouble.ADMIN_CONSENT_MISSING)
        key = (tenant.lower(), integration.account.lower())
        address = integration.account if "@" in integration.account else user.email
        return self._opened.get(key, lambda: self._open(key[0], integration.account, address))

    def _open(self, tenant: str, account: str, address: str) -> Calendar:
        if tenant not in self._tokens:
            self._tokens[tenant] = GrantedTokens(
                lambda: self._entra.exchange(self._application, tenant), self._entra.real_now, Trouble.NOT_COVERED
            )
        sender = Sender(self._api, self._tokens[tenant], "users", account)
        return Calendar(free_busy=GraphSchedule(sender, address), events=GraphCalendar(sender), changes=None)


class OutlookFreeBusyOnly:
    """Outlook - Domain Free/Busy Only: the same application, which asks for getSchedule and nothing else, although its
    permission would let it read titles. Nothing is written, and nothing can be noticed."""

    def __init__(self, domain: OutlookDomain, writer: Callable[[User], EventWriter]) -> None:
        self._domain = domain
        self._writer = writer

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where the organisation has no tenant."""
        free_busy = (await self._domain.open(user, integration)).free_busy
        return Calendar(free_busy=free_busy, events=self._writer(user), changes=None)
