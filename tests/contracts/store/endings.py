"""What Endings promises."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_core.ended import Ended, EndedBecause, Leaver, Plan
from calendar_core.enrolment import Batch
from calendar_core.errors import NotMatched
from calendar_core.happening import (
    Happening,
    HappeningId,
    MatchEnded,
    MatchMade,
    MembershipEnded,
    PartnerLeft,
    PlanDecided,
)
from calendar_core.interval import Interval
from calendar_core.people import Role, UserId
from calendar_core.request import RequestState
from calendar_core.session import Cancellation, Release, Session, SessionState
from calendar_core.store import Store

from .cast import EXAMPLE, NOW, PEOPLE, Cast, at, enrolled, matched, matches_of
from .requests import asked
from .sessions import book
from .working import LAST, working

WEEK = Interval.lasting(NOW - timedelta(days=2), 9 * 24 * 60)


async def told(store: Store) -> Counter[tuple[UserId, Happening]]:
    """Who is to be told what, by all the jobs there are."""
    found: Counter[tuple[UserId, Happening]] = Counter()
    async with working(store, "tell") as work:
        await store.jobs.defer(LAST)
        while (job := await work.next()) != LAST:
            number, user = map(int, job.subject)
            found[UserId(user), await store.happenings.happening(HappeningId(number))] += 1
    return found


async def stored(store: Store, session: Session) -> Session:
    found = await store.sessions.session(session.uid)
    assert found
    return found


class EndingsContract:
    async def test_an_ended_match_stands_no_more_and_both_are_asked_once(self, store: Store, cast: Cast) -> None:
        planned = await book(store, cast.session(at(30)))
        assert await store.endings.end(cast.ana_sam.id, NOW)
        assert not await store.endings.end(cast.ana_sam.id, NOW + timedelta(days=1))
        assert await matches_of(store, cast.ana.id) == ()
        assert await store.programmes.match(cast.ana_sam.id) == replace(cast.ana_sam, ended_at=NOW)
        assert await store.endings.ended(cast.ana_sam.id) == Ended(cast.ana_sam.id, NOW, EndedBecause.MATCH)
        asked_both = {(user, MatchEnded(cast.ana_sam.id, soon=False)): 1 for user in (cast.ana.id, cast.sam.id)}
        assert await told(store) == asked_both
        assert (await stored(store, planned)).state is SessionState.BOOKED

    async def test_a_session_within_a_day_is_told_of_at_once(self, store: Store, cast: Cast) -> None:
        await book(store, cast.session(at(20)))
        await store.endings.end(cast.ana_sam.id, NOW)
        assert (cast.sam.id, MatchEnded(cast.ana_sam.id, soon=True)) in await told(store)

    async def test_no_time_is_reserved_in_a_match_that_ended(self, store: Store, cast: Cast) -> None:
        await store.endings.end(cast.ana_sam.id, NOW)
        refused = cast.session(at(24))
        with pytest.raises(NotMatched):
            await store.sessions.reserve(refused)
        assert await store.sessions.session(refused.uid) is None
        assert await store.sessions.held([cast.sam.id], WEEK) == {cast.sam.id: ()}

    async def test_of_an_end_and_a_booking_at_once_no_booking_survives(self, store: Store, cast: Cast) -> None:
        for number in range(8):
            (match,) = (await store.enrolments.apply(pair(number), NOW)).matches
            found = await store.programmes.match(match)
            assert found
            session = cast.session(at(24 + number), found)
            outcomes = await asyncio.gather(
                store.sessions.reserve(session), store.endings.end(match, NOW), return_exceptions=True
            )
            assert isinstance(outcomes[0], Session | NotMatched), outcomes
            kept = await store.sessions.session(session.uid)
            assert kept is None or kept.state is SessionState.RELEASING

    async def test_what_was_under_way_is_given_up_and_open_requests_are_closed(self, store: Store, cast: Cast) -> None:
        held = await store.sessions.reserve(cast.session(at(24)))
        request = await store.requests.make(asked(cast), None)
        await store.endings.end(cast.ana_sam.id, NOW)
        given_up = await stored(store, held)
        assert (given_up.state, given_up.released_because) == (SessionState.RELEASING, Release.ENDED)
        assert given_up.revision == held.revision + 1
        closed = await store.requests.request(request.id)
        assert closed
        assert closed.state is RequestState.CLOSED

    async def test_the_first_answer_decides_and_the_other_is_told(self, store: Store, cast: Cast) -> None:
        begun, later, sooner = [await book(store, cast.session(at(hour))) for hour in (-0.5, 50, 30)]
        of_kai = await book(store, cast.session(at(40), cast.kai_sam))
        await store.endings.end(cast.ana_sam.id, NOW)
        await told(store)
        both = (cast.sam.id, Plan.CANCEL), (cast.ana.id, Plan.KEEP)
        decided = await store.endings.decide(cast.ana_sam.id, *both[0], NOW)
        assert decided == Ended(cast.ana_sam.id, NOW, EndedBecause.MATCH, Plan.CANCEL, cast.sam.id)
        assert await store.endings.decide(cast.ana_sam.id, *both[1], NOW) == decided
        gone = [await stored(store, each) for each in (sooner, later)]
        for each in gone:
            assert each.state is SessionState.CANCELLING
            assert each.cancelled
            assert (each.cancelled.by, each.cancelled.because) == (cast.sam.id, Cancellation.MATCH_ENDED)
        assert [(await stored(store, each)).state for each in (begun, of_kai)] == [SessionState.BOOKED] * 2
        assert await told(store) == {(cast.ana.id, PlanDecided(cast.ana_sam.id, (sooner.uid, later.uid))): 1}
        async with working(store, "settle") as work:
            jobs = [(await work.next()).subject[0] for _ in range(6)]
        assert Counter(jobs)[sooner.uid] == Counter(jobs)[later.uid] == 2  # the booking's own, and the removal's

    async def test_of_two_answers_at_once_one_decides(self, store: Store, cast: Cast) -> None:
        await book(store, cast.session(at(30)))
        await store.endings.end(cast.ana_sam.id, NOW)
        await told(store)
        answers = ((cast.ana.id, Plan.KEEP), (cast.sam.id, Plan.CANCEL)) * 3
        ends = await asyncio.gather(*(store.endings.decide(cast.ana_sam.id, *each, NOW) for each in answers))
        assert len(set(ends)) == 1
        assert (await told(store)).total() == 1

    async def test_whom_nobody_asked_decides_nothing(self, store: Store, cast: Cast) -> None:
        planned = await book(store, cast.session(at(30)))
        assert await store.endings.decide(cast.ana_sam.id, cast.ana.id, Plan.CANCEL, NOW) is None
        assert await stored(store, planned) == planned

    async def test_a_leaver_s_sessions_are_cancelled_and_everybody_is_told(self, store: Store, cast: Cast) -> None:
        with_ana, with_kai = [await book(store, cast.session(at(h), m)) for h, m in ((30, None), (40, cast.kai_sam))]
        held = await store.sessions.reserve(cast.session(at(50)))
        leaver = Leaver(cast.sam.id, cast.ana_sam.programme)
        assert await store.endings.leave(leaver, NOW)
        assert not await store.endings.leave(leaver, NOW)
        for session in (with_ana, with_kai):
            cancelled = (await stored(store, session)).cancelled
            assert cancelled
            assert (cancelled.by, cancelled.because) == (None, Cancellation.LEFT)
        assert (await stored(store, held)).state is SessionState.RELEASING
        assert await told(store) == {
            (cast.ana.id, PartnerLeft(cast.ana_sam.id, (with_ana.uid,))): 1,
            (cast.kai.id, PartnerLeft(cast.kai_sam.id, (with_kai.uid,))): 1,
            (cast.sam.id, MembershipEnded(cast.ana_sam.programme, (with_ana.uid, with_kai.uid))): 1,
        }
        with pytest.raises(NotMatched):
            await store.sessions.reserve(cast.session(at(60)))

    async def test_a_role_given_up_ends_the_matches_in_it(self, store: Store, cast: Cast) -> None:
        sam_too = enrolled("sam", "Sam Okoye", Role.ADMIN, "Europe/Berlin")
        await store.enrolments.apply(Batch((sam_too,)), NOW)
        programme = cast.ana_sam.programme
        assert await store.endings.leave(Leaver(cast.sam.id, programme, Role.ADMIN), NOW)
        assert len(await matches_of(store, cast.sam.id)) == 2, "not an admin any more, and nothing else"
        await store.enrolments.apply(Batch((sam_too,)), NOW)
        assert await store.endings.leave(Leaver(cast.sam.id, programme, Role.MENTOR), NOW)
        assert await matches_of(store, cast.sam.id) == ()
        assert await store.endings.ended(cast.ana_sam.id)
        assert [each.role for each in await store.people.memberships(cast.sam.id)] == [Role.ADMIN]

    async def test_who_comes_back_is_matched_as_if_anew(self, store: Store, cast: Cast) -> None:
        await store.programmes.opened(cast.ana_sam.id, NOW - timedelta(days=1))
        await store.endings.leave(Leaver(cast.ana.id, cast.ana_sam.programme), NOW)
        await told(store)
        back = await store.enrolments.apply(Batch((enrolled(*PEOPLE[0]),)), NOW)
        assert back.matches == (cast.ana_sam.id,)
        (match,) = await matches_of(store, cast.ana.id)
        assert match == replace(cast.ana_sam, opens_at=NOW + timedelta(days=1))
        both = {(user, MatchMade(cast.ana_sam.id)): 1 for user in (cast.ana.id, cast.sam.id)}
        assert await told(store) == both
        assert (await store.enrolments.apply(Batch((enrolled(*PEOPLE[0]),)), NOW)).matches == ()

    async def test_a_programme_that_is_over_asks_those_who_have_something_planned(
        self, store: Store, cast: Cast
    ) -> None:
        await book(store, cast.session(at(60)))
        programme = await store.programmes.programme(cast.ana_sam.programme)
        over = replace(programme, time_zone="Pacific/Auckland", ends=date(2026, 11, 22))
        await store.programmes.update(over)
        assert await store.endings.programmes_over(NOW - timedelta(hours=22)) == 0  # the 22nd ends there at 11:00 UTC
        assert await store.endings.programmes_over(NOW - timedelta(hours=20)) == 1
        assert await store.endings.programmes_over(NOW) == 0
        asked_both = {(user, MatchEnded(cast.ana_sam.id, soon=False)): 1 for user in (cast.ana.id, cast.sam.id)}
        assert await told(store) == asked_both
        found = await store.endings.ended(cast.ana_sam.id)
        assert found
        assert found.because is EndedBecause.PROGRAMME
        await store.programmes.update(replace(over, ends=date(2026, 12, 31)))
        assert await store.endings.programmes_over(NOW) == 0
        assert await store.endings.ended(cast.ana_sam.id) is None, "it goes on: nothing is to be decided"
        await store.programmes.update(over)
        assert await store.endings.programmes_over(NOW) == 1

    async def test_who_have_something_planned_are_asked_when_their_organisations_part(
        self, store: Store, cast: Cast
    ) -> None:
        guest = replace(enrolled("mia", "Mia Guest", Role.MENTEE, "UTC"), organisation="Other")
        pair = replace(matched("sam", "mia"), mentee_organisation="Other")
        made = await store.enrolments.apply(Batch((replace(guest, programme_organisation=EXAMPLE),), (pair,)), NOW)
        (number,) = made.matches
        (mia,) = await store.people.at_address(guest.email)
        own, theirs = cast.sam.organisation, mia.organisation
        await told(store)

        async def list_each_other(listed: bool) -> None:
            for one, other in ((own, theirs), (theirs, own)):
                await store.people.list_partner(one, other, listed=listed)

        await list_each_other(True)
        found = await store.programmes.match(number)
        assert found
        planned = await book(store, cast.session(at(60), found))
        await book(store, cast.session(at(90)))
        assert await store.endings.apart(NOW) == 0
        await store.people.list_partner(theirs, own, listed=False)
        assert [await store.endings.apart(NOW) for _ in range(2)] == [1, 0]
        both = {(user, MatchEnded(number, soon=False)): 1 for user in (mia.id, cast.sam.id)}
        assert await told(store) == both
        await list_each_other(True)
        assert await store.endings.apart(NOW) == 0
        assert await store.endings.ended(number) is None, "they list each other again: nothing is to be decided"
        await store.people.list_partner(theirs, own, listed=False)
        assert await store.endings.apart(NOW) == 1
        decided = await store.endings.decide(number, mia.id, Plan.CANCEL, NOW)
        assert decided
        assert (decided.because, decided.decided_by) == (EndedBecause.APART, mia.id)
        assert (await stored(store, planned)).state is SessionState.CANCELLING


def pair(number: int) -> Batch:
    """Two people more, and their match."""
    mentee = enrolled(f"a{number}", f"A {number}", Role.MENTEE, "UTC")
    mentor = enrolled(f"b{number}", f"B {number}", Role.MENTOR, "UTC")
    return Batch((mentee, mentor), (matched(f"b{number}", f"a{number}"),))
