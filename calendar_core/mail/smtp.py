"""Letters handed to a mail server over SMTP, through aiosmtplib."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

import aiosmtplib

from calendar_core.errors import NotTaken, ProviderRejected, ProviderUnavailable
from calendar_core.ports import Letter

from .messages import message_bytes

log = logging.getLogger(__name__)

# What is the operator's trouble and not one person's is among it: our name and password, our own address.
NEVER_GOT_SO_FAR = (
    ssl.SSLError,
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPHeloError,
    aiosmtplib.SMTPAuthenticationError,
    aiosmtplib.SMTPNotSupported,
    aiosmtplib.SMTPSenderRefused,
)
PERMANENT = 500  # replies from here on will be the same next time


class Security(Enum):
    """How the way to the server is kept private. PLAIN is for servers on this very machine."""

    TLS = "from the first byte"
    STARTTLS = "asked for, and nothing is said without it"
    PLAIN = "not at all"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Times in seconds, each for one step of the dialogue."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0


class SmtpMailer:
    """A Mailer. A connection of its own for each letter: few go out, and none waits for another. `real_now` is real
    time, which other people's mail programs sort by."""

    def __init__(self, server: SmtpServer, real_now: Callable[[], datetime]) -> None:
        self._server = server
        self._real_now = real_now

    async def send(self, letter: Letter) -> None:
        """See Mailer."""
        try:
            content = message_bytes(letter, self._real_now())
        except ValueError as unfit:
            raise ProviderRejected("no such letter can be written") from unfit
        try:
            await self._hand_over(letter, content)
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as refusal:
            raise self._refused(_code_of(refusal), refusal) from refusal
        except NEVER_GOT_SO_FAR as silence:
            log.warning("the mail server did not take a letter", extra={"kind": type(silence).__name__})
            raise NotTaken(f"smtp: {type(silence).__name__}") from silence
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as silence:
            log.warning("the mail server did not answer", extra={"kind": type(silence).__name__})
            raise ProviderUnavailable(f"smtp: {type(silence).__name__}") from silence

    async def _hand_over(self, letter: Letter, content: bytes) -> None:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            timeout=server.timeout,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,  # None would go on in the clear
            username=server.username,
            password=server.password,
            local_hostname=letter.sender.email.rpartition("@")[2],
        )
        async with client:
            refused, _ = await client.sendmail(letter.sender.email, [letter.to.email], content)
        if refused:  # of several recipients some may be, without an error; here there is one
            (reply,) = refused.values()
            raise self._refused(reply[0], None)

    def _refused(self, code: int, refusal: Exception | None) -> ProviderRejected | ProviderUnavailable:
        """What the server says is for its own administrators: we keep the number alone."""
        log.warning("the mail server refused a letter", extra={"kind": type(refusal).__name__, "status": code})
        if code >= PERMANENT:
            return ProviderRejected(f"the mail server refused it ({code})")
        return NotTaken(f"smtp: {code}")


def _code_of(refusal: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPDataError) -> int:
    if isinstance(refusal, aiosmtplib.SMTPRecipientsRefused):
        return max(each.code for each in refusal.recipients)
    return refusal.code
