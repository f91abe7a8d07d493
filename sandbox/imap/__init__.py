"""The programme's mailbox, read over IMAP on 127.0.0.1, in the clear: RFC 3501 with IDLE (RFC 2177)."""

from __future__ import annotations

import asyncio
from secrets import token_urlsafe
from types import TracebackType
from typing import Self
from urllib.parse import quote

from sandbox.faults import Fault, Faults
from sandbox.imap.conversation import LONGEST_LINE, Conversation
from sandbox.imap.letterbox import Letter, Letterbox

__all__ = ["ImapServer", "Letter", "Letterbox"]

VENDOR = "imap"


class ImapServer:
    """`async with ImapServer(box, "programme@example.com", faults) as server: server.url`.

    Faults name the vendor "imap" and, as the operation, a command in small letters ("login", "uid fetch"): drop hangs
    up, delay waits, any other kind is answered NO.
    """

    def __init__(self, box: Letterbox, user: str, faults: Faults) -> None:
        self.box = box
        self.commands: list[str] = []
        self._account = (user, token_urlsafe(12))
        self._faults = faults
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """What PAIRTIME_IMAP_URL is set to."""
        user, password = map(quote, self._account)
        return f"imap://{user}:{password}@127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_LINE)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            for writer in tuple(self._open):
                writer.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await Conversation((reader, writer), self.box, self._account, self._trouble).hold()
        finally:
            self._open.discard(writer)
            writer.close()

    def _trouble(self, command: str) -> Fault | None:
        self.commands.append(command)
        return self._faults.next(VENDOR, command.lower(), self._account[0])
