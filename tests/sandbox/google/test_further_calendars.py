"""Further calendars: those a person owns, those others share, and what each role opens."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.google.account import CLIENT_EMAIL
from sandbox.world import Event, Person, Timed
from tests.sandbox.conftest import NOW
from tests.sandbox.google.conftest import Client

from .test_user_grants import ANA

GIL, BAND = "gil@example.com", "c_band@group.calendar.google.com"
LIST = "calendar.calendarlist.readonly"
WINDOW = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z"}


async def told(client: Client, route: str, **fields: Any) -> None:
    async with client.http.post(f"/_/{route}", json=fields) as answer:
        assert answer.status == 200, await answer.text()


@pytest.fixture
async def band(google: Client) -> str:
    """Gil's second calendar, with one event now."""
    await told(google, "calendar", mailbox=GIL, name="Band", id=BAND, time_zone="Europe/London")
    event = Event(BAND, "", "", "Rehearsal", Timed(NOW, NOW.replace(hour=10)), Person(BAND, "Band"))
    google.sandbox.world.create(event)
    return BAND


async def acting(google: Client, who: str, *scopes: str) -> Client:
    google.sandbox.service_account_key()
    google.sandbox.google.access.delegate(CLIENT_EMAIL, "example.com", scopes)
    return await google.acting_for(who, *scopes)


async def busy(client: Client, *ids: str) -> Any:
    answer = await client.send(client.api.freebusy().query(body={**WINDOW, "items": [{"id": id} for id in ids]}))
    assert answer.status == 200
    return answer.json["calendars"]


async def test_the_list_names_what_is_owned_first_the_primary_one(google: Client, band: str) -> None:
    await told(google, "share", mailbox=ANA, **{"with": GIL}, role="reader")
    gil = await acting(google, GIL, LIST)
    listed = await gil.send(gil.api.calendarList().list())
    assert [(each["id"], each["accessRole"], each.get("primary")) for each in listed.json["items"]] == [
        (GIL, "owner", True),
        (ANA, "reader", None),
        (band, "owner", None),
    ]
    assert listed.json["items"][2]["summary"] == "Band"
    assert listed.json["items"][2]["dataOwner"] == GIL
    owned = await gil.send(gil.api.calendarList().list(minAccessRole="owner"))
    assert [each["id"] for each in owned.json["items"]] == [GIL, band]
    assert (await gil.send(gil.api.calendarList().get(calendarId=band))).json["timeZone"] == "Europe/London"
    assert (await gil.send(gil.api.calendars().get(calendarId=band))).reason == "insufficientPermissions"


async def test_without_its_scope_there_is_no_list(gil: Client) -> None:
    answer = await gil.send(gil.api.calendarList().list())
    assert (answer.status, answer.reason) == (403, "insufficientPermissions")


async def test_only_the_primary_calendar_has_working_hours(gil: Client, band: str) -> None:
    assert "workingHours" in (await gil.send(gil.api.calendars().get(calendarId="primary"))).json
    secondary = await gil.send(gil.api.calendars().get(calendarId=band))
    assert "workingHours" not in secondary.json
    assert (secondary.json["summary"], secondary.json["dataOwner"]) == ("Band", GIL)


async def test_each_calendar_has_its_own_free_and_busy(gil: Client, ana: Client, band: str) -> None:
    found = await busy(gil, "primary", band)
    assert found["primary"]["busy"] == []
    assert found[band]["busy"] == [{"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T10:00:00Z"}]
    assert (await busy(ana, band))[band]["errors"][0]["reason"] == "notFound"
    await told(ana, "share", mailbox=band, **{"with": ANA}, role="freeBusyReader")
    assert len((await busy(ana, band))[band]["busy"]) == 1


async def test_a_calendar_that_was_deleted_is_not_found(gil: Client, band: str) -> None:
    await told(gil, "leave", mailbox=band)
    assert (await busy(gil, band))[band]["errors"][0]["reason"] == "notFound"


async def test_roles_say_what_may_be_done_with_anothers_events(google: Client, band: str) -> None:
    ana = await acting(google, ANA, "calendar.events")
    body = {"start": {"dateTime": "2026-12-01T10:00:00Z"}, "end": {"dateTime": "2026-12-01T11:00:00Z"}}
    reading, writing = ana.api.events().list(calendarId=band), ana.api.events().insert(calendarId=band, body=body)
    assert (await ana.send(reading)).reason == "notFound"
    await told(ana, "share", mailbox=band, **{"with": ANA}, role="freeBusyReader")
    assert "summary" not in (await ana.send(reading)).json["items"][0]
    await told(ana, "share", mailbox=band, **{"with": ANA}, role="reader")
    assert (await ana.send(reading)).json["items"][0]["summary"] == "Rehearsal"
    assert (await ana.send(writing)).reason == "forbidden"
    await told(ana, "share", mailbox=band, **{"with": ANA}, role="writer")
    assert (await ana.send(writing)).json["organizer"]["email"] == band
    await told(ana, "share", mailbox=band, **{"with": ANA})
    assert (await ana.send(reading)).reason == "notFound"


async def test_a_scope_for_owned_calendars_stops_at_anothers(ana: Client, gil: Client, band: str) -> None:
    await told(ana, "share", mailbox=band, **{"with": ANA}, role="writer")
    assert (await gil.send(gil.api.events().list(calendarId=band))).status == 200
    assert (await ana.send(ana.api.events().list(calendarId=band))).reason == "insufficientPermissions"


async def test_nobody_signs_in_as_a_calendar(google: Client, band: str) -> None:
    domain = band.partition("@")[2]
    google.sandbox.service_account_key()
    google.sandbox.google.access.delegate(CLIENT_EMAIL, domain)
    assert (await google.exchange(google.assertion(band))).json["error"] == "invalid_grant"
