"""Slack's OAuth v2: where one is sent to install the app, and what a code or a refresh token is exchanged for."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import aiohttp

from adapters.secret import Secret
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.ports import StoredInstallation

from .payload import object_at, text_at
from .retry_after import retry_after

log = logging.getLogger(__name__)

SCOPES = (
    "chat:write",
    "commands",
    "files:write",
    "im:history",
    "im:write",
    "mpim:write",
    "users:read",
    "users:read.email",
)
ANSWERED_WITHIN = aiohttp.ClientTimeout(total=10)
TEAM, ENTERPRISE = re.compile(r"T[A-Z0-9]{2,30}", re.ASCII), re.compile(r"E[A-Z0-9]{2,30}", re.ASCII)
LONGEST_TOKEN = 2_000
LATER = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


@dataclass(frozen=True, slots=True)
class Renewed:
    """A token, the one that renews it once more, and when it ends."""

    token: Secret
    refresh: Secret
    ends_at: datetime


class SlackOAuth:
    """As one app. `now` is real time: Slack's tokens end by it."""

    def __init__(
        self, http: aiohttp.ClientSession, api_base: str, client: tuple[str, Secret], now: Callable[[], datetime]
    ) -> None:
        self._http = http
        self._access = f"{api_base}/oauth.v2.access"
        self._client_id, self._client_secret = client
        parts = urlsplit(api_base)
        self._page = f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/api')}/oauth/v2/authorize"
        self._now = now
        self._not_before = now()  # Slack wants nothing asked until then

    def page(self, state: str, back: str) -> str:
        """Where somebody who may install apps says yes; `back` is our address, as it is registered."""
        query = {"client_id": self._client_id, "scope": ",".join(SCOPES), "state": state, "redirect_uri": back}
        return f"{self._page}?{urlencode(query)}"

    async def exchange(self, code: str, back: str) -> StoredInstallation:
        """What the yes was for. Raises ProviderUnavailable, ProviderRejected."""
        now = self._now()
        told = await self._ask(code=code, redirect_uri=back)
        org_wide = told.get("is_enterprise_install") is True
        team, enterprise = text_at(told, "team", "id"), text_at(told, "enterprise", "id")
        place, form = (enterprise, ENTERPRISE) if org_wide else (team, TEAM)
        token = text_at(told, "access_token")
        if not form.fullmatch(place) or told.get("token_type") != "bot" or not 0 < len(token) <= LONGEST_TOKEN:
            raise ProviderRejected("no_bot_token")
        refresh, ends_at = text_at(told, "refresh_token") or None, _ends(told, now)
        return StoredInstallation(
            place=place,
            enterprise=enterprise if ENTERPRISE.fullmatch(enterprise) else None,
            org_wide=org_wide,
            app=text_at(told, "app_id")[:40],
            bot_user=text_at(told, "bot_user_id")[:40],
            token=token,
            scopes=tuple(sorted(filter(None, text_at(told, "scope")[:2_000].split(",")))),
            refresh=refresh if ends_at else None,
            ends_at=ends_at if refresh else None,
            installed_by=text_at(told, "authed_user", "id")[:40],
            installed_at=now,
        )

    async def renew(self, refresh: str) -> Renewed:
        """Spends the refresh token. Raises ProviderUnavailable (it may be spent), ProviderRejected."""
        now = self._now()
        told = await self._ask(grant_type="refresh_token", refresh_token=refresh)
        token, next_one, ends_at = text_at(told, "access_token"), text_at(told, "refresh_token"), _ends(told, now)
        if not 0 < len(token) <= LONGEST_TOKEN or not 0 < len(next_one) <= LONGEST_TOKEN or ends_at is None:
            raise ProviderRejected("no_bot_token")
        return Renewed(Secret(token), Secret(next_one), ends_at)

    async def _ask(self, **fields: str) -> Mapping[str, object]:
        now = self._now()
        if now < self._not_before:
            raise ProviderUnavailable("slack: oauth waits for its turn", self._not_before - now)
        headers = {"Authorization": aiohttp.encode_basic_auth(self._client_id, self._client_secret.reveal())}
        try:
            async with self._http.post(
                self._access,
                data=fields,
                headers=headers,
                timeout=ANSWERED_WITHIN,
                allow_redirects=False,
            ) as answer:
                told = await answer.json(content_type=None) if answer.status == 200 else None
                after = retry_after(answer.headers) if answer.status == 429 else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as lost:
            raise ProviderUnavailable(f"slack: oauth was not answered ({type(lost).__name__})") from None
        if after is not None:
            self._not_before = now + after
            raise ProviderUnavailable("slack: too many at oauth", after)
        found = object_at(told)
        if found.get("ok") is True:
            return found
        code = text_at(found, "error")
        if not code or code in LATER or not re.fullmatch(r"[a-z_]{1,60}", code):
            raise ProviderUnavailable("slack: oauth was not answered")
        raise ProviderRejected(code)


def _ends(told: Mapping[str, object], now: datetime) -> datetime | None:
    seconds = told.get("expires_in")
    return now + timedelta(seconds=seconds) if isinstance(seconds, int) and 0 < seconds < 10**8 else None
