"""Whether the mail server lets us in: a connection, its privacy, name and password, and nothing sent."""

from __future__ import annotations

import aiosmtplib

from calendar_core.errors import ProviderRejected, ProviderUnavailable

from .smtp import Security, SmtpServer


async def smtp_login(server: SmtpServer) -> None:
    """Raises ProviderRejected where the name, the password or the privacy is refused, ProviderUnavailable where nobody
    answers."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.timeout,
        use_tls=server.security is Security.TLS,
        start_tls=server.security is Security.STARTTLS,
        username=server.username,
        password=server.password,
    )
    try:
        async with client:
            await client.noop()
    except (OSError, TimeoutError, aiosmtplib.SMTPConnectError, aiosmtplib.SMTPServerDisconnected) as silence:
        raise ProviderUnavailable(f"smtp: {type(silence).__name__}") from silence
    except aiosmtplib.SMTPException as refused:  # whatever it answered, it was no welcome
        raise ProviderRejected("the mail server does not let us in") from refused
