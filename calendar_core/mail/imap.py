"""The programme's mailbox over IMAP: Letters. The client blocks, so it has a thread of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.ports import Arrived, LetterNumber

from .letter import LARGEST

INBOX = "INBOX"
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 30.0
GLANCE_SECONDS = 5.0  # how long an idling thread sleeps where nothing comes
LAST_SECONDS = 2.0  # waited for it to end
IDLE_SECONDS = 25 * 60.0  # a server may hang up after thirty minutes (RFC 2177)
BODY = f"BODY.PEEK[]<0.{LARGEST + 1}>"  # never more, whatever size it claimed to have

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where the mailbox is. Without TLS on loopback alone; the settings see to that."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: bool = True


class ImapLetters:
    """See Letters. Each question is a connection of its own, so that none is found broken when it is needed."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")

    async def after(self, last: LetterNumber | None, limit: int) -> tuple[Arrived, ...]:
        return await self._asked(lambda client, validity: _after(client, validity, last, limit))

    async def letter(self, number: LetterNumber) -> Arrived | None:
        def fetch(client: IMAPClient, validity: int) -> Arrived | None:
            if validity != number.validity or number.uid not in client.search(["UID", str(number.uid)]):
                return None
            return _fetched(client, validity, number.uid)

        return await self._asked(fetch)

    async def close(self) -> None:
        """Waits for what is under way. Twice is once."""
        await asyncio.to_thread(self._thread.shutdown)

    async def _asked(self, ask: Callable[[IMAPClient, int], Value]) -> Value:
        def blocking() -> Value:
            with _connected(self._account) as client:
                return ask(client, int(client.select_folder(INBOX)[b"UIDVALIDITY"]))

        return await asyncio.get_running_loop().run_in_executor(self._thread, blocking)


class ImapWatch:
    """Notices at once that a letter came, where the server can tell (IDLE)."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account

    async def until_lost(self, news: Callable[[], None]) -> bool:
        """Calls `news` (in the loop) when watching begins and whenever letters come, until the connection is lost.

        False if the server cannot tell. Raises ProviderUnavailable and ProviderRejected.
        """
        loop, stop = asyncio.get_running_loop(), _Stop()
        thread = ThreadPoolExecutor(1, thread_name_prefix="imap-idle")
        watching = loop.run_in_executor(
            thread, lambda: _watched(self._account, stop, lambda: loop.call_soon_threadsafe(news))
        )
        watching.add_done_callback(
            lambda ended: ended.cancelled() or ended.exception()
        )  # nobody may be left to hear it
        try:
            return await asyncio.shield(watching)
        except asyncio.CancelledError:
            stop.now()
            await asyncio.wait({watching}, timeout=LAST_SECONDS)
            raise
        finally:
            thread.shutdown(wait=False)


class _Stop:
    """Ends a watch at once, also one that waits for its server."""

    def __init__(self) -> None:
        self._asked = Event()
        self._connection: socket.socket | None = None

    def watches(self, client: IMAPClient) -> None:
        self._connection = client.socket()

    def is_set(self) -> bool:
        return self._asked.is_set()

    def now(self) -> None:
        self._asked.set()
        if self._connection is not None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)


def _after(client: IMAPClient, validity: int, last: LetterNumber | None, limit: int) -> tuple[Arrived, ...]:
    first = last.uid + 1 if last is not None and last.validity == validity else 1
    found = client.search(["UID", f"{first}:*"])
    uids = sorted(uid for uid in found if uid >= first)[:limit]  # 9:* finds the last one also where that is 8
    arrived = tuple([_fetched(client, validity, uid) for uid in uids])
    if uids:
        client.add_flags(uids, [SEEN], silent=True)
    return arrived


def _fetched(client: IMAPClient, validity: int, uid: int) -> Arrived:
    """Its size is asked first: what is too large is never sent to us."""
    number = LetterNumber(validity, uid)
    size = client.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0)
    if size > LARGEST:
        return Arrived(number, None)
    raw = client.fetch([uid], [BODY]).get(uid, {}).get(b"BODY[]<0>")
    return Arrived(number, raw if isinstance(raw, bytes) and len(raw) <= LARGEST else None)


def _watched(account: ImapAccount, stop: _Stop, notice: Callable[[], object]) -> bool:
    with _connected(account) as client:
        stop.watches(client)
        client.select_folder(INBOX, readonly=True)
        if not client.has_capability("IDLE"):
            return False
        while not stop.is_set():
            client.idle()
            notice()  # also of what came with the answer to that, which the client has read by now, unseen
            for _ in range(int(IDLE_SECONDS / GLANCE_SECONDS)):
                heard = client.idle_check(timeout=GLANCE_SECONDS)
                if any(b"EXISTS" in each for each in heard):
                    notice()
                if stop.is_set():
                    return True
            client.idle_done()
    return True


@contextmanager
def _connected(account: ImapAccount) -> Iterator[IMAPClient]:
    """A client that is let in. Whatever goes wrong inside is one of our errors, without the server's words."""
    try:
        client = IMAPClient(
            account.host, account.port, ssl=account.tls, timeout=SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS)
        )
        try:
            client.login(account.user, account.password)
            yield client
        finally:
            for goodbye in (client.logout, client.shutdown):  # the second also where the server does not answer
                with suppress(IMAPClientError, OSError):
                    goodbye()
    except LoginError:
        raise ProviderRejected("imap login") from None
    except (IMAPClientError, OSError, ValueError, LookupError) as trouble:
        raise ProviderUnavailable("the mailbox did not answer") from trouble
