"""One offers times, the other picks; and plain requests between strangers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calendar_core.errors import NotBookable, NotMatched, OpenRequestExists, RequestClosed, SlotTaken, TooManyRequests
from calendar_core.happening import RequestAnswered, RequestMade, SessionBooked
from calendar_core.interval import Interval
from calendar_core.request import Basis, Request, RequestState
from calendar_core.scheduling.outcomes import Wish
from calendar_core.session import Session, SessionState

from .stage import Stage

WISH = Wish()


async def proposed(stage: Stage) -> Request:
    return await stage.scheduling.asking.propose(stage.ana, stage.match.id, WISH)


async def picked(stage: Stage, request: Request, when: Interval) -> Session | Request:
    return await stage.scheduling.asking.pick(stage.sam, request.id, when, via="console")


async def test_where_only_the_asker_is_connected_the_partner_picks_and_the_asker_organizes(stage: Stage) -> None:
    await stage.disconnect(stage.sam)
    request = await proposed(stage)
    assert (len(request.times), request.basis) == (3, Basis.PROPOSER_FREE)
    assert (await stage.told.hears(stage.sam, RequestMade)).request == request.id
    session = await picked(stage, request, request.times[1])
    assert isinstance(session, Session)
    assert (session.state, session.organizer, session.when) == (SessionState.BOOKED, stage.ana.id, request.times[1])
    (invited,) = stage.shown(stage.sam)
    assert invited.organizer.email == "ana@example.com"
    assert (await stage.told.hears(stage.ana, SessionBooked)).session == session.uid


async def test_where_only_the_partner_is_connected_the_partner_offers_and_organizes(stage: Stage) -> None:
    await stage.disconnect(stage.ana)
    request = await proposed(stage)
    assert request.times == ()
    assert not stage.sandbox.log.of(operation="freebusy.query")
    choice = await stage.scheduling.asking.times_to_offer(stage.sam, request.id)
    assert choice.basis is Basis.PROPOSER_FREE
    await stage.scheduling.asking.offer(stage.sam, request.id, choice.times[:2])
    session = await stage.scheduling.asking.pick(stage.ana, request.id, choice.times[0], via="console")
    assert isinstance(session, Session)
    assert (session.booked_by, session.organizer) == (stage.ana.id, stage.sam.id)


async def test_where_nobody_is_connected_a_pick_is_an_agreement_and_no_calendar_is_asked(stage: Stage) -> None:
    await stage.disconnect(stage.ana)
    await stage.disconnect(stage.sam)
    request = await proposed(stage)
    assert request.basis is Basis.PLAIN
    agreed = await picked(stage, request, request.times[0])
    assert isinstance(agreed, Request)
    assert agreed.state is RequestState.ACCEPTED
    assert await picked(stage, request, request.times[0]) == agreed
    assert (await stage.told.hears(stage.ana, RequestAnswered)).request == request.id
    assert stage.sandbox.log.calls == []


async def test_other_times_are_others_than_those_asked_for(stage: Stage) -> None:
    request = await proposed(stage)
    assert len(request.times) == 3
    choice = await stage.scheduling.asking.times_to_offer(stage.sam, request.id)
    assert len(choice.times) == 5
    assert not {*choice.times} & {*request.times}


async def test_the_pick_is_checked_again_first(stage: Stage) -> None:
    await stage.disconnect(stage.sam)
    request = await proposed(stage)
    taken = request.times[0].start.astimezone().isoformat()
    await stage.drive("event", mailbox="ana@example.com", start=taken, end=request.times[0].end.isoformat())
    with pytest.raises(SlotTaken):
        await picked(stage, request, request.times[0])
    still = await stage.store.requests.request(request.id)
    assert still is not None
    assert still.state is RequestState.OPEN


async def test_picking_twice_books_once_and_another_time_of_it_is_gone(stage: Stage) -> None:
    request = await proposed(stage)
    first = await picked(stage, request, request.times[0])
    again = await picked(stage, request, request.times[0])
    assert isinstance(first, Session)
    assert isinstance(again, Session)
    assert first.uid == again.uid
    with pytest.raises(RequestClosed):
        await picked(stage, request, request.times[1])


async def test_only_whose_turn_it_is_can_pick_and_only_what_was_offered(stage: Stage) -> None:
    request = await proposed(stage)
    with pytest.raises(RequestClosed):
        await stage.scheduling.asking.pick(stage.ana, request.id, request.times[0], via="console")
    with pytest.raises(NotMatched):
        await stage.scheduling.asking.pick(stage.people["uma"], request.id, request.times[0], via="console")
    moved = Interval(request.times[0].start_minute + 5, request.times[0].end_minute + 5)
    with pytest.raises(RequestClosed):
        await picked(stage, request, moved)


async def test_one_open_request_a_pair_and_ones_own_newer_replaces_the_older(stage: Stage) -> None:
    older = await proposed(stage)
    newer = await proposed(stage)
    replaced = await stage.store.requests.request(older.id)
    assert replaced == replace(older, state=RequestState.REPLACED)
    with pytest.raises(OpenRequestExists):
        await stage.scheduling.asking.propose(stage.sam, stage.match.id, WISH)
    declined = await stage.scheduling.asking.decline(stage.sam, newer.id)
    assert declined.state is RequestState.DECLINED
    assert (await stage.told.hears(stage.ana, RequestAnswered)).request == newer.id


@pytest.mark.parametrize("typed", ["Sam Okoye", "nobody at all", "uma@example.com", "ana@example.com"])
async def test_a_plain_request_asks_no_calendar_and_takes_no_hold_whoever_was_typed(stage: Stage, typed: str) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    plain = await asking.plain_times(uma)
    await asking.send_plain(uma, typed, plain.times[:1])
    assert stage.sandbox.log.calls == []
    held = await stage.store.sessions.held([user.id for user in stage.people.values()], plain.times[0])
    assert not any(held.values())


async def test_the_fourth_plain_request_of_a_week_is_refused_also_when_the_others_reached_nobody(stage: Stage) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    plain = await asking.plain_times(uma)
    for typed in ("nobody", "Sam Okoye", "nobody"):
        await asking.send_plain(uma, typed, plain.times[:1])
    with pytest.raises(TooManyRequests):
        await asking.send_plain(uma, "Sam Okoye", plain.times[:1])


async def test_no_more_from_this_person_is_kept_and_not_noticed(stage: Stage) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    plain = await asking.plain_times(uma)
    await asking.send_plain(uma, "Sam Okoye", plain.times[:1])
    made = await stage.told.hears(stage.sam, RequestMade)
    await asking.decline(stage.sam, made.request, no_more=True)
    await asking.send_plain(uma, "Sam Okoye", plain.times[:1])
    assert await stage.store.requests.refuses(stage.sam.id, uma.id)
    assert len([each for each in stage.told.to(stage.sam) if isinstance(each, RequestMade)]) == 1
    assert not stage.told.to(uma)


async def test_a_time_that_has_passed_cannot_be_agreed_on_any_more(stage: Stage) -> None:
    await stage.disconnect(stage.ana)
    await stage.disconnect(stage.sam)
    request = await proposed(stage)
    await stage.drive("clock", now=request.times[0].start.isoformat())
    with pytest.raises(NotBookable):
        await picked(stage, request, request.times[0])


async def test_a_time_of_a_stranger_that_has_passed_cannot_be_agreed_on_any_more(stage: Stage) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    plain = await asking.plain_times(uma)
    await asking.send_plain(uma, "Sam Okoye", plain.times[:1])
    made = await stage.told.hears(stage.sam, RequestMade)
    await stage.drive("clock", now=plain.times[0].start.isoformat())
    with pytest.raises(NotBookable):
        await asking.pick(stage.sam, made.request, plain.times[0], via="console")


FORGED = {
    "at night": Interval.lasting(datetime(2026, 11, 25, 3, tzinfo=UTC), 45),
    "in the past": Interval.lasting(datetime(2026, 11, 20, 10, tzinfo=UTC), 45),
    "in ten years": Interval.lasting(datetime(2036, 11, 25, 10, tzinfo=UTC), 45),
    "in an hour": Interval.lasting(datetime(2026, 11, 22, 17, 2, tzinfo=UTC), 45),
    "on a Sunday": Interval.lasting(datetime(2026, 11, 29, 10, tzinfo=UTC), 45),
}


@pytest.mark.parametrize("when", FORGED.values(), ids=FORGED)
async def test_between_strangers_only_times_of_the_programme_go_to_and_fro(stage: Stage, when: Interval) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    for typed in ("Sam Okoye", "nobody"):
        with pytest.raises(NotBookable):
            await asking.send_plain(uma, typed, (when,))
    plain = await asking.plain_times(uma)
    await asking.send_plain(uma, "Sam Okoye", plain.times[:1])
    made = await stage.told.hears(stage.sam, RequestMade)
    with pytest.raises(NotBookable):
        await asking.offer(stage.sam, made.request, (when,))


async def test_plain_requests_sent_all_at_once_are_no_more_than_three(stage: Stage) -> None:
    asking, uma = stage.scheduling.asking, stage.people["uma"]
    plain = await asking.plain_times(uma)
    told = await asyncio.gather(
        *(asking.send_plain(uma, "Sam Okoye", plain.times[:1]) for _ in range(8)), return_exceptions=True
    )
    assert len([each for each in told if isinstance(each, TooManyRequests)]) == 5
