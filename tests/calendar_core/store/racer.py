"""One of several processes that book at the same time: `python -m tests.calendar_core.store.racer URL SEED TRIES HOW`.

HOW is `guarded` (the store's own reserve) or `unguarded` (a reserve that exists only here: it checks in one
transaction and inserts in the next, with a barrier between). Four at a time want the same time with various people.
Says "ready", waits for a line, and says how many it booked and how many were refused.
"""

from __future__ import annotations

import asyncio
import random
import sys

from sqlalchemy import Connection, insert

from calendar_core.errors import SlotTaken
from calendar_core.interval import Interval
from calendar_core.people import Match, ProgrammeId
from calendar_core.session import Session, SessionState, SessionUid
from calendar_core.store import Store, holds, open_store, schema
from calendar_core.store.session_rows import columns_of
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, at

IN_FLIGHT = 4
HOURS = 96  # that six people share
MINUTES = (30, 45, 60)


def session(uid: str, match: Match, when: Interval) -> Session:
    """The mentee books."""
    return Session(
        uid=SessionUid(uid),
        match=match.id,
        booked_by=match.mentee,
        pressed_by=match.mentee,
        organizer=match.mentee,
        attendee=match.mentor,
        when=when,
        zone="UTC",
        state=SessionState.HELD,
        booked_via="console",
        looked_at=NOW,
    )


async def reserve_unguarded(store: Store, new: Session, barrier: asyncio.Barrier) -> None:
    """What a booking system does that trusts its check."""

    def put(connection: Connection) -> None:
        connection.execute(insert(schema.session).values(columns_of(new)))
        holds.take(connection, new)

    taken = await store.database.read(lambda connection: holds.any_overlap(connection, new.people, new.when))
    await barrier.wait()
    if taken:
        raise SlotTaken(new.when)
    await store.database.write(put)


async def race(url: str, seed: str, tries: int, *, guarded: bool) -> tuple[int, int]:
    """Booked, refused."""
    store = open_store(url, WorldClock(NOW))
    matches = await store.programmes.matches_in(ProgrammeId(1))
    chance = random.Random(seed)
    barrier = asyncio.Barrier(IN_FLIGHT)
    booked = 0

    async def book(number: int, when: Interval) -> None:
        nonlocal booked
        new = session(f"{seed}-{number}", chance.choice(matches), when)
        try:
            if guarded:
                await store.sessions.reserve(new)
            else:
                await reserve_unguarded(store, new, barrier)
        except SlotTaken:
            return
        booked += 1

    await asyncio.to_thread(lambda: (sys.stdout.write("ready\n"), sys.stdout.flush(), sys.stdin.readline()))
    for first in range(0, tries, IN_FLIGHT):
        when = at(chance.randrange(HOURS * 4) / 4, chance.choice(MINUTES))
        await asyncio.gather(*(book(first + each, when) for each in range(IN_FLIGHT)))
    await store.close()
    return booked, tries - booked


if __name__ == "__main__":
    result = asyncio.run(race(sys.argv[1], sys.argv[2], int(sys.argv[3]), guarded=sys.argv[4] == "guarded"))
    sys.stdout.write("{} {}\n".format(*result))
