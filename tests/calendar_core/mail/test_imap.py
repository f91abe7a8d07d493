"""The programme's mailbox, read over a real connection: in order, once, and never more than is good for us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import pytest

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.mail.imap import ImapAccount, ImapLetters, ImapWatch
from calendar_core.mail.letter import LARGEST
from calendar_core.ports import Arrived, LetterNumber
from sandbox.faults import Fault, Faults
from sandbox.imap import ImapServer, Letterbox

LETTERS = [f"Subject: {n}\r\n\r\nHello\r\n".encode() for n in range(1, 8)]


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
async def server(faults: Faults) -> AsyncIterator[ImapServer]:
    async with ImapServer(Letterbox(), "programme@example.com", faults) as running:
        yield running


def account(server: ImapServer, password: str | None = None) -> ImapAccount:
    """How it is reached."""
    url = urlsplit(server.url)
    return ImapAccount(
        host=url.hostname or "",
        port=url.port or 0,
        user=unquote(url.username or ""),
        password=password or unquote(url.password or ""),
        tls=False,
    )


@pytest.fixture
async def letters(server: ImapServer) -> AsyncIterator[ImapLetters]:
    reading = ImapLetters(account(server))
    yield reading
    await reading.close()


def shown(arrived: tuple[Arrived, ...]) -> list[tuple[int, bytes | None]]:
    """UIDs and what was read."""
    return [(each.number.uid, each.raw) for each in arrived]


async def test_letters_come_in_order_from_where_one_was_and_are_marked(
    server: ImapServer, letters: ImapLetters
) -> None:
    assert await letters.after(None, 10) == ()
    for raw in LETTERS:
        server.box.deliver(raw)
    first = await letters.after(None, 4)
    assert shown(first) == list(zip(range(1, 5), LETTERS, strict=False))
    assert shown(await letters.after(first[-1].number, 10)) == list(zip(range(5, 8), LETTERS[4:], strict=True))
    assert await letters.after(LetterNumber(1, 7), 10) == ()
    assert all(letter.flags == {r"\Seen"} for letter in server.box.letters)


async def test_a_mailbox_numbered_anew_is_read_from_its_beginning(server: ImapServer, letters: ImapLetters) -> None:
    server.box.deliver(LETTERS[0])
    (read,) = await letters.after(None, 10)
    server.box.renumber()
    (again,) = await letters.after(read.number, 10)
    assert (again.raw, again.number) == (LETTERS[0], LetterNumber(2, 1))
    assert await letters.letter(read.number) is None
    assert await letters.letter(again.number) == again
    assert await letters.letter(LetterNumber(2, 9)) is None


@pytest.mark.parametrize("says", [None, 10])
async def test_what_is_too_large_is_not_read_even_if_its_size_is_a_lie(
    server: ImapServer, letters: ImapLetters, says: int | None
) -> None:
    server.box.deliver(b"x" * (10 * LARGEST), says_size=says)
    server.box.deliver(LETTERS[0])
    assert shown(await letters.after(None, 10)) == [(1, None), (2, LETTERS[0])]


@pytest.mark.parametrize("command", ["login", "select", "uid search", "uid fetch"])
@pytest.mark.parametrize("kind", ["drop", "status"])
async def test_a_server_in_trouble_is_unavailable_and_then_answers_again(
    server: ImapServer, letters: ImapLetters, faults: Faults, command: str, kind: str
) -> None:
    server.box.deliver(LETTERS[0])
    faults.add(Fault("drop" if kind == "drop" else "status", vendor="imap", operation=command))
    with pytest.raises((ProviderUnavailable, ProviderRejected)):
        await letters.after(None, 10)
    assert shown(await letters.after(None, 10)) == [(1, LETTERS[0])]


async def test_a_wrong_password_is_no_matter_of_time(server: ImapServer) -> None:
    reading = ImapLetters(account(server, "guessed"))
    with pytest.raises(ProviderRejected):
        await reading.after(None, 10)
    await reading.close()


async def test_nobody_there_is_unavailable(server: ImapServer) -> None:
    gone = account(server)
    await server.__aexit__(None, None, None)
    reading = ImapLetters(gone)
    with pytest.raises(ProviderUnavailable):
        await reading.after(None, 10)
    await reading.close()


async def test_a_letter_that_comes_is_noticed_at_once_and_stopping_stops(server: ImapServer) -> None:
    noticed = asyncio.Queue[None]()
    watching = asyncio.create_task(ImapWatch(account(server)).until_lost(lambda: noticed.put_nowait(None)))
    async with asyncio.timeout(60):
        await noticed.get()  # what came before it watched
        server.box.deliver(LETTERS[0])
        await noticed.get()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    assert noticed.empty()


async def test_a_watch_that_loses_its_connection_says_so(server: ImapServer, faults: Faults) -> None:
    faults.add(Fault("drop", vendor="imap", operation="idle"))
    with pytest.raises(ProviderUnavailable):
        await ImapWatch(account(server)).until_lost(lambda: None)
