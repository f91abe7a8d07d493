"""The control routes: a person's deeds in the own calendar app, and the operator's."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.world import Attendee, Event, Person, Timed
from tests.sandbox.conftest import NOW


def a_session(sandbox: Sandbox) -> Event:
    start = NOW + timedelta(days=7)
    event = Event(
        mailbox="ana@example.com",
        id="",
        uid="",
        title="Mentoring",
        when=Timed(start, start + timedelta(minutes=45)),
        organizer=Person("ana@example.com", "Ana Ruiz"),
        attendees=(Attendee("sam@example.com"),),
    )
    return sandbox.world.create(event)


async def test_a_private_event_shows_up_in_the_world(http: aiohttp.ClientSession) -> None:
    day = {"mailbox": "sam@example.com", "title": "Leave", "start": "2026-12-01", "end": "2026-12-03", "shows": "oof"}
    async with http.post("/_/event", json=day) as answer:
        assert answer.status == 200
    async with http.get("/_/world", params={"mailbox": "sam@example.com"}) as answer:
        world = await answer.json()
    assert list(world["mailboxes"]) == ["sam@example.com"]
    [event] = world["mailboxes"]["sam@example.com"]["events"]
    assert {key: event[key] for key in ("title", "start", "end", "all_day", "busy", "shows")} == {
        "title": "Leave",
        "start": "2026-12-01",
        "end": "2026-12-03",
        "all_day": True,
        "busy": True,
        "shows": "oof",
    }


async def test_the_owner_moves_and_the_invited_person_answers(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    uid = a_session(sandbox).uid
    move = {"uid": uid, "start": "2026-12-02T10:00:00Z", "end": "2026-12-02T10:45:00+00:00"}
    async with http.post("/_/move", json={"mailbox": "sam@example.com", **move}) as answer:
        assert answer.status == 400
        assert "Only ana@example.com can move it" in (await answer.json())["error"]
    async with http.post("/_/move", json={"mailbox": "ana@example.com", **move}) as answer:
        assert (await answer.json())["sequence"] == 1
    async with http.post("/_/decline", json={"mailbox": "sam@example.com", "uid": uid}) as answer:
        assert not (await answer.json())["busy"]
    async with http.get("/_/world") as answer:
        [seen] = (await answer.json())["mailboxes"]["ana@example.com"]["events"]
    assert seen["attendees"] == [{"email": "sam@example.com", "response": "declined"}]
    async with http.post("/_/cancel", json={"mailbox": "ana@example.com", "uid": uid}) as answer:
        assert (await answer.json())["status"] == "cancelled"


async def test_the_clock_is_set_and_jumps(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.post("/_/clock", json={"now": "2027-01-01T00:00:00Z"}) as answer:
        assert (await answer.json())["now"].startswith("2027-01-01T00:00:0")
    async with http.post("/_/clock", json={"jump_seconds": 86400}):
        pass
    assert sandbox.clock.now().date().isoformat() == "2027-01-02"


@pytest.mark.parametrize(
    ("route", "body", "sentence"),
    [
        ("event", "{", "not JSON"),
        ("event", "[]", "JSON object"),
        ("event", '{"mailbox": "nobody@example.com"}', "no mailbox"),
        ("event", '{"mailbox": "ana@example.com", "start": "today", "end": "later"}', "RFC 3339"),
        ("event", '{"mailbox": "ana@example.com", "start": "2026-12-01T10:00", "end": "2026-12-01T11:00"}', "offset"),
        ("event", '{"mailbox": "ana@example.com", "start": "2026-12-02", "end": "2026-12-02"}', "after start"),
        ("move", '{"mailbox": "ana@example.com", "uid": "x"}', "no event"),
        ("clock", "{}", "either"),
        ("clock", '{"jump_seconds": true}', "whole number"),
        ("mailbox", '{"address": "x@example.com", "suite": "yahoo"}', "google, microsoft"),
        ("mailbox", '{"address": "x@example.com", "suite": "google", "time_zone": "Mars/Olympus"}', "IANA"),
        ("faults", '{"kind": "flood"}', "one of"),
        ("latency", '{"ms": 5, "colour": "red"}', "Unknown: colour"),
        ("revoke", "{}", "either"),
    ],
)
async def test_a_mistake_is_answered_with_a_sentence(
    http: aiohttp.ClientSession, route: str, body: str, sentence: str
) -> None:
    async with http.post(f"/_/{route}", data=body) as answer:
        assert answer.status == 400
        assert sentence in (await answer.json())["error"]
