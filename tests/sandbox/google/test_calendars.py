"""freebusy.query, events.list and what a calendar says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.google.account import CLIENT_EMAIL
from tests.sandbox.google.conftest import Answer, Client

WINDOW = {"timeMin": "2026-11-30T00:00:00Z", "timeMax": "2026-12-05T00:00:00Z"}


async def add(client: Client, **fields: Any) -> dict[str, Any]:
    async with client.http.post("/_/event", json={"mailbox": "ana@example.com", **fields}) as answer:
        assert answer.status == 200
        added: dict[str, Any] = await answer.json()
        return added


async def ask(client: Client, **body: Any) -> Answer:
    return await client.send(client.api.freebusy().query(body={**WINDOW, "items": [{"id": "primary"}], **body}))


async def test_busy_times_are_merged_cut_to_the_window_and_without_what_is_free(ana: Client) -> None:
    await add(ana, start="2026-11-29T23:00:00Z", end="2026-11-30T01:00:00Z")
    await add(ana, start="2026-12-01T10:00:00Z", end="2026-12-01T11:00:00Z")
    await add(ana, start="2026-12-01T10:30:00Z", end="2026-12-01T12:00:00Z", shows="tentative")
    await add(ana, start="2026-12-01T12:00:00Z", end="2026-12-01T12:30:00Z")
    await add(ana, start="2026-12-02T10:00:00Z", end="2026-12-02T11:00:00Z", shows="free")
    answer = await ask(ana)
    assert answer.json["calendars"]["primary"]["busy"] == [
        {"start": "2026-11-30T00:00:00Z", "end": "2026-11-30T01:00:00Z"},
        {"start": "2026-12-01T10:00:00Z", "end": "2026-12-01T12:30:00Z"},
    ]


async def test_an_all_day_event_is_busy_for_the_owners_day(ana: Client) -> None:
    await add(ana, start="2026-12-02", end="2026-12-03", shows="oof")
    await add(ana, start="2026-12-03", end="2026-12-04", title="Birthday", shows="free")
    answer = await ask(ana, timeZone="America/New_York")
    assert answer.json["calendars"]["primary"]["busy"] == [
        {"start": "2026-12-02T00:00:00-05:00", "end": "2026-12-03T00:00:00-05:00"}
    ]


async def test_an_invitation_blocks_until_it_is_declined(ana: Client, gil: Client) -> None:
    body = {
        "start": {"dateTime": "2026-12-01T10:00:00Z"},
        "end": {"dateTime": "2026-12-01T11:00:00Z"},
        "attendees": [{"email": "gil@example.com"}],
    }
    made = await ana.send(ana.api.events().insert(calendarId="primary", body=body, sendUpdates="all"))
    assert len((await ask(gil)).json["calendars"]["primary"]["busy"]) == 1
    answer = {"mailbox": "gil@example.com", "uid": made.json["iCalUID"]}
    async with ana.http.post("/_/decline", json=answer):
        pass
    assert (await ask(gil)).json["calendars"]["primary"]["busy"] == []
    assert len((await ask(ana)).json["calendars"]["primary"]["busy"]) == 1


async def test_a_calendar_that_may_not_be_read_says_so_inside_the_answer(ana: Client) -> None:
    items = [{"id": "gil@example.com"}, {"id": "nobody@example.com"}, {"id": "ana@example.com"}]
    calendars = (await ask(ana, items=items)).json["calendars"]
    assert calendars["gil@example.com"]["errors"] == [{"domain": "global", "reason": "notFound"}]
    assert calendars["nobody@example.com"] == calendars["gil@example.com"]
    assert "errors" not in calendars["ana@example.com"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"timeMax": "2026-11-30T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeMax": "2027-03-03T00:00:00Z"}, "timeRangeTooLong"),
        ({"timeMax": None}, "required"),
        ({"timeMax": "2026-12-05T00:00:00"}, "badRequest"),
        ({"timeZone": "Mars/Olympus"}, "invalid"),
        ({"item": []}, "badRequest"),
    ],
    ids=str,
)
async def test_a_wrong_window_is_refused(ana: Client, body: dict[str, Any], reason: str) -> None:
    answer = await ask(ana, **body)
    assert (answer.status, answer.reason) == (400, reason)


async def test_incremental_sync_brings_what_changed_and_stubs_of_what_has_gone(ana: Client) -> None:
    kept = await add(ana, start="2026-12-01T10:00:00Z", end="2026-12-01T11:00:00Z")
    gone = await add(ana, start="2026-12-01T12:00:00Z", end="2026-12-01T13:00:00Z")
    events = ana.api.events()
    first = await ana.send(events.list(calendarId="primary", maxResults=1))
    assert "nextSyncToken" not in first.json
    last = await ana.send(events.list(calendarId="primary", maxResults=1, pageToken=first.json["nextPageToken"]))
    assert [each["id"] for each in first.json["items"] + last.json["items"]] == [kept["id"], gone["id"]]
    async with ana.http.post("/_/cancel", json={"mailbox": "ana@example.com", "id": gone["id"]}):
        pass
    token = last.json["nextSyncToken"]
    changes = await ana.send(events.list(calendarId="primary", syncToken=token))
    [stub] = changes.json["items"]
    assert (set(stub), stub["status"]) == ({"kind", "etag", "id", "status"}, "cancelled")
    nothing = await ana.send(events.list(calendarId="primary", syncToken=changes.json["nextSyncToken"]))
    assert nothing.json["items"] == []
    mixed = await ana.send(events.list(calendarId="primary", syncToken=token, timeMin=WINDOW["timeMin"]))
    assert (mixed.status, mixed.reason) == (400, "invalid")
    lost = await ana.send(events.list(calendarId="primary", syncToken="lost"))
    assert (lost.status, lost.reason) == (410, "fullSyncRequired")


async def test_a_list_is_cut_to_its_window_and_sorted_when_asked(ana: Client) -> None:
    late = await add(ana, start="2026-12-03T10:00:00Z", end="2026-12-03T11:00:00Z")
    early = await add(ana, start="2026-12-01T10:00:00Z", end="2026-12-01T11:00:00Z")
    await add(ana, start="2026-11-29T10:00:00Z", end="2026-11-30T00:00:00Z")
    query = {"calendarId": "primary", "orderBy": "startTime", **WINDOW}
    answer = await ana.send(ana.api.events().list(singleEvents=True, **query))
    assert [each["id"] for each in answer.json["items"]] == [early["id"], late["id"]]
    assert answer.json["timeZone"] == "America/New_York"
    assert (await ana.send(ana.api.events().list(**query))).status == 400
    naive = await ana.send(ana.api.events().list(calendarId="primary", timeMin="2026-11-30T00:00:00"))
    assert (naive.status, naive.reason) == (400, "badRequest")


async def test_an_event_is_found_by_its_private_property(ana: Client) -> None:
    body = {
        "start": {"date": "2026-12-01"},
        "end": {"date": "2026-12-02"},
        "extendedProperties": {"private": {"attempt": "a1", "k" * 45: "dropped"}},
    }
    made = await ana.send(ana.api.events().insert(calendarId="primary", body=body))
    assert made.json["extendedProperties"] == {"private": {"attempt": "a1"}}
    events = ana.api.events()
    found = await ana.send(events.list(calendarId="primary", privateExtendedProperty="attempt=a1"))
    other = await ana.send(events.list(calendarId="primary", privateExtendedProperty="attempt=a2"))
    assert ([each["id"] for each in found.json["items"]], other.json["items"]) == ([made.json["id"]], [])


async def test_a_token_for_availability_alone_sees_no_titles(google: Client, ana: Client) -> None:
    await add(ana, title="Secret", start="2026-12-01T10:00:00Z", end="2026-12-01T11:00:00Z")
    google.sandbox.google.access.delegate(CLIENT_EMAIL, "example.com", ["calendar.events.freebusy"])
    narrow = await google.acting_for("ana@example.com", "calendar.events.freebusy")
    [event] = (await narrow.send(narrow.api.events().list(calendarId="primary"))).json["items"]
    assert "summary" not in event
    assert event["start"]["dateTime"] == "2026-12-01T05:00:00-05:00"


async def test_a_calendar_tells_its_zone_and_working_hours(ana: Client) -> None:
    calendar = (await ana.send(ana.api.calendars().get(calendarId="ana@example.com"))).json
    assert calendar["conferenceProperties"] == {"allowedConferenceSolutionTypes": ["hangoutsMeet"]}
    assert calendar["workingHours"]["workingHoursEnabled"] is True
    assert calendar["workingHours"]["availableTimes"][0] == {
        "dayOfWeek": "monday",
        "periodStart": 540,
        "periodEnd": 1020,
    }


async def test_settings_and_the_list_of_calendars_need_their_own_scopes(google: Client) -> None:
    google.sandbox.service_account_key()
    scopes = ["calendar.settings.readonly", "calendar.calendarlist.readonly"]
    google.sandbox.google.access.delegate(CLIENT_EMAIL, "example.com", scopes)
    ana = await google.acting_for("ana@example.com", *scopes)
    assert (await ana.send(ana.api.settings().get(setting="timezone"))).json["value"] == "America/New_York"
    [entry] = (await ana.send(ana.api.calendarList().list())).json["items"]
    assert (entry["primary"], entry["accessRole"]) == (True, "owner")
    assert (await ana.send(ana.api.calendars().get(calendarId="primary"))).status == 403
