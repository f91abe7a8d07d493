"""Where people's browsers find this installation."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from calendar_core.integration import Suite

PATHS = {Suite.GOOGLE: "google", Suite.MICROSOFT: "microsoft"}


@dataclass(frozen=True, slots=True)
class Site:
    """`url` has no slash at the end."""

    url: str

    def link(self, suite: Suite, secret: str) -> str:
        """The personal link of one sign-in."""
        return f"{self.url}/connect/{PATHS[suite]}?{urlencode({'link': secret})}"

    @property
    def approval(self) -> str:
        """Where an administrator comes back to."""
        return f"{self.url}/consent/microsoft/callback"

    def callback(self, suite: Suite) -> str:
        """Where the vendor sends the browser back to: exactly as it is registered there."""
        return f"{self.url}/connect/{PATHS[suite]}/callback"
