"""The mail server of the settings: to hand letters to, and to see whether it lets us in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from adapters.settings import MailSettings, Settings
from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.mail import NameServers, Security, SmtpMailer, SmtpServer, smtp_login
from calendar_core.ports import TxtRecords

ANSWER_WITHIN = 5.0  # seconds


def mailer_of(settings: Settings, real_now: Callable[[], datetime]) -> SmtpMailer | None:
    """None where no mail is set up: then nobody is invited by mail either, and no such work is left lying."""
    return SmtpMailer(_server(settings.mail), real_now) if settings.mail else None


async def mail_login(settings: Settings) -> None:
    """Whether the mail server lets us in. Raises ProviderRejected, ProviderUnavailable."""
    if settings.mail is not None:
        await smtp_login(_server(settings.mail))


def mail_check_of(settings: Settings) -> Callable[[], Awaitable[bool]] | None:
    """Whether it lets us in at present, for whoever waits for the answer; None where no mail is set up."""

    async def lets_us_in() -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await mail_login(settings)
        except (ProviderUnavailable, ProviderRejected, TimeoutError):
            return False
        return True

    return lets_us_in if settings.mail else None


def name_servers() -> TxtRecords:
    """The domain name system, as this machine asks it."""
    return NameServers()


def _server(mail: MailSettings) -> SmtpServer:
    return SmtpServer(
        host=mail.host,
        port=mail.port,
        security={"tls": Security.TLS, "starttls": Security.STARTTLS, "plain": Security.PLAIN}[mail.private],
        username=mail.username,
        password=mail.password.reveal() if mail.password else None,
    )
