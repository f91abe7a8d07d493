"""How we are let into Google: what is shown to its token endpoint, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.ports import Access
from calendar_core.providers.response_bodies import body_of, parsed
from calendar_core.providers.understanding import understood

from .failures import grant_failure


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """Where grants become tokens. `real_now` is real time: what Google signs and expires knows no other."""

    url: str
    connections: aiohttp.ClientSession
    real_now: Callable[[], datetime]
    timeout: aiohttp.ClientTimeout

    async def asked(
        self, form: Mapping[str, str], *, refused: Mapping[str, Trouble], signed: bool = False
    ) -> dict[str, object]:
        """The answer to one form. Raises ConsentRevoked, DomainRefused, ProviderUnavailable, ProviderRejected.
        `refused` is what Google's words mean for what the form shows; `signed`: it shows what we signed ourselves, with
        a time in it."""
        try:
            async with self.connections.post(
                self.url, data=form, timeout=self.timeout, allow_redirects=False
            ) as response:
                body = await body_of(response)
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"google token: {type(silence).__name__}") from silence
        if response.status != 200:
            now = self.real_now()
            raise grant_failure(response.status, response.headers, body, refused=refused, now=now, signed=signed)
        answer = understood(lambda: parsed(body))
        if not isinstance(answer, dict):
            raise ProviderUnavailable("google token: unreadable answer")
        return answer


def access_of(answer: Mapping[str, object], asked_at: datetime) -> Access:
    """Its access token. Raises ProviderUnavailable where there is none."""
    ends_at = understood(lambda: asked_at + timedelta(seconds=int(str(answer["expires_in"]))))
    return Access(understood(lambda: str(answer["access_token"])), ends_at)
