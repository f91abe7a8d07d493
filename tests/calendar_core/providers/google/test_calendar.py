"""What is Google's own about a Google calendar: its reasons, its query parameters, its races."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, KeyTaken, ProviderRejected, ProviderUnavailable
from calendar_core.event import EventDraft, Person
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.ports import Calendar
from calendar_core.providers.google.opening import GoogleDomain
from calendar_core.providers.patience import Patience
from sandbox.app import Sandbox
from sandbox.faults import Fault
from sandbox.world import Mailbox, Timed

from .opened import account_of, domain_for, open_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
DAY = Interval.lasting(NOW, 24 * 60)
WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
LATER = Interval.lasting(datetime(2026, 11, 25, 15, tzinfo=UTC), 45)
DRAFT = EventDraft(
    key=f"{1:032x}",
    uid="session-1",
    title="Mentoring session",
    when=WHEN,
    zone="America/New_York",
    organizer=Person("ana@example.com", "Ana Ruiz"),
    attendee=Person("gil@example.com", "Gil Mora"),
)


class Wire:
    """Sees each request as it leaves; `meanwhile` is done once, just before the next one of a method."""

    def __init__(self) -> None:
        self.requests: list[aiohttp.TraceRequestStartParams] = []
        self.most_at_once = 0
        self._at_once = 0
        self._meanwhile: dict[str, Callable[[], object]] = {}

    def meanwhile(self, method: str, deed: Callable[[], object]) -> None:
        self._meanwhile[method] = deed

    async def leaves(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        self.requests.append(request)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        if request.method in self._meanwhile:
            self._meanwhile.pop(request.method)()

    async def returns(self, _: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestEndParams) -> None:
        self._at_once -= 1


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York"))
        running.world.add_mailbox(Mailbox("gil@example.com", "Gil Mora", "google", "Europe/Madrid"))
        yield running


@pytest.fixture
async def domain(sandbox: Sandbox, wire: Wire) -> AsyncIterator[GoogleDomain]:
    async def pause(seconds: float) -> None:
        """Not waited."""

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(wire.leaves)
    trace.on_request_end.append(wire.returns)
    async with aiohttp.ClientSession(trace_configs=[trace]) as connections:
        settings = settings_for(sandbox, account_of(sandbox), Patience(pause=pause))
        yield domain_for(sandbox, settings, connections)


@pytest.fixture
async def calendar(domain: GoogleDomain) -> Calendar:
    return await open_for(domain, "ana@example.com")


def operations(sandbox: Sandbox) -> list[str]:
    return [call.operation for call in sandbox.log.calls if call.operation != "token"]


async def test_nothing_leaves_this_machine_and_every_call_names_the_person_it_is_for(
    sandbox: Sandbox, calendar: Calendar, domain: GoogleDomain, wire: Wire
) -> None:
    event = await calendar.events.create(DRAFT)
    await calendar.free_busy.free_busy(DAY)
    await calendar.events.move(event.id, LATER, "America/New_York")
    await calendar.events.add_conference(event.id, f"{2:032x}")
    await calendar.events.cancel(event.id)
    assert {request.url.host for request in wire.requests} == {"127.0.0.1"}
    asked = [request.url.query for request in wire.requests if not request.url.path.endswith("/token")]
    assert len({query["quotaUser"] for query in asked}) == 1
    await (await open_for(domain, "gil@example.com")).free_busy.free_busy(DAY)
    assert wire.requests[-1].url.query["quotaUser"] != asked[0]["quotaUser"]
    assert not [query for query in asked if "gil" in str(query) or "ana" in str(query)]


async def test_every_answer_with_an_event_is_a_partial_one(calendar: Calendar, wire: Wire) -> None:
    event = await calendar.events.create(DRAFT)
    await calendar.events.read(event.id)
    await calendar.events.move(event.id, LATER, "America/New_York")
    fields = [request.url.query["fields"] for request in wire.requests if "/events" in request.url.path]
    assert len(fields) == 4
    assert not [each for each in fields if "summary" in each or "description" in each or "displayName" in each]


async def test_a_booking_is_one_call(sandbox: Sandbox, calendar: Calendar) -> None:
    await calendar.events.create(DRAFT)
    assert operations(sandbox) == ["events.insert"]


async def test_whoever_changed_it_meanwhile_is_not_overwritten_unseen(
    sandbox: Sandbox, calendar: Calendar, wire: Wire
) -> None:
    event = await calendar.events.create(DRAFT)

    def owner_makes_it_free() -> None:
        hers = sandbox.world.event("ana@example.com", event.id)
        assert hers is not None
        sandbox.world.update(replace(hers, shows="free"))

    wire.meanwhile("PATCH", owner_makes_it_free)
    moved = await calendar.events.move(event.id, LATER, "America/New_York")
    assert (moved.when, moved.busy) == (LATER, False)
    assert operations(sandbox)[1:] == ["events.get", "events.patch", "events.get", "events.patch"]


async def test_an_endless_race_is_given_up(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    sandbox.faults.add(Fault("status", status=412, operation="events.patch", times=None))
    with pytest.raises(ProviderUnavailable):
        await calendar.events.move(event.id, LATER, "America/New_York")


async def test_an_event_under_our_id_that_is_not_ours_takes_the_key(calendar: Calendar) -> None:
    await calendar.events.create(replace(DRAFT, uid="somebody else's"))
    with pytest.raises(KeyTaken):
        await calendar.events.create(DRAFT)


async def test_an_hour_that_comes_twice_is_booked_as_meant(sandbox: Sandbox, calendar: Calendar) -> None:
    second_half_past_one = Interval.lasting(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), 45)
    event = await calendar.events.create(replace(DRAFT, when=second_half_past_one))
    assert event.when == second_half_past_one
    hers = sandbox.world.event("ana@example.com", event.id)
    assert hers is not None
    assert isinstance(hers.when, Timed)
    assert (hers.when.start, hers.when.start_zone) == (second_half_past_one.start, "America/New_York")


async def test_a_404_proves_nothing_in_a_calendar_that_cannot_be_read(sandbox: Sandbox, calendar: Calendar) -> None:
    event = await calendar.events.create(DRAFT)
    sandbox.faults.add(Fault("status", status=404, operation="events.delete"))
    sandbox.faults.add(Fault("status", status=404, operation="events.list"))
    with pytest.raises(ProviderRejected):
        await calendar.events.cancel(event.id)
    sandbox.faults.add(Fault("html", status=404, operation="events.delete"))
    with pytest.raises(ProviderRejected):
        await calendar.events.cancel(event.id)


@pytest.mark.parametrize("reason", ["rateLimitExceeded", "userRateLimitExceeded"])
async def test_a_limit_of_requests_passes(sandbox: Sandbox, calendar: Calendar, reason: str) -> None:
    sandbox.faults.add(Fault("status", status=403, reason=reason, operation="events.insert"))
    await calendar.events.create(DRAFT)
    assert operations(sandbox) == ["events.insert"] * 2


async def test_the_limit_of_invitations_is_not_hammered(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.faults.add(Fault("status", status=403, reason="quotaExceeded", operation="events.insert", times=None))
    with pytest.raises(ProviderRejected) as refused:
        await calendar.events.create(DRAFT)
    assert refused.value.code == "quotaExceeded"
    assert operations(sandbox) == ["events.insert"]


async def test_a_calendar_switched_off_is_said_so(sandbox: Sandbox, calendar: Calendar) -> None:
    sandbox.world.add_mailbox(Mailbox("ana@example.com", "Ana Ruiz", "google", "UTC", has_calendar=False))
    with pytest.raises(ConsentRevoked) as revoked:
        await calendar.free_busy.free_busy(DAY)
    assert revoked.value.trouble is Trouble.CALENDAR_OFF


async def test_at_most_four_calls_at_once_reach_one_calendar(sandbox: Sandbox, calendar: Calendar, wire: Wire) -> None:
    await calendar.free_busy.free_busy(DAY)
    sandbox.faults.latency_ms["google"] = 10
    await asyncio.gather(*(calendar.free_busy.free_busy(DAY) for _ in range(12)))
    assert (wire.most_at_once, len(operations(sandbox))) == (4, 13)
