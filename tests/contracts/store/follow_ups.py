"""What Feedbacks, Steps and Averages promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from calendar_core.averages import Average, MonthlyAverage
from calendar_core.enrolment import Batch
from calendar_core.feedback import Feedback, Happened, Missed
from calendar_core.happening import HappeningId, SessionOver, StepShared
from calendar_core.people import Role, User
from calendar_core.session import Session
from calendar_core.step import Step, StepUid
from calendar_core.store import Store

from .cast import NOW, Cast, at, enrolled, matched
from .sessions import book
from .working import LAST, working

SOON = NOW + timedelta(minutes=1)
MONTH = date(2026, 11, 1)
BEGINS, ENDS = NOW - timedelta(days=22), NOW + timedelta(days=8)


def step(session: Session, author: User, number: int = 1, text: str = "Read the report") -> Step:
    return Step(StepUid(f"{session.uid}/{author.id}/{number}"), session.uid, author.id, NOW, text)


class FollowUpsContract:
    async def test_each_is_asked_once_and_the_job_tells_it(self, store: Store, cast: Cast) -> None:
        session = await book(store, cast.session(at(-2)))
        for _ in range(2):
            await store.feedbacks.ask(session.uid, cast.ana.id, NOW)
        await store.feedbacks.ask(session.uid, cast.sam.id, NOW)
        told = []
        async with working(store, "tell") as work:
            await store.jobs.defer(LAST)
            while (job := await work.next()) != LAST:
                number, user = map(int, job.subject)
                told.append((user, await store.happenings.happening(HappeningId(number))))
        assert sorted(told) == sorted((each, SessionOver(session.uid)) for each in (cast.ana.id, cast.sam.id))

    async def test_two_unanswered_and_nothing_more_is_asked_until_an_answer(self, store: Store, cast: Cast) -> None:
        first, second, third, fourth = [await book(store, cast.session(at(hour))) for hour in (-9, -7, -5, -3)]
        ask = store.feedbacks.ask
        assert await ask(first.uid, cast.ana.id, NOW)
        assert await ask(second.uid, cast.ana.id, NOW + timedelta(days=1))
        assert not await ask(third.uid, cast.ana.id, NOW + timedelta(days=2))
        assert await ask(third.uid, cast.sam.id, NOW + timedelta(days=2))
        assert await store.feedbacks.of(third.uid, cast.ana.id) is None
        answered = NOW + timedelta(days=3)
        assert await store.feedbacks.say(first.uid, cast.ana.id, Happened.YES, None, answered, since=NOW)
        assert await ask(fourth.uid, cast.ana.id, NOW + timedelta(days=4))

    async def test_only_whoever_was_asked_answers_and_a_rating_goes_with_a_no(self, store: Store, cast: Cast) -> None:
        session = await book(store, cast.session(at(-2)))
        feedbacks, place = store.feedbacks, (session.uid, cast.ana.id)
        assert not await feedbacks.say(*place, Happened.YES, None, SOON, since=NOW)
        await feedbacks.ask(*place, NOW)
        assert not await feedbacks.rate(*place, 4, SOON, NOW)
        assert await feedbacks.say(*place, Happened.MOVED, None, SOON, since=NOW)
        assert await feedbacks.rate(*place, 4, SOON, NOW)
        assert await feedbacks.rate(*place, 5, SOON, NOW)
        assert not await feedbacks.rate(*place, 1, SOON, SOON + timedelta(minutes=1))
        assert await feedbacks.of(*place) == Feedback(*place, NOW, Happened.MOVED, None, 5)
        afterwards = SOON + timedelta(minutes=1)
        assert await feedbacks.say(*place, Happened.NO, None, afterwards, since=afterwards)
        assert not await feedbacks.rate(*place, 1, afterwards, afterwards)
        assert await feedbacks.of(*place) == Feedback(*place, NOW, Happened.NO, None, 5)  # its month was over
        assert await feedbacks.say(*place, Happened.NO, Missed.EACH_OTHER, SOON, since=NOW)
        assert await feedbacks.of(*place) == Feedback(*place, NOW, Happened.NO, Missed.EACH_OTHER)

    async def test_a_step_is_its_author_s_alone_until_it_is_shared(self, store: Store, cast: Cast) -> None:
        session, ahead = await book(store, cast.session(at(-2))), await book(store, cast.session(at(30)))
        later = await book(store, cast.session(at(60)))
        hers = step(session, cast.ana)
        assert await store.steps.write(hers, 1)
        assert not await store.steps.write(step(session, cast.ana, 2), 1)
        assert await store.steps.of(cast.ana.id, 9) == (hers,)
        assert await store.steps.of(cast.sam.id, 9) == ()
        assert await store.steps.own(hers.uid, cast.sam.id) is None
        assert await store.steps.shared(hers.uid, 1) is None
        assert await store.steps.agenda(ahead) == ()
        assert await store.steps.share(hers.uid, cast.sam.id, cast.ana.id, NOW) is None
        for partner in (cast.sam.id, cast.sam.id, None, None, cast.sam.id):
            changed = await store.steps.share(hers.uid, cast.ana.id, partner, NOW)
            assert changed == replace(hers, shared=partner is not None)
        assert await store.steps.shared(hers.uid, 1) is None  # that sharing was withdrawn before anybody was told
        assert await store.steps.shared(hers.uid, 2) == replace(hers, shared=True)
        assert await store.steps.agenda(ahead) == (replace(hers, shared=True),)
        assert await store.steps.agenda(later) == ()
        told = []
        async with working(store, "tell") as work:
            await store.jobs.defer(LAST)
            while (job := await work.next()) != LAST:
                told.append((int(job.subject[1]), await store.happenings.happening(HappeningId(int(job.subject[0])))))
        assert told == [(cast.sam.id, StepShared(hers.uid, 1)), (cast.sam.id, StepShared(hers.uid, 2))]
        assert not await store.steps.drop(hers.uid, cast.sam.id)
        assert await store.steps.drop(hers.uid, cast.ana.id)
        assert await store.steps.agenda(ahead) == ()

    async def test_both_are_given_out_and_erased_with_their_author_alone(self, store: Store, cast: Cast) -> None:
        session = await book(store, cast.session(at(-2)))
        for user in (cast.ana, cast.sam):
            await store.feedbacks.ask(session.uid, user.id, NOW)
            await store.steps.write(step(session, user, text=f"of {user.first_name}"), 3)
        given = await store.personal_data.of(cast.ana.id)
        assert "of Ana" in str(given["next steps"])
        assert "of Sam" not in str(given)
        assert len(given["feedback"]) == 1 if isinstance(given["feedback"], list) else False
        await store.personal_data.erase(cast.ana.id, NOW)
        assert await store.steps.of(cast.ana.id, 9) == ()
        assert await store.feedbacks.of(session.uid, cast.ana.id) is None
        assert [each.text for each in await store.steps.of(cast.sam.id, 9)] == ["of Sam"]
        assert not await store.feedbacks.ask(session.uid, cast.ana.id, NOW)

    async def test_a_month_is_closed_once_whatever_comes_or_goes_afterwards(self, store: Store, cast: Cast) -> None:
        raters = [await rated(store, cast, number) for number in range(5)]
        programme = cast.ana_sam.programme
        assert await store.averages.first_asked(programme, BEGINS) == NOW
        assert await store.averages.first_asked(programme, SOON) is None
        await store.averages.close(programme, MONTH, BEGINS, ENDS)
        first = (MonthlyAverage(MONTH, Average(people=5, answers=5, total=15)),)
        assert await store.averages.known(programme, MONTH) == first
        await store.personal_data.erase(raters[0].id, NOW + timedelta(days=30))
        await store.averages.close(programme, MONTH, BEGINS, ENDS)
        assert await store.averages.known(programme, MONTH) == first
        await store.averages.close(programme, date(2026, 12, 1), BEGINS, ENDS)
        assert await store.averages.known(programme, date(2026, 12, 1)) == (MonthlyAverage(date(2026, 12, 1), None),)


async def rated(store: Store, cast: Cast, number: int) -> User:
    """A further mentee of Sam, who gave a 3."""
    who = f"mentee{number}"
    people = (enrolled(who, who.title(), Role.MENTEE, "UTC"),)
    (match,) = (await store.enrolments.apply(Batch(people, (matched("sam", who),)), NOW)).matches
    (user,), found = await store.people.at_address(f"{who}@example.com"), await store.programmes.match(match)
    session = await book(store, cast.session(at(-24 - number), found))
    await store.feedbacks.ask(session.uid, user.id, NOW)
    await store.feedbacks.say(session.uid, user.id, Happened.YES, None, SOON, since=NOW)
    assert await store.feedbacks.rate(session.uid, user.id, 3, SOON, BEGINS)
    return user
