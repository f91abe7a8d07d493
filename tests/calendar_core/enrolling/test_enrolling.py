"""Whole imports into both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from calendar_core.enrolling import BATCH, Enrolling, SourceFile, Stage
from calendar_core.enrolment import Batch, Enrolled, EnrolledNow, Known
from calendar_core.errors import StoreUnavailable
from calendar_core.job import PROBE, TELL
from calendar_core.people import Role
from calendar_core.store import Store, open_store
from sandbox.clock import WorldClock
from tests.contracts.store.working import working

from .files import ANA, HEADER, PAIR, SAM, matches, people

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOME = "example.com", "Leaders 2026"


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    store = open_store(migrated_url, WorldClock(NOW))
    yield store
    await store.close()


@pytest.fixture
def enrolling(store: Store) -> Enrolling:
    return Enrolling(store.enrolments, store.endings, store.jobs, WorldClock(NOW))


async def test_people_and_matches_of_two_files_are_enrolled_once(store: Store, enrolling: Enrolling) -> None:
    sources = (matches(PAIR), people(ANA, SAM))
    first = await enrolling.take_in(sources)
    assert (first.lines, first.bad) == (3, ())
    assert first.enrolled is not None
    assert (first.enrolled.people, first.enrolled.memberships, len(first.enrolled.matches)) == (2, 2, 1)
    again = await enrolling.take_in(sources)
    assert again.enrolled == Enrolled()


async def test_both_people_of_a_new_match_are_told_and_everybody_is_tried_by_the_domain(
    store: Store, enrolling: Enrolling
) -> None:
    await enrolling.take_in((people(ANA, SAM), matches(PAIR)))
    async with working(store, TELL, PROBE) as work:
        assert sorted([(await work.next()).name for _ in range(3)]) == [PROBE, TELL, TELL]


async def test_a_bad_line_keeps_everything_out(store: Store, enrolling: Enrolling) -> None:
    imported = await enrolling.take_in((people(ANA, SAM), matches(PAIR, "Leaders 2026,sam@example.com,mo@example.com")))
    assert imported.enrolled is None
    assert [line.number for line in imported.bad] == [3]
    assert await store.enrolments.roster() == {}


async def test_the_other_lines_are_written_if_that_was_asked_for(store: Store, enrolling: Enrolling) -> None:
    sources = (people(ANA, SAM.replace("Europe/Berlin", "Mars")), matches(PAIR))
    imported = await enrolling.take_in(sources, skip_bad=True)
    assert [(line.file, line.number) for line in imported.bad] == [("people.csv", 3), ("matches.csv", 2)]
    assert imported.enrolled is not None
    assert (imported.enrolled.people, imported.enrolled.matches) == (1, ())
    assert await store.enrolments.roster() == {HOME: {"ana@example.com": {Role.MENTEE}}}


async def test_a_file_that_cannot_be_read_keeps_everything_out_whatever_was_asked_for(
    store: Store, enrolling: Enrolling
) -> None:
    imported = await enrolling.take_in((people(ANA), SourceFile("matches.csv", b"")), skip_bad=True)
    assert imported.enrolled is None
    assert await store.enrolments.roster() == {}


async def test_who_is_missing_from_a_file_stays(store: Store, enrolling: Enrolling) -> None:
    await enrolling.take_in((people(ANA, SAM), matches(PAIR)))
    await enrolling.take_in((people(ANA.replace("Ana Ruiz", "Ana R. Ruiz")), matches()))
    assert set((await store.enrolments.roster())[HOME]) == {"ana@example.com", "sam@example.com"}
    (ana,) = await store.people.at_address("ana@example.com")
    assert ana.name == "Ana R. Ruiz"
    assert len(await store.programmes.matched(ana.id)) == 1


def many(count: int) -> tuple[SourceFile, SourceFile]:
    """So many people in 20 programmes, every second of them matched with the next."""
    roles = ("mentor", "mentee")
    zones = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")
    lines = (
        f"p{n}@example.com,Person {n},example.com,Leaders {n // 2 % 20},{roles[n % 2]},{zones[n % 3]},en-GB,DE-BE,"
        for n in range(count)
    )
    pairs = (f"Leaders {n // 2 % 20},p{n}@example.com,p{n + 1}@example.com" for n in range(0, count - 1, 2))
    return SourceFile("people.csv", "\n".join((HEADER, *lines)).encode()), matches(*pairs)


async def test_many_lines_are_taken_in_batches_with_their_progress(
    store: Store, enrolling: Enrolling, proving: bool
) -> None:
    count = 100_000 if proving else 5_000
    seen: list[tuple[Stage, int, int]] = []
    imported = await enrolling.take_in(many(count), progress=lambda *step: seen.append(step))
    assert imported.enrolled is not None
    assert (imported.lines, imported.enrolled.people, len(imported.enrolled.matches)) == (
        count * 3 // 2,
        count,
        count // 2,
    )
    for stage in (Stage.CHECKING, Stage.WRITING):
        steps = [done for each, done, _ in seen if each is stage]
        assert steps == sorted(steps)
        assert max(after - before for before, after in zip([0, *steps], steps, strict=False)) <= BATCH
        assert steps[-1] == imported.lines
    assert (await enrolling.take_in(many(count))).enrolled == Enrolled()


class Interrupted:
    """Enrolments of a database that goes away after one batch."""

    def __init__(self, store: Store) -> None:
        self._store, self._left = store, 1

    async def roster(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[Role]]]:
        return await self._store.enrolments.roster()

    async def known(self) -> Known:
        return await self._store.enrolments.known()

    async def standing(self) -> EnrolledNow:
        return await self._store.enrolments.standing()

    async def apply(self, batch: Batch, at: datetime, *, tell: bool = True) -> Enrolled:
        if not self._left:
            raise StoreUnavailable
        self._left -= 1
        return await self._store.enrolments.apply(batch, at, tell=tell)


async def test_an_import_that_broke_off_goes_on_when_it_is_run_again(store: Store, enrolling: Enrolling) -> None:
    sources = many(2 * BATCH + 10)
    with pytest.raises(StoreUnavailable):
        await Enrolling(Interrupted(store), store.endings, store.jobs, WorldClock(NOW)).take_in(sources)
    rest = (await enrolling.take_in(sources)).enrolled
    assert rest is not None
    assert (rest.people, len(rest.matches)) == (BATCH + 10, BATCH + 5)
