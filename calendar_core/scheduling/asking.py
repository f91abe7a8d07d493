"""Requests: one offers times, the other picks, offers others, or says not now; plain ones of strangers too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.availability.bookable import Obstacle
from calendar_core.describing import described
from calendar_core.errors import CalendarSilent, NotBookable, NotMatched, RequestClosed, TooManyRequests
from calendar_core.event import TITLE, Person
from calendar_core.happening import RequestAnswered, RequestMade
from calendar_core.interval import Interval
from calendar_core.invitation import Behind, Copy, Invitation
from calendar_core.name_search import calls
from calendar_core.people import MatchId, User, UserId
from calendar_core.ports import Clock, People, Programmes, Requests, Telling
from calendar_core.programme import Programme
from calendar_core.request import TIMES_IN_A_REQUEST, Basis, Request, RequestId, RequestState
from calendar_core.scheduling.booking import Booking
from calendar_core.scheduling.looking import BASIS, Looking, insist_on_plain, plain_times
from calendar_core.scheduling.outcomes import Pair, PairCase, PlainTimes, TimesToOffer, Wish
from calendar_core.scheduling.pairs import Pairs
from calendar_core.session import Session
from calendar_core.topic import topic_of

UNMATCHED_REQUESTS_A_WEEK = 3
PLAIN_TIMES_SHOWN = 5
UNSTORED = RequestId(0)


@dataclass(frozen=True, slots=True)
class Asking:
    """An asked time blocks nothing: the first confirmation wins, and the pick is checked again. `mailbox` is whom plain
    times that were agreed on are invited from, None where no mail is set up."""

    people: People
    programmes: Programmes
    requests: Requests
    pairs: Pairs
    looking: Looking
    booking: Booking
    clock: Clock
    mailbox: Person | None = None

    async def propose(
        self, asker: User, match: MatchId, wish: Wish, times: tuple[Interval, ...] = (), topic: str = ""
    ) -> Request:
        """Asks the partner to pick one of up to three times; where only the partner's calendar can be seen, or one of
        the two is silent, to offer some.

        Raises OpenRequestExists if the partner is waiting for an answer already; one's own older request is replaced.
        """
        pair = (await self.pairs.pair(asker, match)).in_sight()
        minutes = wish.minutes or pair.programme.rules.default_length
        basis = BASIS[pair.case]
        if pair.case is PairCase.ONLY_PARTNER:
            times = ()
        elif not times:
            try:
                several = replace(wish, count=TIMES_IN_A_REQUEST)
                offer = await self.looking.find(pair, several)
                times, minutes = offer.ranked.slots, offer.minutes
            except CalendarSilent:
                basis = Basis.PROPOSER_FREE  # nobody knows who is free: the partner is asked to offer times instead
        else:
            times = _distinct(times, minutes)
            await self.looking.insist(pair, times)
        request = Request(
            id=UNSTORED,
            programme=pair.programme.id,
            match=match,
            asker=asker.id,
            proposer=asker.id,
            chooser=pair.partner.id,
            minutes=minutes,
            times=times,
            basis=basis,
            state=RequestState.OPEN,
            made_at=self.clock.now(),
            topic=topic_of(topic),
        )
        return await self.requests.make(request, tell=pair.partner.id)

    async def seen_by(self, user: User, request: RequestId) -> tuple[Request, Pair | None, User]:
        """A request as one of its two sees it, with the other person. Raises NotMatched for everybody else."""
        found = await self.requests.request(request)
        if found is None or user.id not in (found.asker, found.proposer, found.chooser):
            raise NotMatched("")
        others = [each for each in (found.asker, found.proposer, found.chooser) if each not in (None, user.id)]
        other = await self.people.user(others[0] or found.asker)
        pair = None if found.match is None else await self.pairs.standing(user.id, found.match)
        return found, pair, other

    async def times_to_offer(self, chooser: User, request: RequestId) -> TimesToOffer:
        """What the one whose turn it is may offer instead."""
        found, pair = await self._turn_of(chooser, request)
        if found.match is None or pair is None:
            plain = await self._plain(chooser, await self.programmes.programme(found.programme), found.minutes)
            times = tuple(when for when in plain.times if when not in found.times)
            return TimesToOffer(request=found, pair=None, times=times, basis=Basis.PLAIN)
        wish = Wish(minutes=found.minutes, count=PLAIN_TIMES_SHOWN, besides=found.times)
        times = (await self.looking.find(pair, wish)).ranked.slots
        if later := not times:
            wish = replace(wish, days_ahead=pair.programme.rules.horizon_days)
            times = (await self.looking.find(pair, wish)).ranked.slots
        return TimesToOffer(request=found, pair=pair, times=times, basis=BASIS[pair.case], later=later)

    async def offer(self, chooser: User, request: RequestId, times: tuple[Interval, ...]) -> Request:
        """Offers up to three other times; then it is the other one's turn."""
        found, pair = await self._turn_of(chooser, request)
        times = _distinct(times, found.minutes)
        if pair is not None:
            await self.looking.insist(pair, times)
        else:
            insist_on_plain(chooser, await self.programmes.programme(found.programme), times, self.clock.now())
        back_to = found.proposer
        basis = Basis.PLAIN if pair is None else BASIS[pair.case]
        now = found.offered_by(chooser.id, back_to, times, basis)
        await self._change(found, now, told=back_to)
        return now

    async def pick(self, chooser: User, request: RequestId, when: Interval, *, via: str) -> Session | Request:
        """Takes one of the offered times. A Request comes back where there is no calendar to write it in.

        Picking twice is once. Raises what booking raises: the calendars are looked at again first.
        """
        found, pair = await self._turn_of(chooser, request, or_accepted=when)
        if when not in found.times:
            raise RequestClosed
        if found.state is RequestState.OPEN and (pair is None or pair.case is PairCase.NOBODY):
            if when.start <= self.clock.now():
                raise NotBookable(when, Obstacle.PAST)
            now = replace(found, state=RequestState.ACCEPTED, chosen=when)
            invite = await self._agreed(now, chooser, when)
            await self._change(found, now, told=found.proposer, tells=RequestAnswered(found.id), invite=invite)
            return now
        if pair is None or pair.case is PairCase.NOBODY:
            return found
        return await self.booking.book_request(chooser, pair, found, when, via=via)

    async def decline(self, chooser: User, request: RequestId, *, no_more: bool = False) -> Request:
        """Not now. A stranger is told nothing; neither is one whose further requests are not wanted."""
        found, pair = await self._turn_of(chooser, request)
        now = replace(found, state=RequestState.DECLINED)
        if no_more:
            await self.requests.refuse_from(chooser.id, found.proposer)
        told = found.proposer if pair is not None and not no_more else None
        await self._change(found, now, told=told, tells=RequestAnswered(found.id))
        return now

    async def plain_times(self, asker: User, minutes: int | None = None) -> PlainTimes:
        """Times from the asker's programme hours, own zone and the clock: no calendar, nobody's existence."""
        memberships = await self.people.memberships(asker.id)
        programme = await self.programmes.programme(memberships[0].programme)
        return await self._plain(asker, programme, minutes or programme.rules.default_length)

    async def send_plain(self, asker: User, typed: str, times: tuple[Interval, ...]) -> None:
        """Passes a request on if such a person is in a programme of the asker and wants to hear of it.

        Whoever was typed, what comes back is the same, and it takes the same steps (decision 12). Raises NotBookable
        for other times than plain ones, and TooManyRequests.
        """
        now = self.clock.now()
        memberships = await self.people.memberships(asker.id)
        insist_on_plain(asker, await self.programmes.programme(memberships[0].programme), times, now)
        members = [each for m in memberships for each, _ in await self.people.members(m.programme)]
        called = {each.id for each in members if each.id != asker.id and calls(typed, each.name, each.email)}
        reached = called.pop() if len(called) == 1 else None
        refused = await self.requests.refuses(reached or asker.id, asker.id)
        request = Request(
            id=UNSTORED,
            programme=memberships[0].programme,
            match=None,
            asker=asker.id,
            proposer=asker.id,
            chooser=None if refused else reached,
            minutes=times[0].minutes,
            times=times[:TIMES_IN_A_REQUEST],
            basis=Basis.PLAIN,
            state=RequestState.OPEN,
            made_at=now,
        )
        week = now - timedelta(days=7)
        if not await self.requests.make_unmatched(
            request, request.chooser, since=week, limit=UNMATCHED_REQUESTS_A_WEEK
        ):
            raise TooManyRequests(UNMATCHED_REQUESTS_A_WEEK)

    async def _plain(self, asker: User, programme: Programme, minutes: int) -> PlainTimes:
        times = plain_times(asker, programme, minutes, self.clock.now(), count=PLAIN_TIMES_SHOWN)
        return PlainTimes(programme=programme, minutes=minutes, times=times)

    async def _turn_of(
        self, chooser: User, request: RequestId, *, or_accepted: Interval | None = None
    ) -> tuple[Request, Pair | None]:
        """The open request, if it is this person's turn (or the one accepted with that very time before); and the pair
        as far as calendars can be seen: what the two agree on stands in for one that broke.

        A button of somebody else's learns nothing.
        """
        found = await self.requests.request(request)
        if found is None or chooser.id not in (found.asker, found.proposer, found.chooser):
            raise NotMatched("")
        if found.state is RequestState.CLOSED:  # its match has ended: there is nothing between these two any more
            raise NotMatched("")
        again = found.state is RequestState.ACCEPTED and found.chosen == or_accepted is not None
        if found.chooser != chooser.id or not (found.state is RequestState.OPEN or again):
            raise RequestClosed
        return found, None if found.match is None else (await self.pairs.pair(chooser, found.match)).in_sight()

    async def _agreed(self, request: Request, chooser: User, when: Interval) -> Invitation | None:
        """Both are invited by mail: no look-up, no hold, no link (decision 11)."""
        if self.mailbox is None:
            return None
        key, proposer = agreement_key(request.id), await self.people.user(request.proposer)
        return Invitation(
            key=key,
            uid=f"{key}@{self.mailbox.email.rpartition('@')[2]}",
            mailbox=self.mailbox,
            title=TITLE,
            when=when,
            zone=chooser.zone_at(when.start),
            changed_at=self.clock.now(),
            copies=(Copy(proposer.id), Copy(chooser.id)),
            private=proposer.own.private_events or chooser.own.private_events,
            behind=Behind.STRANGERS if request.match is None else Behind.MATCH,
            about=await described(self.programmes, request.match, request.topic),
        )

    async def _change(
        self,
        was: Request,
        now: Request,
        *,
        told: UserId | None,
        tells: RequestMade | RequestAnswered | None = None,
        invite: Invitation | None = None,
    ) -> None:
        what = tells or RequestMade(was.id)
        tell = () if told is None else (Telling(told, what, self.clock.now()),)
        if not await self.requests.change(was, now, tell=tell, invite=invite):
            raise RequestClosed


def agreement_key(request: RequestId) -> str:
    """Of the invitation to a plain time that was agreed on by that request."""
    return hashlib.sha256(f"request/{request}".encode()).hexdigest()[:32]


def _distinct(times: Iterable[Interval], minutes: int) -> tuple[Interval, ...]:
    """In order, as many as a request has room for. Raises RequestClosed for other lengths than the request's."""
    distinct = tuple(sorted(set(times)))[:TIMES_IN_A_REQUEST]
    if not distinct or any(when.minutes != minutes for when in distinct):
        raise RequestClosed
    return distinct
