"""The eight promises of durable work (docs/decisions/0005), asked of each runner.

A class that inherits gives `url` (a migrated database of the test's own), `clock`, and `outage`, which takes the
database away for a moment.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from calendar_core.errors import ProviderUnavailable
from calendar_core.job import Job
from calendar_core.ports import RetryAt
from calendar_core.store import Store, open_store
from calendar_core.store.jobs import Deferral, Pace
from calendar_core.store.opening import durable_work
from sandbox.clock import WorldClock

from .cast import NOW
from .working import PATIENT, Given, run

QUICK = Pace(poll=0.2, renewal=0.2, lease=1.5, grace=1.0, attempts=3, first_pause=0.01)
HOUR = timedelta(hours=1)


class JobsContract:
    async def test_a_job_exists_exactly_if_its_transaction_commits(self, store: Store, clock: WorldClock) -> None:
        queue, _ = durable_work(store.database, clock, QUICK)

        def commit(connection: Connection) -> None:
            queue.defer_in(connection, Deferral(Job("kept")))

        def fail(connection: Connection) -> None:
            queue.defer_in(connection, Deferral(Job("lost")))
            raise LookupError

        with pytest.raises(LookupError):
            await store.database.write(fail)
        await store.database.write(commit)
        given = Given()
        async with given.by(store, "kept", "lost"):
            assert await given.next() == Job("kept")
            await store.jobs.defer(Job("kept", ("last",)))
            assert await given.next() == Job("kept", ("last",))

    async def test_a_job_of_the_same_process_starts_without_waiting_for_a_poll(
        self, url: str, clock: WorldClock
    ) -> None:
        async with opened(url, clock, Pace(poll=PATIENT * 10)) as store:
            given = Given()
            async with given.by(store, "first", "next"):
                while not await given.one_within(0.2):  # it may still be beginning to listen
                    await store.jobs.defer(Job("first"))
                for number in range(20):
                    await store.jobs.defer(Job("next", (str(number),)))
                    while (job := await given.next()).name == "first":
                        pass
                    assert job == Job("next", (str(number),))

    async def test_a_job_of_another_process_starts_at_the_next_poll(
        self, url: str, store: Store, clock: WorldClock
    ) -> None:
        given = Given()
        async with given.by(store, "far"), opened(url, clock, QUICK) as other:
            await other.jobs.defer(Job("far"))
            assert await given.next() == Job("far")

    async def test_what_a_killed_worker_had_begun_is_done_by_another(self, url: str, store: Store) -> None:
        await store.jobs.defer(Job("stuck", ("42",)), lock="one")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.calendar_core.store.stuck_worker", url, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        given = Given()
        async with asyncio.timeout(PATIENT):
            assert await process.stdout.readline() == b"begun\n"
            async with given.by(store, "stuck"):
                assert given.nothing
                process.kill()
                assert await given.next() == Job("stuck", ("42",))
            await process.wait()

    async def test_of_one_lock_never_two_run_at_once(self, url: str, store: Store, clock: WorldClock) -> None:
        running, most, done = 0, 0, asyncio.Semaphore(0)

        async def handler(job: Job) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            await store.jobs.dead()  # something that takes a moment
            running -= 1
            done.release()

        for number in range(8):
            await store.jobs.defer(Job("locked", (str(number),)), lock="one")
        async with opened(url, clock, QUICK) as other, run(store, {"locked": handler}), run(other, {"locked": handler}):
            async with asyncio.timeout(PATIENT):
                for _ in range(8):
                    await done.acquire()
        assert most == 1

    async def test_jobs_of_other_locks_do_not_wait(self, store: Store) -> None:
        both, given = asyncio.Barrier(2), Given()

        async def meet(job: Job) -> None:
            await both.wait()
            await given.note(job)

        for lock in ("one", "two"):
            await store.jobs.defer(Job("meet", (lock,)), lock=lock)
        async with run(store, {"meet": meet}):
            assert {(await given.next()).subject for _ in range(2)} == {("one",), ("two",)}

    async def test_a_job_that_waits_for_its_time_keeps_its_lock_from_nobody(
        self, store: Store, clock: WorldClock
    ) -> None:
        given = Given()

        async def later(job: Job) -> RetryAt:
            await given.note(job)
            return RetryAt(clock.now() + HOUR)

        await store.jobs.defer(Job("later"), lock="one")
        async with run(store, {"later": later, "now": given.note}):
            assert await given.next() == Job("later")
            await store.jobs.defer(Job("now"), lock="one")
            assert await given.next() == Job("now")

    async def test_a_job_with_a_time_carries_no_lock(self, store: Store) -> None:
        with pytest.raises(ValueError, match="no lock"):
            await store.jobs.defer(Job("both"), not_before=NOW + HOUR, lock="one")

    async def test_a_job_starts_not_before_its_time(self, store: Store, clock: WorldClock) -> None:
        soon = clock.now() + timedelta(seconds=0.5)
        given = Given(clock)
        await store.jobs.defer(Job("soon"), not_before=soon)
        await store.jobs.defer(Job("never"), not_before=soon + HOUR)
        await store.jobs.defer(Job("now"))
        async with given.by(store, "soon", "never", "now"):
            assert [await given.next() for _ in range(2)] == [Job("now"), Job("soon")]
        assert given.instants[1] >= soon

    async def test_a_job_put_off_is_no_failure_and_starts_not_before_its_time(
        self, store: Store, clock: WorldClock
    ) -> None:
        given = Given(clock)
        dues = [clock.now()]

        async def put_off(job: Job) -> RetryAt | None:
            await given.note(job)
            dues.append(clock.now() + timedelta(milliseconds=20))
            return RetryAt(dues[-1]) if len(dues) <= 2 * QUICK.attempts else None

        await store.jobs.defer(Job("later"), lock="one")
        async with run(store, {"later": put_off}):
            for _ in range(2 * QUICK.attempts):
                await given.next()
        assert all(due <= instant for due, instant in zip(dues[:-1], given.instants, strict=True))
        assert await store.jobs.dead() == 0

    async def test_a_job_that_fails_is_tried_again_and_dies_after_its_last_attempt(self, store: Store) -> None:
        given = Given()

        async def fail(job: Job) -> None:
            await given.note(job)
            raise ProviderUnavailable("the calendar")

        await store.jobs.defer(Job("fail", ("7",)))
        async with run(store, {"fail": fail}):
            for _ in range(QUICK.attempts):
                assert await given.next() == Job("fail", ("7",))
        assert await store.jobs.dead() == 1
        async with given.by(store, "fail", "other"):
            await store.jobs.defer(Job("other"))
            assert await given.next() == Job("other")

    async def test_a_job_that_nobody_does_in_time_is_overdue_and_one_that_waits_for_its_time_is_not(
        self, store: Store, clock: WorldClock
    ) -> None:
        await store.jobs.defer(Job("new"))
        await store.jobs.defer(Job("later"), not_before=clock.now() + HOUR)
        assert await store.jobs.overdue() == 0
        await store.jobs.defer(Job("late"), not_before=clock.now() - HOUR)
        assert await store.jobs.overdue() == 1

    async def test_a_job_nobody_here_has_a_handler_for_is_left_for_others(self, store: Store) -> None:
        given = Given()
        await store.jobs.defer(Job("theirs"))
        await store.jobs.defer(Job("ours"))
        async with given.by(store, "ours"):
            assert await given.next() == Job("ours")
        async with given.by(store, "theirs"):
            assert await given.next() == Job("theirs")
        assert await store.jobs.dead() == 0

    async def test_a_tick_is_one_job_over_all_workers_and_missed_ones_are_one(
        self, url: str, store: Store, clock: WorldClock
    ) -> None:
        given, periodic = Given(), {"sweep": HOUR}
        async with opened(url, clock, QUICK) as other, given.by(store, "sweep", "last", periodic=periodic):
            async with given.by(other, "sweep", "last", periodic=periodic):
                for hours in (0, 1, 5):
                    clock.jump(hours * HOUR)
                    assert await given.next() == Job("sweep")
            await store.jobs.defer(Job("last"))
            assert await given.next() == Job("last")

    async def test_stopping_waits_for_what_ends_within_the_grace(self, store: Store) -> None:
        begun, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def handler(job: Job) -> None:
            begun.set()
            await go_on.wait()
            ended.set()

        await store.jobs.defer(Job("slow"))
        async with asyncio.timeout(PATIENT), run(store, {"slow": handler}) as runner:
            await begun.wait()
            runner.cancel()
            await asyncio.sleep(0)
            go_on.set()
        assert ended.is_set()
        assert await settled(store, "slow")

    async def test_work_cut_off_is_given_back_without_losing_an_attempt(self, url: str, clock: WorldClock) -> None:
        given = Given()

        async def endless(job: Job) -> None:
            await given.note(job)
            await asyncio.Event().wait()

        async with opened(url, clock, Pace(poll=0.2, grace=0.05, attempts=1)) as store:
            await store.jobs.defer(Job("endless"), lock="one")
            for _ in range(2):
                async with run(store, {"endless": endless}):
                    assert await given.next() == Job("endless")
            async with given.by(store, "endless"):
                assert await given.next() == Job("endless")
            assert await store.jobs.dead() == 0

    async def test_a_database_that_goes_away_for_a_moment_is_survived(
        self, store: Store, outage: Callable[[], Awaitable[None]]
    ) -> None:
        given, during = Given(), asyncio.Event()

        async def through(job: Job) -> None:
            during.set()
            await outage()
            await given.note(job)

        await store.jobs.defer(Job("through"), lock="one")
        async with run(store, {"through": through, "after": given.note}):
            assert await given.next() == Job("through")
            await store.jobs.defer(Job("after"), lock="one")
            while await given.next() != Job("after"):
                pass  # what was going on may be done again
        assert await store.jobs.dead() == 0


@asynccontextmanager
async def opened(url: str, clock: WorldClock, pace: Pace) -> AsyncIterator[Store]:
    """Another opening of the same database."""
    store = open_store(url, clock, pace)
    try:
        yield store
    finally:
        await store.close()


async def settled(store: Store, name: str) -> bool:
    """No job of that name is still to be done."""
    queue, _ = durable_work(store.database, WorldClock(), QUICK)
    return not await store.database.read(lambda connection: queue.waiting(connection, name))
