"""The mail server of the settings, as far as whoever asks about health wants to know."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from adapters.programme_mail import log_in_to_mail_server
from adapters.settings import Settings
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.mail import NameServers
from calendar_core.ports import TxtRecords

ANSWER_WITHIN = 5.0  # seconds


def mail_check_of(settings: Settings) -> Callable[[], Awaitable[bool]] | None:
    """Whether it lets us in at present, for whoever waits for the answer; None where no mail is set up."""

    async def lets_us_in() -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await log_in_to_mail_server(settings)
        except (ProviderUnavailable, ProviderRejected, TimeoutError):
            return False
        return True

    return lets_us_in if settings.mail else None


def name_servers() -> TxtRecords:
    """The domain name system, as this machine asks it."""
    return NameServers()
