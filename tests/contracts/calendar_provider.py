"""What every calendar provider promises: FreeBusySource and EventWriter, over real HTTP against the sandbox.

A provider's tests inherit CalendarProviderContract and say how its calendars are opened.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, EventGone, KeyTaken, ProviderUnavailable
from calendar_core.event import Answer, Event, EventDraft, Person
from calendar_core.interval import Interval
from calendar_core.ports import Calendar
from calendar_core.providers.connections import open_connections
from calendar_core.providers.patience import Patience
from sandbox import world as outside
from sandbox.app import Sandbox
from sandbox.calls import Call
from sandbox.faults import Fault, Kind
from sandbox.world import AllDay, Attendee, Mailbox, Minting, Response, Shows, Timed

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(datetime(2026, 11, 24, tzinfo=UTC), 24 * 60)
WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
LATER = Interval.lasting(datetime(2026, 11, 25, 15, tzinfo=UTC), 45)
SECRET = "Dentist with Dr. Who"
ABROAD = Mailbox("lea@elsewhere.example.com", "Lea Brandt", "google", "Europe/Berlin")
NO_ANSWER: tuple[Fault, ...] = (
    Fault("status", status=500),
    Fault("status", status=503),
    Fault("status", status=429),
    Fault("html", status=200),
    Fault("html", status=502),
    Fault("empty", status=200),
    Fault("truncate"),
    Fault("drop"),
)


@dataclass(frozen=True, slots=True)
class Operations:
    """What the sandbox calls the provider's requests; `move` is the one that writes."""

    free_busy: str
    create: str
    read: str
    move: str
    cancel: str


def named(fault: Fault) -> str:
    """For test ids."""
    return f"{fault.kind}-{fault.status}"


class CalendarProviderContract(ABC):
    """`ana` organizes, `gil` is invited; both are in the provider's suite. Times are the world's."""

    suite: ClassVar[outside.Suite]
    vendor: ClassVar[str]
    operations: ClassVar[Operations]

    @abstractmethod
    async def open(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, address: str, patience: Patience, seconds: float
    ) -> Calendar:
        """The person's calendar, to which this installation is let in; one request may take so many `seconds`."""

    # What a test finds

    @pytest.fixture
    async def sandbox(self) -> AsyncIterator[Sandbox]:
        async with Sandbox(now=NOW) as running:
            for mailbox in (self.ana, self.gil, ABROAD):
                running.world.add_mailbox(mailbox)
            yield running

    @pytest.fixture
    async def connections(self) -> AsyncIterator[aiohttp.ClientSession]:
        async with open_connections() as connections:
            yield connections

    @pytest.fixture
    def pauses(self) -> list[float]:
        """How long the provider was left alone before it was asked again: noted, not waited."""
        return []

    @pytest.fixture
    def patience(self, pauses: list[float]) -> Patience:
        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        return Patience(pause=pause)

    @pytest.fixture
    async def calendar(self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience) -> Calendar:
        return await self.open(sandbox, connections, self.ana.address, patience, 10)

    @pytest.fixture
    async def guest(self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience) -> Calendar:
        return await self.open(sandbox, connections, self.gil.address, patience, 10)

    @property
    def ana(self) -> Mailbox:
        return Mailbox("ana@example.com", "Ana Ruiz", self.suite, "America/New_York")

    @property
    def gil(self) -> Mailbox:
        return Mailbox("gil@example.com", "Gil Mora", self.suite, "Europe/Madrid")

    # What a test does

    def draft(self, attempt: int = 1, *, attendee: str = "gil@example.com", conference: bool = True) -> EventDraft:
        return EventDraft(
            key=f"{attempt:032x}",
            uid="session-1",
            title="Mentoring session",
            when=WHEN,
            zone="America/New_York",
            organizer=Person("ana@example.com", "Ana Ruiz"),
            attendee=Person(attendee, "Gil Mora"),
            conference=conference,
        )

    def put(
        self,
        sandbox: Sandbox,
        start: datetime,
        end: datetime,
        shows: Shows = "busy",
        *,
        invited_by: str | None = None,
        response: Response = "needsAction",
    ) -> outside.Event:
        """Something private in Ana's calendar."""
        return self.put_when(sandbox, Timed(start, end), shows, invited_by=invited_by, response=response)

    def put_when(
        self,
        sandbox: Sandbox,
        when: outside.When,
        shows: Shows = "busy",
        *,
        invited_by: str | None = None,
        response: Response = "needsAction",
    ) -> outside.Event:
        mine = self.ana.address
        made = sandbox.world.create(
            outside.Event(
                mailbox=invited_by or mine,
                id="",
                uid="",
                title=SECRET,
                when=when,
                organizer=outside.Person(invited_by or mine),
                attendees=(Attendee(mine),) if invited_by else (),
                shows=shows,
            )
        )
        if invited_by is None:
            return made
        copy = sandbox.world.by_uid(mine, made.uid)
        assert copy is not None
        return sandbox.world.answer(copy, response)

    def copies(self, sandbox: Sandbox, address: str) -> list[outside.Event]:
        """What stands in a calendar."""
        return [event for event in sandbox.world.events(address) if not event.deleted and event.status != "cancelled"]

    def calls(self, sandbox: Sandbox, operation: str) -> list[Call]:
        return sandbox.log.of(vendor=self.vendor, operation=operation)

    def trouble(self, sandbox: Sandbox, fault: Fault, operation: str) -> None:
        sandbox.faults.add(replace(fault, vendor=self.vendor, operation=operation))

    # Free/busy

    @pytest.mark.parametrize("shows", ["busy", "tentative", "oof"])
    async def test_what_is_in_the_calendar_is_not_free(
        self, sandbox: Sandbox, calendar: Calendar, shows: Shows
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, shows)
        seen = await calendar.free_busy.free_busy(DAY)
        assert (seen.window, seen.blocked(tentative_is_busy=True)) == (DAY, (WHEN,))

    @pytest.mark.parametrize("shows", ["free", "elsewhere"])
    async def test_what_is_shown_as_free_is_free(self, sandbox: Sandbox, calendar: Calendar, shows: Shows) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, shows)
        assert (await calendar.free_busy.free_busy(DAY)).blocked(tentative_is_busy=True) == ()

    @pytest.mark.parametrize(
        ("response", "blocked"),
        [("accepted", (WHEN,)), ("tentative", (WHEN,)), ("needsAction", (WHEN,)), ("declined", ())],
    )
    async def test_an_invitation_blocks_unless_it_was_declined(
        self, sandbox: Sandbox, calendar: Calendar, response: Response, blocked: tuple[Interval, ...]
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end, invited_by="gil@example.com", response=response)
        assert (await calendar.free_busy.free_busy(DAY)).blocked(tentative_is_busy=True) == blocked

    async def test_an_empty_calendar_is_free_for_the_whole_window(self, calendar: Calendar) -> None:
        seen = await calendar.free_busy.free_busy(DAY)
        assert (seen.window, seen.busy, seen.tentative) == (DAY, (), ())

    async def test_an_all_day_event_covers_the_owners_day(self, sandbox: Sandbox, calendar: Calendar) -> None:
        self.put_when(sandbox, AllDay(date(2026, 11, 1), date(2026, 11, 2)))
        around = Interval.lasting(datetime(2026, 10, 31, tzinfo=UTC), 4 * 24 * 60)
        day = Interval.between(datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC))
        assert (await calendar.free_busy.free_busy(around)).busy == (day,), "New York's day of 25 hours"

    async def test_busy_times_are_cut_to_the_window_and_joined(self, sandbox: Sandbox, calendar: Calendar) -> None:
        hour = timedelta(hours=1)
        self.put(sandbox, DAY.start - hour, DAY.start + hour)
        self.put(sandbox, DAY.start + hour, DAY.start + 2 * hour)
        self.put(sandbox, DAY.start + hour / 2, DAY.start + hour)
        self.put(sandbox, DAY.end - hour, DAY.end + 48 * hour)
        self.put(sandbox, DAY.start - 3 * hour, DAY.start)
        self.put(sandbox, DAY.end, DAY.end + hour)
        assert (await calendar.free_busy.free_busy(DAY)).busy == (
            Interval.between(DAY.start, DAY.start + 2 * hour),
            Interval.between(DAY.end - hour, DAY.end),
        )

    async def test_sixty_days_are_seen_without_a_gap(self, sandbox: Sandbox, calendar: Calendar) -> None:
        window = Interval.lasting(NOW, 60 * 24 * 60)
        busy = [
            Interval.lasting(NOW + timedelta(days=day, minutes=minute), 60 * 24 * 2)
            for day, minute in ((0, 5), (29, 0), (33, 11), (57, 3))
        ]
        for each in busy:
            self.put(sandbox, each.start, each.end)
        seen = await calendar.free_busy.free_busy(window)
        assert (seen.window, seen.busy) == (window, tuple(busy))
        assert len(self.calls(sandbox, self.operations.free_busy)) == 2

    async def test_a_look_of_a_month_is_one_call(self, sandbox: Sandbox, calendar: Calendar) -> None:
        await calendar.free_busy.free_busy(Interval.lasting(NOW, 31 * 24 * 60))
        assert len(self.calls(sandbox, self.operations.free_busy)) == 1

    @pytest.mark.parametrize("fault", NO_ANSWER, ids=named)
    async def test_a_calendar_that_does_not_answer_is_never_free(
        self, sandbox: Sandbox, calendar: Calendar, fault: Fault
    ) -> None:
        self.trouble(sandbox, replace(fault, times=None), self.operations.free_busy)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(DAY)
        assert 1 < len(self.calls(sandbox, self.operations.free_busy)) <= 4

    async def test_one_part_that_does_not_answer_leaves_the_whole_unknown(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        calendar = await self.open(sandbox, connections, self.ana.address, replace(patience, tries=1), 10)
        self.trouble(sandbox, Fault("status"), self.operations.free_busy)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(Interval.lasting(NOW, 60 * 24 * 60))

    @pytest.mark.parametrize("fault", NO_ANSWER, ids=named)
    async def test_one_failure_in_passing_goes_unnoticed(
        self, sandbox: Sandbox, calendar: Calendar, fault: Fault
    ) -> None:
        self.put(sandbox, WHEN.start, WHEN.end)
        self.trouble(sandbox, fault, self.operations.free_busy)
        assert (await calendar.free_busy.free_busy(DAY)).busy == (WHEN,)

    async def test_a_calendar_that_takes_too_long_is_not_waited_for(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        self.trouble(sandbox, Fault("delay", delay_ms=1500, times=None), self.operations.free_busy)
        calendar = await self.open(sandbox, connections, self.ana.address, replace(patience, tries=1), 0.4)
        with pytest.raises(ProviderUnavailable):
            await calendar.free_busy.free_busy(DAY)

    async def test_a_person_without_a_calendar_is_said_to_have_none(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.add_mailbox(replace(self.ana, has_calendar=False))
        with pytest.raises(ConsentRevoked):
            await calendar.free_busy.free_busy(DAY)

    # Creating

    async def test_an_event_is_made_in_both_calendars(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        assert (event.when, event.cancelled, event.busy) == (WHEN, False, True)
        assert event.organizer_email == "ana@example.com"
        assert event.answers == (("gil@example.com", Answer.NEEDS_ACTION),)
        [hers] = self.copies(sandbox, "ana@example.com")
        [his] = self.copies(sandbox, "gil@example.com")
        assert hers.uid == his.uid == event.uid
        assert hers.id == event.id
        assert (hers.title, hers.availability) == ("Mentoring session", "busy")
        assert isinstance(hers.when, Timed)
        assert (hers.when.start, hers.when.end) == (WHEN.start, WHEN.end)
        assert his.response == "needsAction"

    async def test_another_suites_attendee_is_invited_too(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.add_mailbox(replace(ABROAD, suite="microsoft" if self.suite == "google" else "google"))
        event = await calendar.events.create(self.draft(attendee=ABROAD.address))
        [theirs] = self.copies(sandbox, ABROAD.address)
        assert theirs.uid == event.uid

    async def test_twice_with_one_key_is_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        first = await calendar.events.create(self.draft())
        second = await calendar.events.create(self.draft())
        assert (second.id, second.uid, second.when) == (first.id, first.uid, first.when)
        assert len(self.copies(sandbox, "ana@example.com")) == len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_many_at_once_with_one_key_are_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        made = await asyncio.gather(*(calendar.events.create(self.draft()) for _ in range(8)))
        assert len({event.id for event in made}) == 1
        assert len(self.copies(sandbox, "ana@example.com")) == len(self.copies(sandbox, "gil@example.com")) == 1

    @pytest.mark.parametrize("kind", ["drop", "truncate", "html", "status"])
    async def test_a_lost_answer_makes_no_second_event(self, sandbox: Sandbox, calendar: Calendar, kind: Kind) -> None:
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.create)
        event = await calendar.events.create(self.draft())
        assert [copy.id for copy in self.copies(sandbox, "ana@example.com")] == [event.id]
        assert len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_what_became_of_a_silent_creation_can_be_found_out(
        self, sandbox: Sandbox, connections: aiohttp.ClientSession, patience: Patience
    ) -> None:
        once = replace(patience, tries=1)
        calendar = await self.open(sandbox, connections, self.ana.address, once, 10)
        assert await calendar.events.find(self.draft().key) is None
        self.trouble(sandbox, Fault("drop", after_commit=True), self.operations.create)
        with pytest.raises(ProviderUnavailable):
            await calendar.events.create(self.draft())
        found = await calendar.events.find(self.draft().key)
        assert found is not None
        assert (await calendar.events.create(self.draft())).id == found.id
        assert len(self.copies(sandbox, "ana@example.com")) == 1

    async def test_an_event_that_was_moved_meanwhile_is_returned_as_it_stands(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        sandbox.world.update(replace(hers, when=Timed(LATER.start, LATER.end)))
        assert (await calendar.events.create(self.draft())).when == LATER

    async def test_the_key_of_a_deleted_event_is_taken(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        with pytest.raises(KeyTaken):
            await calendar.events.create(self.draft())
        again = await calendar.events.create(self.draft(attempt=2))
        assert [copy.id for copy in self.copies(sandbox, "ana@example.com")] == [again.id]

    # The conference

    async def test_a_link_that_is_late_comes_with_a_later_look(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.minting[self.suite] = Minting(pending_answers=2)
        event = await calendar.events.create(self.draft())
        looks = 0
        while event.conference is None:
            assert event.conference_pending
            looks += 1
            assert looks < 5
            event = await calendar.events.read(event.id)
        assert event.conference.url.startswith("https://")
        assert not event.conference_pending
        assert event.conference.suite is calendar.events.suite

    async def test_a_link_that_failed_can_be_asked_for_again(self, sandbox: Sandbox, calendar: Calendar) -> None:
        sandbox.world.minting[self.suite] = Minting(outcome="failure")
        event = await calendar.events.create(self.draft())
        event = await calendar.events.read(event.id)
        assert event.conference is None
        sandbox.world.minting[self.suite] = Minting()
        await calendar.events.add_conference(event.id, f"{7:032x}")
        with_link = await calendar.events.read(event.id)
        assert with_link.conference is not None
        again = await calendar.events.add_conference(event.id, f"{8:032x}")
        assert again.conference == with_link.conference, "a working link is left alone"

    async def test_a_mailbox_that_makes_no_links_is_booked_without_one(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        sandbox.world.add_mailbox(replace(self.ana, conference=False))
        event = await calendar.events.create(self.draft())
        assert (event.conference, event.conference_pending) == (None, False)
        assert len(self.copies(sandbox, "gil@example.com")) == 1

    async def test_no_link_is_made_where_none_is_wanted(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft(conference=False))
        [hers] = self.copies(sandbox, "ana@example.com")
        assert (event.conference, event.conference_pending, hers.conference) == (None, False, None)

    # Reading

    async def test_what_the_owner_does_is_read(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        moved = sandbox.world.update(replace(hers, when=Timed(LATER.start, LATER.end), shows="free"))
        seen = await calendar.events.read(event.id)
        assert (seen.when, seen.busy, seen.cancelled) == (LATER, False, False)
        assert seen.etag != event.etag
        sandbox.world.cancel(moved)
        assert await self.is_gone(calendar, event)
        assert await calendar.events.find(self.draft().key) is None

    async def test_what_never_was_is_gone(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        unknown = event.id[:-4] + "0000"
        with pytest.raises(EventGone):
            await calendar.events.read(unknown)
        assert await calendar.events.find(f"{99:032x}") is None

    async def test_the_attendees_answer_is_read(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [his] = self.copies(sandbox, "gil@example.com")
        sandbox.world.answer(his, "declined")
        assert (await calendar.events.read(event.id)).answers == (("gil@example.com", Answer.DECLINED),)

    async def test_titles_and_other_people_are_never_returned(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        [hers] = self.copies(sandbox, "ana@example.com")
        guests = (*hers.attendees, Attendee("a.friend@example.com", "A Friend", "accepted"))
        sandbox.world.update(replace(hers, title=SECRET, body=SECRET, location=SECRET, attendees=guests))
        self.put(sandbox, WHEN.start, WHEN.end)
        seen = [
            await calendar.events.read(event.id),
            await calendar.events.find(self.draft().key),
            await calendar.events.create(self.draft()),
            await calendar.events.move(event.id, LATER, "America/New_York"),
            await calendar.free_busy.free_busy(DAY),
        ]
        assert SECRET not in repr(seen)
        assert "friend" not in repr(seen).lower()

    # Moving

    async def test_a_move_keeps_the_event_and_the_link_and_reaches_the_attendee(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        event = await self.with_link(calendar)
        moved = await calendar.events.move(event.id, LATER, "America/New_York")
        assert (moved.id, moved.uid, moved.when, moved.conference) == (event.id, event.uid, LATER, event.conference)
        [his] = self.copies(sandbox, "gil@example.com")
        assert isinstance(his.when, Timed)
        assert (his.when.start, his.sequence) == (LATER.start, 1)
        assert [each.email for each in his.attendees] == ["gil@example.com"]

    async def test_moving_twice_is_once(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            await calendar.events.move(event.id, LATER, "America/New_York")
        [hers] = self.copies(sandbox, "ana@example.com")
        assert hers.sequence == 1

    @pytest.mark.parametrize("kind", ["drop", "truncate", "status"])
    async def test_a_move_whose_answer_is_lost_was_made_once(
        self, sandbox: Sandbox, calendar: Calendar, kind: Kind
    ) -> None:
        event = await calendar.events.create(self.draft())
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.move)
        assert (await calendar.events.move(event.id, LATER, "America/New_York")).when == LATER
        [hers] = self.copies(sandbox, "ana@example.com")
        assert hers.sequence == 1

    async def test_what_is_gone_cannot_be_moved(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        with pytest.raises(EventGone):
            await calendar.events.move(event.id, LATER, "America/New_York")

    # Cancelling

    async def test_a_cancelled_event_goes_from_both_calendars(self, sandbox: Sandbox, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        await calendar.events.cancel(event.id)
        assert self.copies(sandbox, "ana@example.com") == self.copies(sandbox, "gil@example.com") == []
        assert await self.is_gone(calendar, event)
        assert await calendar.events.find(self.draft().key) is None

    async def test_cancelling_twice_or_what_never_was_is_a_success(self, calendar: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for _ in range(2):
            await calendar.events.cancel(event.id)
        await calendar.events.cancel(event.id[:-4] + "0000")

    @pytest.mark.parametrize("kind", ["drop", "status"])
    async def test_a_cancellation_whose_answer_is_lost_is_a_success(
        self, sandbox: Sandbox, calendar: Calendar, kind: Kind
    ) -> None:
        event = await calendar.events.create(self.draft())
        self.trouble(sandbox, Fault(kind, status=503, after_commit=True), self.operations.cancel)
        await calendar.events.cancel(event.id)
        assert self.copies(sandbox, "gil@example.com") == []

    # Answering

    async def test_an_answer_travels_to_the_organizer(self, calendar: Calendar, guest: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        for answer in (Answer.ACCEPTED, Answer.ACCEPTED, Answer.DECLINED):
            await guest.events.answer(event.uid, WHEN, answer)
            assert (await calendar.events.read(event.id)).answers == (("gil@example.com", answer),)

    async def test_what_one_was_not_invited_to_cannot_be_answered(self, calendar: Calendar, guest: Calendar) -> None:
        event = await calendar.events.create(self.draft())
        with pytest.raises(EventGone):
            await guest.events.answer(f"no-{event.uid}", WHEN, Answer.ACCEPTED)
        await calendar.events.cancel(event.id)
        with pytest.raises(EventGone):
            await guest.events.answer(event.uid, WHEN, Answer.ACCEPTED)

    # Being let in

    async def test_a_token_refused_once_is_renewed_unnoticed(self, sandbox: Sandbox, calendar: Calendar) -> None:
        await calendar.free_busy.free_busy(DAY)
        self.trouble(sandbox, Fault("status", status=401), self.operations.free_busy)
        await calendar.free_busy.free_busy(DAY)
        assert [call.status for call in self.calls(sandbox, self.operations.free_busy)] == [200, 401, 200]

    async def test_tokens_that_are_always_refused_mean_withdrawn_access(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        self.trouble(sandbox, Fault("status", status=401, times=None), self.operations.free_busy)
        with pytest.raises(ConsentRevoked):
            await calendar.free_busy.free_busy(DAY)
        assert len(self.calls(sandbox, self.operations.free_busy)) == 2

    async def test_withdrawn_access_is_noticed_at_the_next_call_and_so_is_its_return(
        self, sandbox: Sandbox, calendar: Calendar
    ) -> None:
        await calendar.free_busy.free_busy(DAY)
        sandbox.world.revoke("example.com")
        for _ in range(2):
            with pytest.raises(ConsentRevoked):
                await calendar.free_busy.free_busy(DAY)
        with pytest.raises(ConsentRevoked):
            await calendar.events.create(self.draft())
        sandbox.world.restore("example.com")
        await calendar.free_busy.free_busy(DAY)

    # Being asked to wait

    async def test_a_provider_that_says_when_is_not_asked_sooner(
        self, sandbox: Sandbox, calendar: Calendar, pauses: list[float]
    ) -> None:
        self.trouble(sandbox, Fault("status", status=429, retry_after=3), self.operations.free_busy)
        await calendar.free_busy.free_busy(DAY)
        assert len(pauses) == 1
        assert 3 <= pauses[0] < 4

    async def test_a_long_wait_is_left_to_the_caller(self, sandbox: Sandbox, calendar: Calendar) -> None:
        self.trouble(sandbox, Fault("status", status=429, retry_after=120, times=None), self.operations.create)
        with pytest.raises(ProviderUnavailable) as silence:
            await calendar.events.create(self.draft())
        assert silence.value.retry_after == timedelta(seconds=120)
        assert len(self.calls(sandbox, self.operations.create)) == 1

    async def is_gone(self, calendar: Calendar, event: Event) -> bool:
        """Either the calendar still shows it as cancelled, or it has none."""
        try:
            return (await calendar.events.read(event.id)).cancelled
        except EventGone:
            return True

    async def with_link(self, calendar: Calendar) -> Event:
        event = await calendar.events.create(self.draft())
        return event if event.conference else await calendar.events.read(event.id)
