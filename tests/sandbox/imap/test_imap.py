"""What the sandbox's IMAP server answers, asked by the standard library's client over a real connection."""

from __future__ import annotations

import asyncio
import imaplib
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from urllib.parse import unquote, urlsplit

import pytest

from sandbox.faults import Fault, Faults
from sandbox.imap import ImapServer, Letterbox

FIRST, SECOND = b"Subject: one\r\n\r\nHello\r\n", b"Subject: two\r\n\r\nHello again\r\n"


class Client(imaplib.IMAP4):
    """Hangs up when the test is over, whatever became of it."""

    opened = ExitStack()

    def __init__(self, server: ImapServer, password: str | None = None, *, read_only: bool = False) -> None:
        url = urlsplit(server.url)
        super().__init__(url.hostname or "", url.port or 0, timeout=10)
        self.opened.callback(self.shutdown)
        self.login(unquote(url.username or ""), password or unquote(url.password or ""))
        self.select("INBOX", readonly=read_only)

    def ask(self, *words: str) -> list[object]:
        """A command about UIDs. Raises where it is answered NO."""
        said, answer = self.uid(*words)
        if said != "OK":
            raise self.error(said)
        return list(answer)


@pytest.fixture(autouse=True)
def hung_up() -> Iterator[None]:
    with Client.opened:
        yield


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def server(faults: Faults) -> AsyncIterator[ImapServer]:
    async with ImapServer(Letterbox(), "programme@example.com", faults) as running:
        running.box.deliver(FIRST)
        running.box.deliver(SECOND)
        yield running


async def asked(server: ImapServer, *words: str, read_only: bool = False) -> list[object]:
    """The answer to one question, asked in a thread: the client blocks."""
    return await asyncio.to_thread(lambda: Client(server, read_only=read_only).ask(*words))


async def test_letters_are_found_and_fetched_by_uid_and_stay_unseen(server: ImapServer) -> None:
    assert await asked(server, "SEARCH", "UID 2:*") == [b"2"]
    sizes = [f"{n} (UID {n} RFC822.SIZE {len(raw)})".encode() for n, raw in ((1, FIRST), (2, SECOND))]
    assert await asked(server, "FETCH", "1:2", "(RFC822.SIZE)") == sizes
    whole = [(f"2 (UID 2 BODY[] {{{len(SECOND)}}}".encode(), SECOND), b")"]
    assert await asked(server, "FETCH", "2", "(BODY.PEEK[])") == whole
    assert await asked(server, "FETCH", "1", "(BODY.PEEK[]<0.7>)") == [(b"1 (UID 1 BODY[]<0> {7}", b"Subject"), b")"]
    assert [letter.flags for letter in server.box.letters] == [set(), set()]


async def test_a_letter_is_marked_unless_the_mailbox_was_only_examined(server: ImapServer) -> None:
    await asked(server, "STORE", "1", "+FLAGS.SILENT", r"(\Seen)")
    assert await asked(server, "SEARCH", "UNSEEN") == [b"2"]
    with pytest.raises(imaplib.IMAP4.error):
        await asked(server, "STORE", "2", "+FLAGS", r"(\Seen)", read_only=True)
    assert [letter.flags for letter in server.box.letters] == [{r"\Seen"}, set()]


async def test_a_uid_beyond_the_last_one_still_finds_the_last_as_the_standard_says(server: ImapServer) -> None:
    assert await asked(server, "SEARCH", "UID 9:*") == [b"2"]


async def test_numbers_change_only_with_uidvalidity(server: ImapServer) -> None:
    before = (await asyncio.to_thread(Client, server)).untagged_responses["UIDVALIDITY"]
    server.box.renumber()
    after = (await asyncio.to_thread(Client, server)).untagged_responses["UIDVALIDITY"]
    assert (before, after) == ([b"1"], [b"2"])


async def test_a_wrong_password_is_refused(server: ImapServer) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        await asyncio.to_thread(Client, server, "guessed")


async def test_who_idles_is_told_when_a_letter_comes(server: ImapServer) -> None:
    client = await asyncio.to_thread(Client, server)
    client.send(b"T1 IDLE\r\n")
    assert (await asyncio.to_thread(client.readline)).startswith(b"+")
    server.box.deliver(FIRST)
    assert await asyncio.to_thread(client.readline) == b"* 3 EXISTS\r\n"
    client.send(b"DONE\r\n")
    assert await asyncio.to_thread(client.readline) == b"T1 OK done\r\n"


@pytest.mark.parametrize("line", [b"x", b"T1 UID FETCH 1", b"T1 FETCH 1 (BODY[])", b'T1 UID SEARCH "'])
async def test_what_it_does_not_understand_it_says(server: ImapServer, line: bytes) -> None:
    client = await asyncio.to_thread(Client, server)
    client.send(line + b"\r\n")
    assert b" BAD " in await asyncio.to_thread(client.readline)


async def test_trouble_on_demand(server: ImapServer, faults: Faults) -> None:
    faults.add(Fault("status", vendor="imap", operation="uid search"))
    with pytest.raises(imaplib.IMAP4.error):
        await asked(server, "SEARCH", "ALL")
    faults.add(Fault("drop", vendor="imap", operation="uid fetch"))
    with pytest.raises(imaplib.IMAP4.abort):
        await asked(server, "FETCH", "1", "(FLAGS)")
    assert await asked(server, "SEARCH", "ALL") == [b"1 2"]
