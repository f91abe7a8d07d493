"""events.insert, get, patch, update, delete as Google answers them."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.app import Sandbox
from sandbox.world import Event, Minting
from tests.sandbox.google.conftest import Answer, Client

KEY = "0123456789abcdef0123456789abcdef"


def session(**fields: Any) -> dict[str, Any]:
    return {
        "id": KEY,
        "summary": "Mentoring: Ana and Sam",
        "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "America/New_York"},
        "end": {"dateTime": "2026-12-01T10:45:00", "timeZone": "America/New_York"},
        "attendees": [{"email": "sam@example.com"}, {"email": "gil@example.com"}],
        "conferenceData": {
            "createRequest": {"requestId": KEY, "conferenceSolutionKey": {"type": "hangoutsMeet"}},
        },
        "extendedProperties": {"private": {"attempt": KEY}},
        **fields,
    }


async def insert(client: Client, body: dict[str, Any], **query: Any) -> Answer:
    told = {"calendarId": "primary", "sendUpdates": "all", "conferenceDataVersion": 1, **query}
    return await client.send(client.api.events().insert(body=body, **told))


async def get(client: Client, id: str = KEY) -> Answer:
    return await client.send(client.api.events().get(calendarId="primary", eventId=id))


async def patch(client: Client, body: dict[str, Any], id: str = KEY, if_match: str | None = None) -> Answer:
    request = client.api.events().patch(calendarId="primary", eventId=id, sendUpdates="all", body=body)
    return await client.send(request, if_match)


def in_outlook(sandbox: Sandbox) -> list[Event]:
    return sandbox.world.events("sam@example.com")


async def test_an_event_is_made_with_the_clients_id_and_everybody_is_asked(ana: Client) -> None:
    made = await insert(ana, session(attendees=[{"email": "sam@example.com", "responseStatus": "accepted"}]))
    assert made.status == 200
    assert made.json["id"] == KEY
    assert made.json["start"] == {"dateTime": "2026-12-01T10:00:00-05:00", "timeZone": "America/New_York"}
    assert made.json["organizer"] == {"email": "ana@example.com", "displayName": "Ana Ruiz", "self": True}
    assert made.json["attendees"] == [{"email": "sam@example.com", "responseStatus": "needsAction"}]
    [copy] = in_outlook(ana.sandbox)
    assert (copy.uid, copy.id == KEY, copy.organizer.email) == (made.json["iCalUID"], False, "ana@example.com")
    assert (copy.private_properties, copy.response) == ({}, "needsAction")


async def test_the_link_is_pending_first_and_there_when_read_again(ana: Client) -> None:
    made = await insert(ana, session())
    request = made.json["conferenceData"]["createRequest"]
    assert (request["status"]["statusCode"], "hangoutLink" in made.json) == ("pending", False)
    read = await get(ana)
    assert read.json["conferenceData"]["createRequest"]["status"]["statusCode"] == "success"
    [entry] = read.json["conferenceData"]["entryPoints"]
    assert (entry["entryPointType"], entry["uri"]) == ("video", read.json["hangoutLink"])
    assert read.json["etag"] != made.json["etag"]


async def test_a_link_can_take_its_time_or_fail(ana: Client) -> None:
    ana.sandbox.world.minting["google"] = Minting(pending_answers=3, outcome="failure")
    states = [(await insert(ana, session())).json] + [(await get(ana)).json for _ in range(3)]
    assert [s["conferenceData"]["createRequest"]["status"]["statusCode"] for s in states] == [
        "pending",
        "pending",
        "pending",
        "failure",
    ]
    assert "hangoutLink" not in states[-1]


async def test_without_conference_data_version_the_request_is_ignored_silently(ana: Client) -> None:
    made = await insert(ana, session(), conferenceDataVersion=0)
    assert (made.status, "conferenceData" in made.json) == (200, False)


async def test_a_repeated_request_id_is_ignored(ana: Client) -> None:
    await insert(ana, session())
    again = await insert(ana, session(id="otherone"))
    assert (again.status, "conferenceData" in again.json) == (200, False)


async def test_a_repeated_id_is_a_duplicate_even_after_deletion(ana: Client) -> None:
    await insert(ana, session())
    assert ((await insert(ana, session())).status, (await insert(ana, session())).reason) == (409, "duplicate")
    delete = ana.api.events().delete(calendarId="primary", eventId=KEY, sendUpdates="all")
    assert (await ana.send(delete)).status == 204
    assert (await insert(ana, session())).status == 409
    assert (await get(ana)).json["status"] == "cancelled"
    again = await ana.send(delete)
    assert (again.status, again.reason) == (410, "deleted")
    assert [copy.status for copy in in_outlook(ana.sandbox)] == ["cancelled"]


async def test_a_new_time_keeps_the_guests_and_asks_them_again(ana: Client, gil: Client) -> None:
    await insert(ana, session())
    await patch(gil, {"attendees": [{"email": "gil@example.com", "responseStatus": "accepted"}]})
    before = (await get(ana)).json
    assert before["attendees"][1]["responseStatus"] == "accepted"
    start = {"dateTime": "2026-12-02T10:00:00", "timeZone": "America/New_York"}
    end = {"dateTime": "2026-12-02T10:45:00", "timeZone": "America/New_York"}
    moved = await patch(ana, {"start": start, "end": end}, if_match=before["etag"])
    assert (moved.status, moved.json["sequence"]) == (200, 1)
    assert [each["responseStatus"] for each in moved.json["attendees"]] == ["needsAction", "needsAction"]
    assert moved.json["hangoutLink"] == before["hangoutLink"]
    assert (await get(gil)).json["start"]["dateTime"] == "2026-12-02T16:00:00+01:00"
    assert in_outlook(ana.sandbox)[0].when == ana.sandbox.world.events("ana@example.com")[0].when


async def test_a_stale_etag_changes_nothing(ana: Client) -> None:
    old = (await insert(ana, session())).json["etag"]
    await patch(ana, {"summary": "Other"})
    lost = await patch(ana, {"summary": "Mine"}, if_match=old)
    assert (lost.status, lost.reason) == (412, "conditionNotMet")
    assert (await get(ana)).json["summary"] == "Other"


async def test_a_patched_guest_list_replaces_the_old_one(ana: Client) -> None:
    await insert(ana, session())
    patched = await patch(ana, {"attendees": [{"email": "gil@example.com"}]})
    assert [each["email"] for each in patched.json["attendees"]] == ["gil@example.com"]
    assert in_outlook(ana.sandbox)[0].status == "cancelled"


async def test_an_update_clears_what_it_leaves_out(ana: Client) -> None:
    made = (await insert(ana, session(location="Room 1"))).json
    body = {name: made[name] for name in ("start", "end", "attendees")}
    updated = await ana.send(ana.api.events().update(calendarId="primary", eventId=KEY, body=body))
    assert updated.status == 200
    assert not {"summary", "location", "extendedProperties"} & set(updated.json)


async def test_a_guest_changes_what_is_his_own_and_nothing_shared(ana: Client, gil: Client) -> None:
    await insert(ana, session())
    refused = await patch(gil, {"summary": "Hijacked"})
    assert (refused.status, refused.reason) == (403, "forbiddenForNonOrganizer")
    own = await patch(gil, {"transparency": "transparent", "extendedProperties": {"private": {"mine": "1"}}})
    assert (own.json["transparency"], own.json["extendedProperties"]["private"]) == ("transparent", {"mine": "1"})
    assert (await get(ana)).json["extendedProperties"]["private"] == {"attempt": KEY}


async def test_a_guest_who_deletes_declines(ana: Client, gil: Client) -> None:
    await insert(ana, session())
    await gil.send(gil.api.events().delete(calendarId="primary", eventId=KEY, sendUpdates="all"))
    assert (await get(ana)).json["attendees"][1]["responseStatus"] == "declined"


async def test_guests_outside_google_hear_of_it_only_when_told(ana: Client) -> None:
    request = ana.api.events().insert(calendarId="primary", body=session(), conferenceDataVersion=1)
    assert (await ana.send(request)).status == 200
    assert in_outlook(ana.sandbox) == []
    assert len(ana.sandbox.world.events("gil@example.com")) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": "UPPER-case"}, "invalid"),
        ({"iCalUID": "x@example.com"}, "invalid"),
        ({"end": None}, "required"),
        ({"end": {"dateTime": "2026-12-01T09:00:00", "timeZone": "America/New_York"}}, "timeRangeEmpty"),
        ({"start": {"dateTime": "2026-12-01T10:00:00"}}, "required"),
        ({"start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "Mars/Olympus"}}, "invalid"),
        ({"start": {"date": "2026-12-01"}}, "invalid"),
        ({"start": {"dateTime": "tomorrow"}}, "invalid"),
        ({"attendees": [{"email": "nobody"}]}, "invalid"),
        ({"attendees": [{"email": "a@example.com", "responseStatus": "maybe"}]}, "invalid"),
        ({"attendees": "sam@example.com"}, "invalid"),
        ({"atendees": []}, "badRequest"),
        ({"summary": 5}, "invalid"),
        ({"transparency": "see-through"}, "invalid"),
        ({"conferenceData": {"createRequest": {"conferenceSolutionKey": {"type": "hangoutsMeet"}}}}, "required"),
        ({"conferenceData": {"createRequest": {"requestId": "r", "conferenceSolutionKey": {"type": "x"}}}}, "invalid"),
    ],
    ids=str,
)
async def test_a_wrong_body_is_refused_and_nothing_is_made(ana: Client, fields: dict[str, Any], reason: str) -> None:
    answer = await insert(ana, session(**fields))
    assert (answer.status, answer.reason) == (400, reason)
    assert ana.sandbox.world.events("ana@example.com") == []


async def test_an_unknown_parameter_or_value_is_refused(ana: Client) -> None:
    path = "/google/calendar/v3/calendars/primary/events"
    for query in ("sendUpdate=all", "sendUpdates=everybody", "conferenceDataVersion=2", "quotaUser=" + "x" * 41):
        answer = await ana.ask("POST", f"{path}?{query}", "{}")
        assert (answer.status, answer.reason) == (400, "invalidParameter"), query


async def test_a_body_that_is_no_json_is_a_parse_error(ana: Client) -> None:
    answer = await ana.ask("POST", "/google/calendar/v3/calendars/primary/events", "{")
    assert (answer.status, answer.reason) == (400, "parseError")


async def test_another_persons_calendar_looks_like_none(ana: Client) -> None:
    answer = await ana.send(ana.api.events().list(calendarId="gil@example.com"))
    assert (answer.status, answer.reason) == (404, "notFound")


async def test_only_the_asked_fields_are_shown(ana: Client) -> None:
    await insert(ana, session())
    fields = "id,start/dateTime,conferenceData(createRequest/status,entryPoints(uri))"
    answer = await ana.send(ana.api.events().get(calendarId="primary", eventId=KEY, fields=fields))
    assert set(answer.json) == {"id", "start", "conferenceData"}
    assert set(answer.json["start"]) == {"dateTime"}
    assert set(answer.json["conferenceData"]["createRequest"]) == {"status"}
    for wrong in ("items(id)", "id,", "id(", "start/when"):
        refused = await ana.send(ana.api.events().get(calendarId="primary", eventId=KEY, fields=wrong))
        assert (refused.status, refused.reason) == (400, "invalidParameter"), wrong
