"""Opens people's Google calendars, by the domain's consent or by their own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from calendar_core.errors import NotIntegrated
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import User, UserId
from calendar_core.ports import Calendar, Credentials
from calendar_core.providers.kept import Kept
from calendar_core.providers.patience import Patience
from calendar_core.providers.renewal import RenewedTokens
from calendar_core.providers.tokens import GrantedTokens

from .auth import TokenEndpoint
from .calendar import GoogleCalendar
from .consent import GoogleConsent, OAuthClient
from .delegation import Delegation
from .own_calendars import GoogleCalendarList, GoogleHours
from .scopes import CALENDAR_LIST, CALENDARS, SCOPES
from .sending import CalendarApi, Sender
from .signing import KeylessAccount, KeylessSigner, KeySigner, ServiceAccount, Signer

CALENDARS_KEPT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """`service_account` lets us into whole domains, `client` lets people connect their own calendars; None where that
    is not set up. `api_base` includes the path; /token and /revoke are appended to `oauth_base`. Times in seconds."""

    service_account: ServiceAccount | KeylessAccount | None = None
    client: OAuthClient | None = None
    api_base: str = "https://www.googleapis.com/calendar/v3"
    oauth_base: str = "https://oauth2.googleapis.com"
    accounts_base: str = "https://accounts.google.com"
    timeout: float = 10
    connect_timeout: float = 3
    patience: Patience = field(default_factory=Patience)

    @property
    def limits(self) -> aiohttp.ClientTimeout:
        """Of one request."""
        return aiohttp.ClientTimeout(total=self.timeout, connect=self.connect_timeout)


class GoogleDomain:
    """Google - Domain: the installation's service account acts for each person of the domain.

    A person's calendar is opened once and kept while it is used: it carries their token and the limit on calls at once.
    """

    def __init__(
        self,
        settings: GoogleSettings,
        account: ServiceAccount | KeylessAccount,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
    ) -> None:
        signer: Signer = (
            KeySigner(account)
            if isinstance(account, ServiceAccount)
            else KeylessSigner(account, connections, real_now, settings.limits)
        )
        self._delegation = Delegation(account.email, signer, token_endpoint(settings, connections, real_now))
        self._api = CalendarApi(settings.api_base, connections, real_now, settings.limits, settings.patience)
        self._opened: Kept[tuple[str, tuple[str, ...]], Calendar] = Kept(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. The account is the primary address: an alias is refused as a subject."""
        account, others = integration.account.lower(), user.own.calendars
        return self._opened.get((account, others), lambda: self._open(account, others))

    def _open(self, account: str, others: tuple[str, ...]) -> Calendar:
        # Without it all people together would share one service account's limit; at most 40 characters.
        quota_user = hashlib.sha256(account.encode()).hexdigest()[:32]
        calendar = GoogleCalendar(self._api, self._sender(account), account, quota_user, others)
        return Calendar(
            free_busy=calendar,
            events=calendar,
            hours=GoogleHours(self._api, self._sender(account, CALENDARS), account),
            others=GoogleCalendarList(self._api, self._sender(account, CALENDAR_LIST), account),
            excess=DelegatedExcess(self._delegation, account),
        )

    def _sender(self, account: str, *scopes: str) -> Sender:
        """What an administrator may have left out is asked for by a token of its own: with one scope missing a token
        for all is refused."""
        granted = self._delegation
        tokens = GrantedTokens(
            lambda: granted.token(account, scopes or SCOPES), granted.endpoint.real_now, granted.uncovered
        )
        return Sender(self._api, tokens)


@dataclass(frozen=True, slots=True)
class DelegatedExcess:
    """An Excess: what a domain's administrator has delegated beyond the least."""

    delegation: Delegation
    account: str

    async def allowed(self) -> bool:
        """See Excess."""
        return await self.delegation.reaches_too_far(self.account)


class GoogleIndividual:
    """Google - Individual: each by their own consent. What it left us is in the store, and read there for each call."""

    def __init__(
        self,
        settings: GoogleSettings,
        consent: GoogleConsent,
        connections: aiohttp.ClientSession,
        real_now: Callable[[], datetime],
        credentials: Credentials,
    ) -> None:
        self._consent = consent
        self._credentials = credentials
        self._api = CalendarApi(settings.api_base, connections, real_now, settings.limits, settings.patience)
        self._opened: Kept[tuple[UserId, str, str, tuple[str, ...]], Calendar] = Kept(CALENDARS_KEPT)

    async def open(self, user: User, integration: Integration) -> Calendar:
        """Calls nobody. Raises NotIntegrated where no consent of theirs is kept."""
        known = await self._credentials.of(user.id)
        if known is None or known.kind is not IntegrationKind.GOOGLE_INDIVIDUAL:
            raise NotIntegrated(user.id, integration.trouble or Trouble.NEVER_CONNECTED)
        account, subject = known.account, known.subject
        others = user.own.calendars
        key = (user.id, subject, account, others)
        return self._opened.get(key, lambda: self._open((user.id, subject), account, others))

    def _open(self, whose: tuple[UserId, str], account: str, others: tuple[str, ...]) -> Calendar:
        tokens = RenewedTokens(whose, self._credentials, self._consent.renew, self._api.real_now)
        sender = Sender(self._api, tokens)
        calendar = GoogleCalendar(self._api, sender, account, others=others)
        return Calendar(
            free_busy=calendar,
            events=calendar,
            hours=GoogleHours(self._api, sender, account),
            others=GoogleCalendarList(self._api, sender, account),
        )


def token_endpoint(
    settings: GoogleSettings, connections: aiohttp.ClientSession, real_now: Callable[[], datetime]
) -> TokenEndpoint:
    """Of this installation's Google."""
    return TokenEndpoint(f"{settings.oauth_base}/token", connections, real_now, settings.limits)
