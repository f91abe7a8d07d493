"""The server is killed (-9) while people book, in Google and in Outlook: no acknowledged session is lost, no event is
made twice, nobody is told twice, no hold is left."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TypedDict
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from calendar_core.interval import Interval
from calendar_core.people import User
from calendar_core.session import Session, SessionState

from .town import Pair, Server, Town, founded, start

PAIRS = 4
LATENCY_MS = 12
SHORTEST_LIFE, LONGEST_LIFE = 0.4, 2.5  # seconds of booking before the kill


BOOKED = re.compile(r"(?:Booked\.|Mentee \d+ booked a session with you:) (\w{3} \d+ \w{3} \d{4}, \d\d:\d\d)")


class Button(TypedDict):
    """What of a choice is looked at."""

    token: str
    start: str | None


class Reply(TypedDict):
    """What of a reply is looked at."""

    kind: str
    text: str
    choices: list[Button]


@dataclass
class Ledger:
    """What people were told, to be held against what is."""

    acknowledged: list[tuple[Pair, str]] = field(default_factory=list)
    presses: int = 0


@pytest.mark.alone
async def test_kills_while_booking_lose_and_double_nothing(
    database_url: str, proving: bool, seen: Callable[[str], None]
) -> None:
    kills, seed = (200, 2026) if proving else (15, 11)
    dice, ledger = random.Random(seed), Ledger()
    async with founded(database_url, PAIRS) as town:
        town.sandbox.faults.latency_ms[""] = LATENCY_MS
        server = await start(town)
        for _ in range(kills):
            following = asyncio.create_task(start(town))  # a second process takes over what the killed one had begun
            async with aiohttp.ClientSession(server.url) as http:
                lives = [asyncio.create_task(_books(http, pair, ledger, dice.random())) for pair in town.pairs]
                await asyncio.sleep(SHORTEST_LIFE + dice.random() * (LONGEST_LIFE - SHORTEST_LIFE))
                await server.kill()
                await asyncio.gather(*lives)
            server = await following
        sessions = await _all_at_rest(town, server)
        _hold_against(town, ledger, sessions)
        notices = await _hold_against_inboxes(town, sessions)
        seen(
            f"{kills} kills on {database_url.partition(':')[0]}: {ledger.presses} presses, {len(ledger.acknowledged)} "
            f"acknowledged, {len(sessions)} sessions, {notices} notices; 0 lost, 0 twice, 0 holds left"
        )


async def _books(http: aiohttp.ClientSession, pair: Pair, ledger: Ledger, luck: float) -> None:
    """Lists and presses until the server is gone."""
    try:
        while True:
            listed = await ask(http, "say", {"as": pair.mentee.email, "text": "book with my mentor"})
            choices = [each for each in listed["choices"] if each["start"]]
            if not choices:
                return
            chosen = choices[int(luck * len(choices))]
            ledger.presses += 1
            reply = await ask(http, "press", {"as": pair.mentee.email, "token": chosen["token"]})
            if reply["kind"] == "SessionShown":
                ledger.acknowledged.append((pair, chosen["start"] or ""))
    except (aiohttp.ClientError, ConnectionError):
        return


async def ask(http: aiohttp.ClientSession, what: str, body: dict[str, str]) -> Reply:
    async with http.post(f"/console/{what}", json=body) as answer:
        assert answer.status == HTTPStatus.OK, await answer.text()
        reply: Reply = await answer.json()
        return reply


async def _all_at_rest(town: Town, server: Server) -> list[Session]:
    """What the last server makes of what the killed ones left."""
    try:
        async with asyncio.timeout(90):
            while await _moving(town):  # noqa: ASYNC110 - another process works; the store is where it shows
                await asyncio.sleep(0.2)
    finally:
        await server.kill()
    return await _sessions(town)


async def _moving(town: Town) -> bool:
    everywhere = Interval.lasting(town.sandbox.clock.now(), 400 * 24 * 60)
    held = await town.store.sessions.held(
        [user.id for pair in town.pairs for user in (pair.mentee, pair.mentor)], everywhere
    )
    booked = {(user, each.when) for each in await _sessions(town) for user in each.people}
    if any((user, when) not in booked for user, times in held.items() for when in times):
        return True
    told = [await _told(town, pair.mentor) for pair in town.pairs]
    return sum(map(len, told)) < len(await _sessions(town))


async def _told(town: Town, user: User) -> list[str]:
    """For each notice of a booking that the user was sent, when the session is."""
    texts = [json.loads(body)["text"] for _, body in await town.store.inbox.after(user.id, 0)]
    return [found[1] for text in texts if (found := BOOKED.match(text))]


async def _sessions(town: Town) -> list[Session]:
    return [each for pair in town.pairs for each in await town.store.sessions.of_match(pair.match.id, 10_000)]


def _hold_against(town: Town, ledger: Ledger, sessions: Sequence[Session]) -> None:
    proved = {pair.match.id for pair, _ in ledger.acknowledged}
    assert proved == {pair.match.id for pair in town.pairs}, "of some pair nothing was proved: none was acknowledged"
    assert all(each.state is SessionState.BOOKED for each in sessions)
    standing = {(each.match, each.when.start) for each in sessions}
    for pair, start_text in ledger.acknowledged:
        assert (pair.match.id, datetime.fromisoformat(start_text)) in standing, "an acknowledged session is lost"
    for pair in town.pairs:
        of_pair = [each for each in sessions if each.match == pair.match.id]
        for user in (pair.mentee, pair.mentor):
            shown = [
                each
                for each in town.sandbox.world.events(user.email)
                if not each.deleted and each.status != "cancelled"
            ]
            uids = sorted(each.uid for each in shown)
            assert uids == sorted(each.event_uid or "" for each in of_pair), "an event is missing or there twice"


async def _hold_against_inboxes(town: Town, sessions: Sequence[Session]) -> int:
    """Each mentor was told of each session once; the mentees, who pressed, of none twice. How many notices it took."""
    notices = 0
    for pair in town.pairs:
        starts = [each.when.start for each in sessions if each.match == pair.match.id]
        booked = sorted(_as_told(start, pair.mentor) for start in starts)
        assert sorted(await _told(town, pair.mentor)) == booked, "a mentor was not told of a session, or twice"
        asked = await _told(town, pair.mentee)
        assert len(set(asked)) == len(asked), "a mentee was told twice that it is booked"
        assert {*asked} <= {_as_told(start, pair.mentee) for start in starts}
        notices += len(booked) + len(asked)
    return notices


def _as_told(start: datetime, reader: User) -> str:
    local = start.astimezone(ZoneInfo(reader.time_zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
