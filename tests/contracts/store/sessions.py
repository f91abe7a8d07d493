"""What Sessions promises."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_core.errors import RequestClosed, SlotTaken
from calendar_core.happening import HappeningId, SessionBooked
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.job import Job
from calendar_core.participation import Participation
from calendar_core.ports import Telling
from calendar_core.request import RequestId, RequestState
from calendar_core.session import (
    Cancellation,
    Cancelled,
    Conference,
    Link,
    Release,
    Removal,
    Session,
    SessionState,
    SessionUid,
)
from calendar_core.store import Store

from .cast import NOW, Cast, at, booked
from .requests import asked
from .working import working

WEEK = Interval.lasting(NOW, 7 * 24 * 60)
MEET = Conference(Suite.GOOGLE, "https://meet.example.com/Abc-1")


class SessionsContract:
    async def test_a_reserved_session_is_stored_whole(self, store: Store, cast: Cast) -> None:
        new = replace(
            cast.session(at(24)),
            sequence=3,
            attempt=2,
            event_id="AbC",
            event_uid="abC@google",
            event_etag='"7"',
            conference=MEET,
            link=Link.READY,
            topic="My first *presentation*",
        )
        assert await store.sessions.reserve(new) == new
        assert await store.sessions.session(new.uid) == new
        assert await store.sessions.session(SessionUid(new.uid.upper())) is None

    async def test_reserving_holds_the_time_of_both(self, store: Store, cast: Cast) -> None:
        await store.sessions.reserve(cast.session(at(24)))
        held = await store.sessions.held([cast.ana.id, cast.sam.id, cast.kai.id], WEEK)
        assert held == {cast.ana.id: (at(24),), cast.sam.id: (at(24),), cast.kai.id: ()}
        assert await store.sessions.held([cast.ana.id], at(23)) == {cast.ana.id: ()}

    async def test_a_time_that_overlaps_for_either_is_taken(self, store: Store, cast: Cast) -> None:
        await store.sessions.reserve(cast.session(at(24)))
        refused = cast.session(at(24.5), cast.kai_sam)
        with pytest.raises(SlotTaken) as taken:
            await store.sessions.reserve(refused)
        assert taken.value.when == at(24.5)
        assert await store.sessions.session(refused.uid) is None
        assert await store.sessions.held([cast.kai.id], WEEK) == {cast.kai.id: ()}

    async def test_times_that_touch_are_both_free_to_take(self, store: Store, cast: Cast) -> None:
        await store.sessions.reserve(cast.session(at(24)))
        await store.sessions.reserve(cast.session(at(24.75), cast.kai_sam))
        assert (await store.sessions.held([cast.sam.id], WEEK))[cast.sam.id] == (at(24), at(24.75))

    async def test_reserving_twice_is_once(self, store: Store, cast: Cast) -> None:
        first = await store.sessions.reserve(cast.session(at(24)))
        kept = await store.sessions.keep(booked(first))
        assert await store.sessions.reserve(first) == kept
        assert await store.sessions.reserve(replace(first, when=at(30))) == kept
        assert (await store.sessions.held([cast.ana.id], WEEK))[cast.ana.id] == (at(24),)

    async def test_of_many_at_once_one_gets_the_time(self, store: Store, cast: Cast) -> None:
        tries = [cast.session(at(24 + step / 10), match) for step in range(5) for match in (cast.ana_sam, cast.kai_sam)]
        outcomes = await asyncio.gather(*map(store.sessions.reserve, tries), return_exceptions=True)
        assert [type(each) for each in outcomes].count(SlotTaken) == 9
        assert len((await store.sessions.held([cast.sam.id], WEEK))[cast.sam.id]) == 1

    async def test_one_uid_reserved_by_many_at_once_is_one_session(self, store: Store, cast: Cast) -> None:
        new = cast.session(at(24))
        assert await asyncio.gather(*(store.sessions.reserve(new) for _ in range(8))) == [new] * 8

    async def test_reserving_defers_the_settling(self, store: Store, cast: Cast) -> None:
        new = await store.sessions.reserve(cast.session(at(24)))
        with pytest.raises(SlotTaken):
            await store.sessions.reserve(cast.session(at(24), cast.kai_sam))
        async with working(store, "settle") as work:
            assert await work.next() == Job("settle", (new.uid,))
            await work.is_all(store)

    async def test_reserving_accepts_an_open_request_once(self, store: Store, cast: Cast) -> None:
        request = await store.requests.make(asked(cast), None)
        await store.sessions.reserve(cast.session(at(48)), accepting=request.id)
        stored = await store.requests.request(request.id)
        assert stored == replace(request, state=RequestState.ACCEPTED, chosen=at(48))
        refused = cast.session(at(50))
        with pytest.raises(RequestClosed):
            await store.sessions.reserve(refused, accepting=request.id)
        with pytest.raises(RequestClosed):
            await store.sessions.reserve(refused, accepting=RequestId(999))
        assert await store.sessions.session(refused.uid) is None

    async def test_a_kept_session_rises_by_one_revision(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        kept = await store.sessions.keep(booked(held))
        assert kept == replace(booked(held), revision=1)
        assert await store.sessions.session(held.uid) == kept

    async def test_the_slower_of_two_writers_writes_nothing(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        await store.sessions.keep(booked(held))
        tell = [Telling(cast.sam.id, SessionBooked(held.uid), NOW)]
        late = replace(held, state=SessionState.RELEASED)
        assert await store.sessions.keep(late, tell=tell, later=[(Job("remind", ("late",)), NOW)]) is None
        assert (await store.sessions.held([cast.sam.id], WEEK))[cast.sam.id] == (at(24),)
        async with working(store, "tell", "remind") as work:
            await work.is_all(store)

    @pytest.mark.parametrize("state", SessionState, ids=lambda state: state.name)
    async def test_only_a_released_or_cancelled_session_frees_the_times(
        self, store: Store, cast: Cast, state: SessionState
    ) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        because = Release.TAKEN if state is SessionState.RELEASED else None
        kept = await store.sessions.keep(replace(held, state=state, released_because=because))
        assert kept
        assert kept.released_because is because
        times = (await store.sessions.held([cast.sam.id], WEEK))[cast.sam.id]
        assert times == (() if state in {SessionState.RELEASED, SessionState.CANCELLED} else (at(24),))

    async def test_keeping_leaves_word_and_work_for_later(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        tell = [Telling(user.id, SessionBooked(held.uid), NOW) for user in (cast.ana, cast.sam)]
        remind = Job("remind", (held.uid, "0"))
        await store.sessions.keep(booked(held), tell=tell, later=[(remind, NOW)])
        async with working(store, "tell", "remind") as work:
            jobs = [await work.next() for _ in range(3)]
        assert remind in jobs
        told = [job.subject for job in jobs if job.name == "tell"]
        assert {int(user) for _, user in told} == {cast.ana.id, cast.sam.id}
        (number,) = {HappeningId(int(number)) for number, _ in told}
        assert await store.happenings.happening(number) == SessionBooked(held.uid)

    async def test_what_is_to_be_settled_has_its_job_with_the_change(self, store: Store, cast: Cast) -> None:
        session = await book(store, cast.session(at(24)))
        async with working(store, "settle") as work:
            assert await work.next() == Job("settle", (session.uid,))
            cancelling = session.cancelling(cast.sam.id, Cancellation.ASKED_FOR, NOW)
            kept = await store.sessions.keep(cancelling, settle=True)
            assert kept == replace(cancelling, revision=session.revision + 1)
            assert await store.sessions.keep(cancelling, settle=True) is None, "somebody else was faster"
            assert await work.next() == Job("settle", (session.uid,))
            await work.is_all(store)
        assert await store.sessions.unsettled(NOW) == (session.uid,)
        removed = await keep(store, kept.removed(Removal.LEFT))
        assert removed.cancelled == Cancelled(cast.sam.id, NOW, Cancellation.ASKED_FOR, Removal.LEFT)
        assert await store.sessions.session(session.uid) == removed
        assert await store.sessions.unsettled(NOW) == ()
        assert await store.sessions.of_user(cast.ana.id, WEEK) == ()

    async def test_a_standing_session_is_found_by_match_and_time(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        assert await store.sessions.standing(cast.ana_sam.id, at(24)) == held
        assert await store.sessions.standing(cast.ana_sam.id, at(24, 30)) is None
        assert await store.sessions.standing(cast.kai_sam.id, at(24)) is None
        await store.sessions.keep(held.releasing(Release.TAKEN))
        assert await store.sessions.standing(cast.ana_sam.id, at(24)) is None

    async def test_agreed_sessions_are_listed_in_order_of_time(self, store: Store, cast: Cast) -> None:
        later, sooner, declined = [await book(store, cast.session(at(hour))) for hour in (30, 24, 27)]
        await store.sessions.reserve(cast.session(at(40)))
        declined = await keep(store, declined.answered(cast.sam.id, Participation.DECLINED))
        of_kai = await book(store, cast.session(at(33), cast.kai_sam))
        assert await store.sessions.of_user(cast.ana.id, WEEK) == (sooner, declined, later)
        assert await store.sessions.of_user(cast.sam.id, WEEK) == (sooner, declined, later, of_kai)
        assert await store.sessions.of_user(cast.sam.id, Interval(at(24).end_minute, at(30).start_minute)) == (
            declined,
        )
        assert await store.sessions.of_match(cast.ana_sam.id, 2) == (later, declined)
        held = await store.sessions.held([cast.ana.id], WEEK)
        both = await store.sessions.held_and_past([cast.ana.id], WEEK, cast.ana_sam.id, 2)
        assert both == (held, (later, declined))

    async def test_what_rests_without_a_job_is_found_by_the_sweep(self, store: Store, cast: Cast) -> None:
        held, pending, releasing, ready = [
            await store.sessions.reserve(cast.session(at(hour))) for hour in (1, 2, 3, 4)
        ]
        assert await store.sessions.unsettled(NOW) == ()
        async with working(store, "settle") as work:
            for _ in range(4):
                await work.next()
            await work.is_all(store)
        await keep(store, booked(pending))
        await keep(store, releasing.releasing(Release.CALENDAR_SILENT))
        await keep(store, replace(booked(ready), conference=MEET, link=Link.READY))
        assert set(await store.sessions.unsettled(NOW)) == {held.uid, pending.uid, releasing.uid}

    async def test_the_zone_s_wall_clock_does_not_move_the_instant(self, store: Store, cast: Cast) -> None:
        new = await store.sessions.reserve(replace(cast.session(at(24)), zone="Pacific/Chatham"))
        stored = await store.sessions.session(new.uid)
        assert stored
        assert (stored.when.start, stored.zone) == (NOW + timedelta(hours=24), "Pacific/Chatham")


async def book(store: Store, session: Session) -> Session:
    """Reserved, then read back."""
    return await keep(store, booked(await store.sessions.reserve(session)))


async def keep(store: Store, session: Session) -> Session:
    """Nobody was faster."""
    kept = await store.sessions.keep(session)
    assert kept
    return kept
