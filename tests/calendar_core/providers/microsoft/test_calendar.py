"""What is Outlook's own about an Outlook calendar: its headers, its ids, its pages, its limits."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, EventGone, ProviderRejected, ProviderUnavailable
from calendar_core.event import EventDraft, Person
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.ports import Calendar
from calendar_core.providers.microsoft.opening import OutlookDomain
from calendar_core.providers.patience import Patience
from sandbox import world as outside
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.graph import OutlookSettings
from sandbox.world import AllDay, Attendee, Mailbox, Timed

from .opened import domain_for, open_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
LATER = Interval.lasting(datetime(2026, 11, 25, 15, tzinfo=UTC), 45)
SAM, ANA = "sam@example.com", "ana@example.com"
DRAFT = EventDraft(
    key=f"{1:032x}",
    uid="session-1",
    title="Mentoring session",
    when=WHEN,
    zone="Europe/Berlin",
    organizer=Person(SAM, "Sam Okoye"),
    attendee=Person(ANA, "Ana Ruiz"),
)


class Wire:
    """Sees each request as it leaves, with its body, and how many are under way."""

    def __init__(self) -> None:
        self.requests: list[aiohttp.TraceRequestStartParams] = []
        self.bodies: list[Any] = []
        self.most_at_once = 0
        self._at_once = 0

    async def leaves(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        self.requests.append(request)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)

    async def sends(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, part: aiohttp.TraceRequestChunkSentParams
    ) -> None:
        if part.method == "PATCH":
            self.bodies.append(json.loads(part.chunk))

    async def returns(self, _: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestEndParams) -> None:
        self._at_once -= 1

    def of_graph(self) -> list[aiohttp.TraceRequestStartParams]:
        return [each for each in self.requests if each.url.path.startswith("/graph/")]


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox(SAM, "Sam Okoye", "microsoft", "Europe/Berlin"))
        running.world.add_mailbox(Mailbox(ANA, "Ana Ruiz", "google", "America/New_York"))
        yield running


@pytest.fixture
async def domain(sandbox: Sandbox, wire: Wire) -> AsyncIterator[OutlookDomain]:
    async def pause(seconds: float) -> None:
        """Not waited."""

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wire.leaves)
    trace.on_request_chunk_sent.append(wire.sends)
    trace.on_request_end.append(wire.returns)
    async with aiohttp.ClientSession(trace_configs=[trace]) as connections:
        yield domain_for(sandbox, settings_for(sandbox, Patience(pause=pause)), connections)


@pytest.fixture
async def calendar(domain: OutlookDomain) -> Calendar:
    return await open_for(domain, SAM)


def operations(sandbox: Sandbox) -> list[str]:
    return [call.operation for call in sandbox.log.of(vendor="graph")]


def copy(sandbox: Sandbox, address: str, uid: str) -> outside.Event:
    found = sandbox.world.by_uid(address, uid)
    assert found is not None
    return found


async def test_nothing_leaves_this_machine_and_every_call_wants_steady_ids_and_utc(
    calendar: Calendar, wire: Wire
) -> None:
    event = await calendar.events.create(DRAFT)
    await calendar.free_busy.free_busy(DAY)
    await calendar.events.move(event.id, LATER, "Europe/Berlin")
    await calendar.events.find(DRAFT.key)
    await calendar.events.cancel(event.id)
    assert {request.url.host for request in wire.requests} == {"127.0.0.1"}
    assert {request.headers["Prefer"] for request in wire.of_graph()} == {
        'IdType="ImmutableId", outlook.timezone="UTC"'
    }
    ids = [request.headers["client-request-id"] for request in wire.of_graph()]
    assert len(set(ids)) == len(ids) == 6


async def test_a_booking_is_one_call_and_the_link_comes_along(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    assert operations(sandbox) == ["events.create"]
    assert event.conference is not None


async def test_reading_asks_for_no_title_and_no_place(calendar: Calendar, wire: Wire) -> None:
    event = await calendar.events.create(DRAFT)
    await calendar.events.read(event.id)
    await calendar.events.find(DRAFT.key)
    for request in wire.of_graph()[1:]:
        assert not {"subject", "body", "bodyPreview", "location"} & set(request.url.query["$select"].split(","))


async def test_a_move_sends_the_times_and_nothing_that_could_destroy_the_link(calendar: Calendar, wire: Wire) -> None:
    event = await calendar.events.create(DRAFT)
    await calendar.events.move(event.id, LATER, "Europe/Berlin")
    assert wire.bodies == [
        {
            "start": {"dateTime": "2026-11-25T16:00:00", "timeZone": "W. Europe Standard Time"},
            "end": {"dateTime": "2026-11-25T16:45:00", "timeZone": "W. Europe Standard Time"},
        }
    ]
    assert (await calendar.events.read(event.id)).conference == event.conference


async def test_the_organizers_zone_reaches_outlook(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    when = copy(sandbox, SAM, event.uid).when
    assert isinstance(when, Timed)
    assert (when.start, when.start_zone) == (WHEN.start, "Europe/Berlin")


async def test_an_hour_that_comes_twice_is_booked_as_meant(sandbox: Sandbox, calendar: Calendar) -> None:
    second_half_past_two = Interval.lasting(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), 45)
    event = await calendar.events.create(replace(DRAFT, when=second_half_past_two))
    assert event.when == second_half_past_two
    assert copy(sandbox, SAM, event.uid).when.bounds("UTC")[0] == second_half_past_two.start


async def test_an_event_moved_to_whole_days_by_its_owner_is_still_read(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    days = AllDay(date(2026, 11, 24), date(2026, 11, 25))
    sandbox.world.update(replace(copy(sandbox, SAM, event.uid), when=days))
    assert (await calendar.events.read(event.id)).when == Interval.lasting(datetime(2026, 11, 24, tzinfo=UTC), 24 * 60)


@pytest.mark.parametrize("odd", ["a/b", "a+b=", "a b", "ä?c", "a%2Fb"])
async def test_an_id_is_sent_as_it_is_whatever_is_in_it(sandbox: Sandbox, calendar: Calendar, odd: str) -> None:
    event = outside.Event(SAM, odd, "uid-1", "Mentoring", Timed(WHEN.start, WHEN.end), outside.Person(SAM))
    sandbox.world.load([event])
    assert (await calendar.events.read(odd)).id == odd


async def test_what_was_lost_is_looked_for_before_it_is_made_again(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.faults.add(Fault("drop", vendor="graph", operation="events.create", after_commit=True))
    await calendar.events.create(DRAFT)
    assert operations(sandbox) == ["events.create", "events.list"]
    sandbox.faults.add(Fault("drop", vendor="graph", operation="events.create"))
    await calendar.events.create(replace(DRAFT, key=f"{2:032x}"))
    assert operations(sandbox)[2:] == ["events.create", "events.list", "events.create"]


async def test_a_duplicate_that_stands_is_the_event(sandbox: Sandbox, calendar: Calendar) -> None:
    first = await calendar.events.create(DRAFT)
    sandbox.faults.add(Fault("status", vendor="graph", operation="events.create", status=409, reason="ErrorDuplicate"))
    assert (await calendar.events.create(DRAFT)).id == first.id


async def test_a_link_that_never_comes_does_not_stop_a_booking(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.world.add_mailbox(replace(sandbox.world.mailboxes[SAM], conference=False))
    event = await calendar.events.create(DRAFT)
    assert (event.conference, event.conference_pending) == (None, False)
    again = await calendar.events.add_conference(event.id, DRAFT.key)
    assert (again.conference, again.conference_pending) == (None, False)


async def test_the_next_page_is_asked_for_when_the_first_holds_nothing_that_stands(
    sandbox: Sandbox, calendar: Calendar
) -> None:
    """Eleven copies of one invitation cannot be, but they make two pages."""
    for n in range(11):
        event = outside.Event(
            ANA, f"id{n}", "uid-1", "Mentoring", Timed(WHEN.start, WHEN.end), outside.Person(ANA), (Attendee(SAM),)
        )
        status: outside.Json = "cancelled" if n < 10 else "confirmed"
        sandbox.world.load([replace(event, mailbox=SAM, status=status)])  # type: ignore[arg-type]  # one of the two
    await calendar.events.answer("uid-1", WHEN, Participation.ACCEPTED)
    assert operations(sandbox) == ["events.list", "events.list", "events.accept"]


async def test_a_next_page_that_lies_elsewhere_is_not_fetched(
    sandbox: Sandbox, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = json.dumps({"value": [], "@odata.nextLink": "https://elsewhere.example/graph/v1.0/users"})
    monkeypatch.setattr("sandbox.faults.HTML", page)
    sandbox.faults.add(Fault("html", vendor="graph", status=200, times=None))
    with pytest.raises(ProviderUnavailable, match="elsewhere"):
        await calendar.events.find(DRAFT.key)


async def test_an_invitation_from_another_suite_is_answered_so_that_its_organizer_sees_it(
    sandbox: Sandbox, calendar: Calendar
) -> None:
    invitation = outside.Event(ANA, "", "", "Mentoring", Timed(WHEN.start, WHEN.end), outside.Person(ANA))
    uid = sandbox.world.create(replace(invitation, attendees=(Attendee(SAM),))).uid
    answers: tuple[tuple[Participation, outside.Response], ...] = (
        (Participation.TENTATIVE, "tentative"),
        (Participation.ACCEPTED, "accepted"),
        (Participation.DECLINED, "declined"),
    )
    for answer, shown in answers:
        await calendar.events.answer(uid, WHEN, answer)
        assert copy(sandbox, ANA, uid).attendees[0].response == shown
    with pytest.raises(ProviderRejected):
        await calendar.events.answer(uid, WHEN, Participation.NEEDS_ACTION)


async def test_ones_own_event_cannot_be_answered(calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    with pytest.raises(EventGone):
        await calendar.events.answer(event.uid, WHEN, Participation.ACCEPTED)


async def test_an_invitation_cannot_be_cancelled_by_the_invited(sandbox: Sandbox, calendar: Calendar) -> None:
    invitation = outside.Event(ANA, "", "", "Mentoring", Timed(WHEN.start, WHEN.end), outside.Person(ANA))
    uid = sandbox.world.create(replace(invitation, attendees=(Attendee(SAM),))).uid
    with pytest.raises(ProviderRejected):
        await calendar.events.cancel(copy(sandbox, SAM, uid).id)


async def test_an_event_to_which_nobody_is_invited_is_deleted_where_it_cannot_be_cancelled(
    sandbox: Sandbox, calendar: Calendar
) -> None:
    event = await calendar.events.create(replace(DRAFT, alone=True))
    assert sandbox.world.events(ANA) == []
    sandbox.faults.add(Fault("status", status=400, reason="ErrorInvalidRequest", operation="events.cancel"))
    await calendar.events.cancel(event.id)
    assert [each.deleted for each in sandbox.world.events(SAM)] == [True]
    invited = await calendar.events.create(replace(DRAFT, key="b" * 32))
    sandbox.faults.add(Fault("status", status=400, reason="ErrorInvalidRequest", operation="events.cancel"))
    with pytest.raises(ProviderRejected):
        await calendar.events.cancel(invited.id)


async def test_a_404_that_is_not_graphs_proves_nothing(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    sandbox.faults.add(Fault("html", status=404, operation="events.cancel"))
    with pytest.raises(ProviderRejected) as refused:
        await calendar.events.cancel(event.id)
    assert not isinstance(refused.value, EventGone)


async def test_at_most_four_calls_at_once_reach_one_mailbox(sandbox: Sandbox, calendar: Calendar, wire: Wire) -> None:
    await calendar.free_busy.free_busy(DAY)
    sandbox.faults.latency_ms["graph"] = 10
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for _ in range(12)))
    assert wire.most_at_once == 4
    assert {call.status for call in sandbox.log.of(vendor="graph")} == {200}


async def test_a_throttled_mailbox_is_asked_again(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.faults.add(Fault("status", vendor="graph", status=429, reason="MailboxConcurrency"))
    await calendar.free_busy.free_busy(DAY)
    assert [call.status for call in sandbox.log.of(vendor="graph")] == [429, 200]


@pytest.mark.parametrize(
    ("error", "trouble"), [("5009", Trouble.NO_MAILBOX), ("ErrorNoFreeBusyAccess", Trouble.NOT_COVERED)]
)
async def test_an_error_inside_a_good_answer_is_never_free(
    sandbox: Sandbox, calendar: Calendar, error: str, trouble: Trouble
) -> None:
    sandbox.graph.outlook.set(SAM, OutlookSettings(schedule_error=error))
    with pytest.raises(ConsentRevoked) as revoked:
        await calendar.free_busy.free_busy(DAY)
    assert revoked.value.trouble is trouble
    sandbox.graph.outlook.set(SAM, OutlookSettings(schedule_error="5999"))
    with pytest.raises(ProviderUnavailable):
        await calendar.free_busy.free_busy(DAY)


async def test_a_calendar_too_full_for_one_answer_is_read_in_smaller_parts(
    sandbox: Sandbox, calendar: Calendar
) -> None:
    month = Interval.lasting(NOW, 31 * 24 * 60)
    starts = [NOW + timedelta(minutes=30 * n) for n in range(1400)]
    busy = outside.Event(SAM, "", "", "Busy", Timed(NOW, NOW), outside.Person(SAM))
    sandbox.world.load(
        replace(busy, id=f"b{n}", uid=f"b{n}", when=Timed(start, start + timedelta(minutes=15)))
        for n, start in enumerate(starts)
    )
    seen = await calendar.free_busy.free_busy(month)
    assert seen.busy == tuple(Interval.lasting(start, 15) for start in starts)
    assert operations(sandbox) == ["getSchedule"] * 3


async def test_tentative_is_told_apart_and_never_hides_what_is_busy(sandbox: Sandbox, calendar: Calendar) -> None:
    hour = timedelta(hours=1)
    for start, shows in ((NOW, "tentative"), (NOW + hour, "busy")):
        event = outside.Event(SAM, "", "", "Busy", Timed(start, start + 2 * hour), outside.Person(SAM))
        sandbox.world.create(replace(event, shows=shows))  # type: ignore[arg-type]  # one of the two
    seen = await calendar.free_busy.free_busy(DAY)
    assert seen.busy == (Interval.lasting(NOW + hour, 120),)
    assert seen.tentative == (Interval.lasting(NOW, 60),)


async def test_an_administrator_who_leaves_a_mailbox_out_is_heard(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.world.revoke(SAM)
    with pytest.raises(ConsentRevoked) as revoked:
        await calendar.events.create(DRAFT)
    assert revoked.value.trouble is Trouble.NOT_COVERED


async def test_a_log_tells_the_request_and_nothing_that_is_in_it(
    sandbox: Sandbox, calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.add(Fault("status", vendor="graph", operation="events.create", status=503))
    with caplog.at_level(logging.DEBUG, logger="calendar_core"):
        await calendar.events.create(DRAFT)
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith("events.create: 503 ErrorServerBusy, request-id ")
    assert "Mentoring" not in line
    assert "@" not in line
