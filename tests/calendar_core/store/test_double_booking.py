"""Nobody is booked twice at one time, however many processes book at once; and without the guard somebody is."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import IntegrityError

from calendar_core.enrolment import Batch
from calendar_core.errors import SlotTaken
from calendar_core.people import Role
from calendar_core.store import Store, migrate, open_store
from calendar_core.store.schema import session, slot_hold
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NEXT_YEAR, NOW, Cast, at, enrol, enrolled, matched

PROCESSES = 4
MENTORS, MENTEES = ("max", "mia", "moe"), ("eva", "eli", "eda")


@pytest.fixture
def tries(proving: bool) -> int:
    """How often each process tries."""
    return 400 if proving else 40


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    migrate(database_url)
    store = open_store(database_url, WorldClock(NOW))
    yield store
    await store.close()


async def race(store: Store, url: str, tries: int, how: str) -> tuple[int, int]:
    """What all processes together booked and were refused: six people, everybody matched with everybody."""
    people = [enrolled(who, who.title(), Role.MENTOR, "UTC") for who in MENTORS]
    people += [enrolled(who, who.title(), Role.MENTEE, "UTC") for who in MENTEES]
    matches = [matched(mentor, mentee) for mentor in MENTORS for mentee in MENTEES]
    await store.enrolments.apply(Batch(tuple(people), tuple(matches)), NEXT_YEAR)
    program = (sys.executable, "-m", "tests.calendar_core.store.racer", url)
    pipe = asyncio.subprocess.PIPE
    racers = [
        await asyncio.create_subprocess_exec(*program, str(seed), str(tries), how, stdin=pipe, stdout=pipe, stderr=pipe)
        for seed in range(PROCESSES)
    ]
    for racer in racers:
        assert racer.stdout
        assert await racer.stdout.readline() == b"ready\n"
    results = await asyncio.gather(*(racer.communicate(b"go\n") for racer in racers))
    died = [complaint.decode() for racer, (_, complaint) in zip(racers, results, strict=True) if racer.returncode]
    assert not died, f"{len(died)} of {PROCESSES} died; the first said:\n{died[0]}"
    counted = [tuple(map(int, said.split())) for said, _ in results]
    return sum(booked for booked, _ in counted), sum(refused for _, refused in counted)


def overlaps(connection: Connection) -> int:
    """Pairs of sessions that hold one person at one time."""
    other = slot_hold.alias()
    pairs = select(func.count()).where(
        slot_hold.c.person == other.c.person,
        slot_hold.c.session < other.c.session,
        slot_hold.c.start_minute < other.c.end_minute,
        other.c.start_minute < slot_hold.c.end_minute,
    )
    return connection.execute(pairs).scalar_one()


def rows(connection: Connection, table: Table) -> int:
    """How many there are."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.alone
async def test_four_processes_that_book_at_once_never_overlap(
    store: Store, database_url: str, tries: int, seen: Callable[[str], None]
) -> None:
    booked, refused = await race(store, database_url, tries, "guarded")
    assert booked + refused == PROCESSES * tries
    assert min(booked, refused) > 0
    assert await store.database.read(overlaps) == 0
    stored, held = await store.database.read(
        lambda connection: (rows(connection, session), rows(connection, slot_hold))
    )
    assert (stored, held) == (booked, 2 * booked)
    assert len(await store.sessions.unsettled(NOW)) == 0  # every one has its job
    if not store.database.is_sqlite:
        deadlocks = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        assert await store.database.read(lambda connection: connection.execute(deadlocks).scalar_one()) == 0
    where = store.database.url.get_backend_name()
    seen(f"{PROCESSES} x {tries} on {where}: {booked} booked, {refused} refused, 0 overlaps")


@pytest.mark.alone
async def test_without_the_guard_they_overlap(
    store: Store, database_url: str, tries: int, seen: Callable[[str], None]
) -> None:
    if not store.database.is_sqlite:
        drop = text("ALTER TABLE slot_hold DROP CONSTRAINT slot_hold_no_overlap")
        await store.database.write(lambda connection: connection.execute(drop))
    booked, refused = await race(store, database_url, tries, "unguarded")
    assert booked + refused == PROCESSES * tries
    shared = await store.database.read(overlaps)
    assert shared > 0
    seen(f"{PROCESSES} x {tries} on {store.database.url.get_backend_name()} without the guard: {shared} overlaps")


@pytest.fixture
async def cast(store: Store) -> Cast:
    return await enrol(store)


def put(connection: Connection, uid: str, person: int, times: tuple[int, int, int | None, int | None]) -> None:
    """A hold as a move in progress leaves it, past every check of ours."""
    names = ("start_minute", "end_minute", "next_start_minute", "next_end_minute")
    connection.execute(slot_hold.insert().values(session=uid, person=person, **dict(zip(names, times, strict=True))))


@pytest.mark.parametrize(
    "times",
    [(0, 30, None, None), (90, 120, 0, 30), (29, 31, 90, 120), (90, 120, 60, 61), (59, 70, None, None)],
    ids=["where it is", "going where it is", "across its start", "going where it goes", "across its end"],
)
async def test_postgresql_itself_refuses_what_overlaps_a_session_or_where_it_goes(
    postgres_url: str, times: tuple[int, int, int | None, int | None]
) -> None:
    migrate(postgres_url)
    store = open_store(postgres_url, WorldClock(NOW))
    cast = await enrol(store)
    uids = [(await store.sessions.reserve(cast.session(at(hour)))).uid for hour in (1, 2)]
    await store.database.write(lambda connection: put(connection, uids[0], cast.uma.id, (0, 30, 60, 75)))
    await store.database.write(lambda connection: put(connection, uids[1], cast.priya.id, times))
    with pytest.raises(IntegrityError):
        await store.database.write(lambda connection: put(connection, uids[1], cast.uma.id, times))
    await store.close()


async def test_a_session_being_moved_holds_where_it_is_and_where_it_goes(store: Store, cast: Cast) -> None:
    moving = await store.sessions.reserve(cast.session(at(1)))
    here, there, between = at(10), at(20), at(15)
    times = (here.start_minute, here.end_minute, there.start_minute, there.end_minute)
    await store.database.write(lambda connection: put(connection, moving.uid, cast.kai.id, times))
    held = await store.sessions.held([cast.kai.id], at(0, 24 * 60))
    assert held[cast.kai.id] == (here, there)
    assert (await store.sessions.held([cast.kai.id], there))[cast.kai.id] == (there,)
    for taken in (here, there):
        with pytest.raises(SlotTaken):
            await store.sessions.reserve(cast.session(taken, cast.kai_sam))
    await store.sessions.reserve(cast.session(between, cast.kai_sam))
