"""Opens people's Google calendars, by the domain's consent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from calendar_core.integration import Integration
from calendar_core.people import User
from calendar_core.ports import Calendar
from calendar_core.providers.patience import Patience
from calendar_core.providers.recent import Recent
from calendar_core.providers.tokens import GrantedTokens

from .auth import Delegation, ServiceAccount, TokenEndpoint, signer_of
from .calendar import GoogleCalendar
from .sending import CalendarApi, Sender

CALENDARS_KEPT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """`api_base` includes the path; `oauth_base` is what /token is appended to. Times in seconds."""

    service_account: ServiceAccount
    api_base: str = "https://www.googleapis.com/calendar/v3"
    oauth_base: str = "https://oauth2.googleapis.com"
    timeout: float = 10
    connect_timeout: float = 3
    patience: Patience = field(default_factory=Patience)


class GoogleDomain:
    """Google - Domain: the installation's service account acts for each person of the domain.

    A person's calendar is opened once and kept while it is used: it carries their token and the limit on calls at once.
    """

    def __init__(
        self, settings: GoogleSettings, connections: aiohttp.ClientSession, real_now: Callable[[], datetime]
    ) -> None:
        timeout = aiohttp.ClientTimeout(total=settings.timeout, connect=settings.connect_timeout)
        self._account = settings.service_account
        self._signer = signer_of(settings.service_account)
        self._endpoint = TokenEndpoint(f"{settings.oauth_base}/token", connections, real_now, timeout)
        self._api = CalendarApi(settings.api_base, connections, real_now, timeout, settings.patience)
        self._opened: Recent[str, Calendar] = Recent(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. The account is the primary address: an alias is refused as a subject."""
        del user
        account = integration.account.lower()
        return self._opened.get(account, lambda: self._open(account))

    def _open(self, account: str) -> Calendar:
        grant = Delegation(self._account, self._signer, account)
        tokens = GrantedTokens(lambda: self._endpoint.exchange(grant), self._endpoint.real_now, grant.uncovered)
        # Without it all people together would share one service account's limit; at most 40 characters.
        quota_user = hashlib.sha256(account.encode()).hexdigest()[:32]
        calendar = GoogleCalendar(self._api, Sender(self._api, tokens), account, quota_user)
        return Calendar(free_busy=calendar, events=calendar, changes=None)
