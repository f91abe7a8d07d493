"""The server is killed (-9) while sessions are called off: calendars are cleared, times freed, people told, once."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable

import aiohttp
import pytest

from calendar_core.interval import Interval
from calendar_core.people import User, UserId
from calendar_core.scheduling import Cancelling
from calendar_core.session import Removal, Session, SessionState, SessionUid

from .test_kills import ask
from .town import Pair, Town, founded, start

PAIRS = 4
LATENCY_MS = 40  # so that many a kill finds a removal under way
LONGEST_LIFE = 0.6  # seconds after the decision


@pytest.mark.alone
async def test_kills_while_cancelling_leave_nothing_behind(
    database_url: str, proving: bool, seen: Callable[[str], None]
) -> None:
    kills, dice = (60 if proving else 4), random.Random(2026)
    async with founded(database_url, PAIRS) as town:
        town.sandbox.faults.latency_ms[""] = LATENCY_MS
        cancelling = Cancelling(town.store.sessions, town.sandbox.clock)
        off, to_be_told = list[SessionUid](), Counter[UserId]()
        server = await start(town)
        for _ in range(kills):
            following = asyncio.create_task(start(town))  # takes over what the killed one had begun
            async with aiohttp.ClientSession(server.url) as http:
                await asyncio.gather(*(booked(http, pair) for pair in town.pairs))
            for pair in town.pairs:
                for session in await standing(town, pair):
                    who = dice.choice((pair.mentee, pair.mentor))
                    await cancelling.cancel(who, session.uid, wait_seconds=0)
                    off.append(session.uid)
                    to_be_told[session.other(who.id)] += 1
            await asyncio.sleep(dice.random() * LONGEST_LIFE)
            await server.kill()
            server = await following
        try:
            ended = await all_cleared(town, off)
            await all_told(town, to_be_told)
        finally:
            await server.kill()
        assert {each.cancelled.removal for each in ended if each.cancelled} == {Removal.DONE}
        for pair in town.pairs:
            for user in (pair.mentee, pair.mentor):
                assert shown(town, user) == 0, "an event was left in a calendar"
                assert await held(town, user) == 0, "a time was left held"
                assert await told(town, user) == to_be_told[user.id], "not told, or told twice"
        seen(f"{kills} kills on {database_url.partition(':')[0]}: {len(off)} cancelled, 0 left, 0 told twice")


async def booked(http: aiohttp.ClientSession, pair: Pair) -> None:
    """The first time that is offered, in a calendar."""
    listed = await ask(http, "say", {"as": pair.mentee.email, "text": "book with my mentor"})
    first = next(each for each in listed["choices"] if each["start"])
    reply = await ask(http, "press", {"as": pair.mentee.email, "token": first["token"]})
    assert reply["kind"] == "SessionShown", reply["text"]


async def standing(town: Town, pair: Pair) -> list[Session]:
    return [
        each for each in await town.store.sessions.of_match(pair.match.id, 10_000) if each.state is SessionState.BOOKED
    ]


async def all_cleared(town: Town, off: list[SessionUid]) -> list[Session]:
    async with asyncio.timeout(90):
        while True:
            found = [await town.store.sessions.session(uid) for uid in off]
            sessions = [each for each in found if each is not None]
            if all(each.state is SessionState.CANCELLED for each in sessions):
                return sessions
            await asyncio.sleep(0.2)


async def all_told(town: Town, to_be_told: Counter[UserId]) -> None:
    """Whoever did not cancel; who did, has the answer on the screen."""
    people = [user for pair in town.pairs for user in (pair.mentee, pair.mentor)]
    async with asyncio.timeout(60):
        while any([await told(town, user) < to_be_told[user.id] for user in people]):  # noqa: ASYNC110 - jobs elsewhere
            await asyncio.sleep(0.2)


async def told(town: Town, user: User) -> int:
    """How many sessions of theirs the other one has called off, by what was pushed to them."""
    texts = [json.loads(body)["text"] for _, body in await town.store.inbox.after(user.id, 0)]
    return len([text for text in texts if " cancelled " in text])


def shown(town: Town, user: User) -> int:
    events = town.sandbox.world.events(user.email)
    return len([each for each in events if not each.deleted and each.status != "cancelled"])


async def held(town: Town, user: User) -> int:
    everywhere = Interval.lasting(town.sandbox.clock.now(), 400 * 24 * 60)
    return len((await town.store.sessions.held([user.id], everywhere))[user.id])
