"""The mail server: SMTP on 127.0.0.1, in the clear, for any recipient. What it takes is delivered at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.calls import CallLog
from sandbox.clock import WorldClock
from sandbox.faults import Fault, Faults
from sandbox.mailbox.attendant import Attendant
from sandbox.mailbox.post import Letter, Post
from sandbox.world import World

VENDOR = "smtp"
LARGEST = 1_000_000  # bytes of a letter


@dataclass(frozen=True, slots=True)
class Step:
    """One of SMTP's commands, for the log."""

    name: str
    method: str = "SMTP"
    path: str = "/{recipient}"


class MailServer:
    """`async with MailServer(world, faults, log) as server: server.url`.

    Faults name the vendor "smtp", the recipient as mailbox, and "rcpt" or "data" as the operation: status answers so
    (550, 451, 554 ...), delay waits, drop hangs up, with `after_commit` after the letter was taken.
    """

    def __init__(self, world: World, faults: Faults, log: CallLog) -> None:
        self.post = Post(world)
        self._attendant = Attendant(world)
        self._clock: WorldClock = world.clock
        self._faults = faults
        self._log = log
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """What PAIRTIME_SMTP_URL is set to."""
        return f"smtp://127.0.0.1:{self._port}"

    def deliver(self, sender: str, recipient: str, raw: bytes) -> Letter:
        """As if it had come over SMTP."""
        letter = self.post.deliver(sender, recipient, raw)
        file = letter.calendar
        if file is not None:
            self._attendant.receive(recipient, file)
        return letter

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, data_size_limit=LARGEST, hostname="mail.example.com", ident="sandbox", loop=loop),
            "127.0.0.1",
            0,
        )
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    # What aiosmtpd calls; the names are its own

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """One recipient, taken or not."""
        del session, rcpt_options
        refused = await self._trouble(server, "rcpt", address)
        if refused is not None:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter itself."""
        del session
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        for recipient in envelope.rcpt_tos:
            fault = self._next("data", recipient)
            refused = None
            if fault is not None and not fault.after_commit:
                refused = await self._spoilt(server, fault, "data", recipient)
            if refused is not None:
                return refused
            self.deliver(envelope.mail_from or "", recipient, content)
            self._note("data", recipient, 250)
            if fault is not None and fault.after_commit:
                late = await self._spoilt(server, fault, "data", recipient)
                if late is not None:
                    return late
        return "250 2.0.0 Ok: queued"

    async def _trouble(self, server: SMTP, operation: str, recipient: str) -> str | None:
        fault = self._next(operation, recipient)
        return None if fault is None else await self._spoilt(server, fault, operation, recipient)

    def _next(self, operation: str, recipient: str) -> Fault | None:
        return self._faults.next(VENDOR, operation, recipient.lower())

    async def _spoilt(self, server: SMTP, fault: Fault, operation: str, recipient: str) -> str | None:
        """What is answered instead; None: as usual, only later."""
        await asyncio.sleep(fault.delay_ms / 1000)
        if fault.kind == "delay":
            return None
        status = 0 if fault.kind == "drop" else fault.status
        self._note(operation, recipient, status)
        if fault.kind == "drop":
            if server.transport is not None:
                server.transport.close()
            return "421 4.4.2 connection dropped"
        return f"{status} {str(status)[0]}.0.0 {fault.text or 'refused on demand'}"

    def _note(self, operation: str, recipient: str, status: int) -> None:
        n = self._log.begin(self._clock.now().isoformat(), VENDOR, Step(operation), recipient.lower())
        self._log.finish(n, status)
