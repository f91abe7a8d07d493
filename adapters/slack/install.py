"""Installing the app: a browser is sent to Slack's page, and what it brings back is taken once, from it alone."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.ports import Installed, SlackInstallations

from .oauth import SlackOAuth

log = logging.getLogger(__name__)

BACK = "/slack/oauth_redirect"
LASTS = timedelta(minutes=10)
LONGEST = 512


@dataclass(frozen=True, slots=True)
class SlackInstalling:
    """Installing. `public_url` is where browsers find us; `now` is real time; `forget` makes everybody look anew."""

    oauth: SlackOAuth
    store: SlackInstallations
    public_url: str
    now: Callable[[], datetime]
    forget: Callable[[], None]

    async def begin(self, browser: str) -> str:
        """See Installing."""
        state, now = secrets.token_urlsafe(24), self.now()
        await self.store.ask(_hash(state), _hash(browser), now, now + LASTS)
        return self.oauth.page(state, self._back)

    async def finish(self, browser: str | None, told: Mapping[str, str]) -> tuple[Installed, str]:
        """See Installing. The state is spent before anything is exchanged."""
        state, code = told.get("state", ""), told.get("code", "")
        if browser is None or not 0 < len(state) <= LONGEST:
            return Installed.FOREIGN, ""
        if not await self.store.spend(_hash(state), _hash(browser), self.now()):
            return Installed.FOREIGN, ""
        if not 0 < len(code) <= LONGEST:
            return Installed.DECLINED, ""
        try:
            installation = await self.oauth.exchange(code, self._back)
        except ProviderUnavailable:
            return Installed.UNAVAILABLE, ""
        except ProviderRejected as refused:
            log.warning("slack: installing was refused", extra={"code": refused.code})
            return Installed.REFUSED, ""
        await self.store.put(installation)
        self.forget()
        log.info("slack: installed", extra={"kind": "organisation" if installation.org_wide else "workspace"})
        return Installed.YES, installation.place

    @property
    def _back(self) -> str:
        return f"{self.public_url}{BACK}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
