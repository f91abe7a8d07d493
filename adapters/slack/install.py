"""Installing the app: a browser is sent to Slack's page, and what it brings back is taken once, from it alone.

Whoever asks for the page is anybody. So nothing is stored before Slack has granted something, and Slack is asked only
so often: all in all, and for what comes from one address, so that nobody takes the others' turns.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.recent import Recent
from adapters.secret import Secret
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.ports import Installed, SlackInstallations

from .install_state import InstallStates
from .oauth import SlackOAuth
from .pace import EXCHANGES, Pace

log = logging.getLogger(__name__)

BACK = "/slack/oauth_redirect"
LONGEST = 512
CODE = re.compile(r"[a-z_]{1,60}")
SPENT = frozenset({"code_already_used", "code_expired", "invalid_code"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackInstalling:
    """Installing. `oauth` is nobody else's, so that no browser makes Slack hold back what renews tokens; `public_url`
    is where browsers find us, `key` what states are signed with; `for_one` counts what comes from one address; `spent`
    has the states that were exchanged; `now` is real time; `forget` makes everybody look anew."""

    oauth: SlackOAuth
    store: SlackInstallations
    public_url: str
    key: Secret
    pace: Pace
    for_one: Pace
    spent: Recent
    now: Callable[[], datetime]
    forget: Callable[[], None]

    async def begin(self, browser: str) -> str:
        """See Installing."""
        return self.oauth.page(InstallStates(self.key).new(browser, self.now()), self._back)

    async def finish(self, browser: str | None, told: Mapping[str, str], whence: str) -> tuple[Installed, str]:
        """See Installing. The state is spent together with what it led to; and in this process with whatever code it
        came with, unless nobody answered."""
        state, code, error = told.get("state", ""), told.get("code", ""), told.get("error", "")
        if browser is None or not 0 < len(state) <= LONGEST:
            return Installed.FOREIGN, ""
        ends_at = InstallStates(self.key).ends_at(state, browser, self.now())
        if ends_at is None:
            return Installed.FOREIGN, ""
        if error == "access_denied":
            return Installed.DECLINED, ""
        if error:
            log.warning("slack: installing was refused", extra={"code": error if CODE.fullmatch(error) else "?"})
            return Installed.REFUSED, ""
        if not 0 < len(code) <= LONGEST:
            return Installed.FOREIGN, ""
        return await self._exchanged(code, hashlib.sha256(state.encode()).hexdigest(), ends_at, whence)

    async def _exchanged(self, code: str, state: str, ends_at: datetime, whence: str) -> tuple[Installed, str]:
        if not self.spent.is_new(state):
            return Installed.FOREIGN, ""
        if self.for_one.wait(whence, EXCHANGES, None) or self.pace.wait("installing", "oauth.v2.access", None):
            self.spent.forget(state)
            return Installed.UNAVAILABLE, ""
        try:
            installation = await self.oauth.exchange(code, self._back)
        except ProviderUnavailable:
            self.spent.forget(state)
            return Installed.UNAVAILABLE, ""
        except ProviderRejected as refused:
            log.warning("slack: installing was refused", extra={"code": refused.code})
            return Installed.FOREIGN if refused.code in SPENT else Installed.REFUSED, ""
        if not await self.store.install(installation, state, ends_at, self.now()):
            return Installed.FOREIGN, ""
        self.forget()
        log.info("slack: installed", extra={"kind": "organisation" if installation.org_wide else "workspace"})
        return Installed.YES, installation.place

    @property
    def _back(self) -> str:
        return f"{self.public_url}{BACK}"
