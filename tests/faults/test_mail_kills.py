"""The server is killed (-9) between two letters: nobody misses one, and none is out of order."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from calendar_core.event import Person
from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Invitation
from sandbox.faults import Fault

from .couples import MAILBOX
from .town import Pair, Town, founded, start

KEY = "5f2b"
HELD_UP_MS = 20_000  # as long as the mail server keeps the process waiting: it is killed meanwhile


@pytest.mark.parametrize("then", ["nothing", "cancel"])
@pytest.mark.parametrize("taken", [False, True], ids=["before it was taken", "after it was taken"])
async def test_a_kill_between_two_letters(database_url: str, taken: bool, then: str) -> None:
    async with founded(database_url, 1) as town:
        (pair,) = town.pairs
        mentee, mentor = pair.mentee.email, pair.mentor.email
        operation = "data" if taken else "rcpt"
        held_up = Fault("delay", "smtp", mentor, operation, delay_ms=HELD_UP_MS, after_commit=taken)
        town.sandbox.faults.add(held_up)
        await invite(town, pair)
        server = await start(town)
        await letters(town, mentor if taken else mentee, 1)
        async with asyncio.timeout(60):
            while town.sandbox.faults.waiting:  # noqa: ASYNC110 - the sandbox tells nobody that a fault was used
                await asyncio.sleep(0.01)
        await server.kill()
        if then == "cancel":
            at = town.sandbox.clock.now()
            stored = await town.store.invitations.of(KEY)
            assert stored is not None
            assert await town.store.invitations.change(stored, stored.called_off(at))
        to_mentee = [("REQUEST", 0), ("CANCEL", 1)][: 2 if then == "cancel" else 1]
        to_mentor = {
            ("nothing", False): [("REQUEST", 0)],
            ("nothing", True): [("REQUEST", 0), ("REQUEST", 0)],
            ("cancel", False): [("CANCEL", 1)],  # it may have been taken, as far as anybody can know
            ("cancel", True): [("REQUEST", 0), ("CANCEL", 1)],
        }[then, taken]
        following = await start(town)
        try:
            await letters(town, mentee, len(to_mentee))
            await letters(town, mentor, len(to_mentor))
        finally:
            await following.kill()
        assert got(town, mentee) == to_mentee
        assert got(town, mentor) == to_mentor
        ids = {str(each.message["Message-ID"]) for each in town.sandbox.mail.post.letters(mentor)}
        assert len(ids) == len(set(to_mentor)), "what is sent twice is the same letter"


async def invite(town: Town, pair: Pair) -> None:
    now = town.sandbox.clock.now()
    await town.store.invitations.invite(
        Invitation(
            key=KEY,
            uid=f"{KEY}@pairtime.example",
            mailbox=Person(MAILBOX, "Pairtime"),
            title="Mentoring session",
            when=Interval.lasting(now + timedelta(days=2), 45),
            zone="Europe/Berlin",
            changed_at=now,
            copies=(Copy(pair.mentee.id), Copy(pair.mentor.id)),
        )
    )


async def letters(town: Town, address: str, count: int) -> None:
    came = asyncio.Event()
    town.sandbox.mail.post.on_arrival(address, lambda _: came.set())
    async with asyncio.timeout(60):
        while len(town.sandbox.mail.post.letters(address)) < count:
            await came.wait()
            came.clear()


def got(town: Town, address: str) -> list[tuple[str, int]]:
    files = [letter.calendar for letter in town.sandbox.mail.post.letters(address)]
    return [(file.method, file.sequence) for file in files if file is not None]
