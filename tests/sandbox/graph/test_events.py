"""Events through Graph: made once, found, paged, moved, called off, answered, with and without a Teams link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from yarl import URL

from sandbox.world import Attendee, Event, Minting, Person

from .conftest import NEXT_WEEK, SESSION_ID, Application, a_session, timed

SAM, ANA = "sam@example.com", "ana@example.com"


async def test_an_invitation_from_outlook_arrives_in_google_and_the_answer_travels_back(app: Application) -> None:
    made = await app.create()
    theirs = app.copy(ANA, made["iCalUId"])
    assert (theirs.title, theirs.response) == ("Mentoring", "needsAction")
    assert theirs.conference is not None
    app.sandbox.world.answer(theirs, "declined", "Ill")
    seen = (await app.ask("GET", f"{SAM}/events/{made['id']}")).json
    assert seen["attendees"][0]["status"]["response"] == "declined"
    assert not seen["attendees"][0]["status"]["time"].startswith("0001")


async def test_an_invitation_from_google_is_answered_through_graph(app: Application) -> None:
    world = app.sandbox.world
    invitation = Event(ANA, "", "", "Mentoring", timed(NEXT_WEEK, 45), Person(ANA, "Ana Ruiz"))
    made = world.create(replace(invitation, attendees=(Attendee(SAM),)))
    query = f"iCalUId eq '{made.uid}'"
    [found] = (await app.ask("GET", f"{SAM}/events", _filter=query, _select="id,isOrganizer,showAs")).json["value"]
    assert (found["isOrganizer"], found["showAs"]) == (False, "tentative")
    assert found.keys() == {"@odata.etag", "id", "isOrganizer", "showAs"}
    quiet = await app.ask("POST", f"{SAM}/events/{found['id']}/tentativelyAccept", {"sendResponse": False})
    assert quiet.status == 202
    assert app.copy(ANA, made.uid).attendees[0].response == "needsAction"
    assert (await app.ask("POST", f"{SAM}/events/{found['id']}/accept", {"comment": "Gladly"})).status == 202
    assert app.copy(ANA, made.uid).attendees[0].response == "accepted"


async def test_one_transaction_id_makes_one_event(app: Application) -> None:
    first, second = await app.create(transactionId="t1"), await app.create(transactionId="t1")
    assert first["id"] == second["id"]
    assert len(app.sandbox.world.events(SAM)) == 1
    await app.ask("POST", f"{SAM}/events/{first['id']}/cancel", {})
    third = await app.ask("POST", f"{SAM}/events", {**a_session(), "transactionId": "t1"})
    assert (third.status, third.code) == (409, "ErrorDuplicateTransactionId")
    other = await app.ask("PATCH", f"{SAM}/events/{first['id']}", {"transactionId": "t2"})
    assert other.status == 400


async def test_an_event_is_found_by_its_own_property_whose_value_has_no_case(app: Application) -> None:
    made = await app.create()
    by_key = "singleValueExtendedProperties/Any(ep: ep/id eq '{}' and ep/value eq '{}')"
    found = await app.ask("GET", f"{SAM}/events", _filter=by_key.format(SESSION_ID, "KEY-1"))
    assert [each["id"] for each in found.json["value"]] == [made["id"]]
    assert "singleValueExtendedProperties" not in found.json["value"][0]
    for name, value in ((SESSION_ID.lower().replace("string", "String"), "Key-1"), (SESSION_ID, "Key-2")):
        other = await app.ask("GET", f"{SAM}/events", _filter=by_key.format(name, value))
        assert other.json["value"] == []
    expand = f"singleValueExtendedProperties($filter=id eq '{SESSION_ID}')"
    seen = await app.ask("GET", f"{SAM}/events/{made['id']}", _expand=expand)
    assert seen.json["singleValueExtendedProperties"] == [{"id": SESSION_ID, "value": "Key-1"}]


async def test_pages_follow_a_link_that_must_not_be_taken_apart(app: Application) -> None:
    for n in range(5):
        await app.create(**{key: a_session(NEXT_WEEK + timedelta(hours=n))[key] for key in ("start", "end")})
    window = {"startDateTime": "2026-11-30T00:00:00Z", "endDateTime": "2026-12-01T00:00:00Z"}
    page = (await app.ask("GET", f"{SAM}/calendarView", **window, _top="2", _select="start")).json
    starts = [each["start"]["dateTime"] for each in page["value"]]
    link = page["@odata.nextLink"]
    while link:
        headers = {"Authorization": f"Bearer {app.token}", "Prefer": app.prefer}
        async with app.http.get(URL(link), headers=headers) as rebuilt:
            assert rebuilt.status == 400
        async with app.http.get(URL(link, encoded=True), headers=headers) as answer:
            page = await answer.json()
        starts += [each["start"]["dateTime"] for each in page["value"]]
        link = page.get("@odata.nextLink")
    assert starts == [f"2026-11-30T{9 + n:02}:00:00.0000000" for n in range(5)]


async def test_a_new_time_is_told_and_asks_again_but_a_lost_race_is_refused(app: Application) -> None:
    made = await app.create()
    app.sandbox.world.answer(app.copy(ANA, made["iCalUId"]), "accepted")
    later = a_session(NEXT_WEEK + timedelta(hours=3))
    change = {"start": later["start"], "end": later["end"]}
    path = f"{SAM}/events/{made['id']}"
    stale = await app.ask("PATCH", path, change, {"If-Match": made["@odata.etag"]})
    assert (stale.status, stale.code) == (412, "ErrorIrresolvableConflict")
    moved = (await app.ask("PATCH", path, change)).json
    assert moved["start"]["dateTime"] == "2026-11-30T12:00:00.0000000"
    assert moved["attendees"][0]["status"]["response"] == "none"
    theirs = app.copy(ANA, made["iCalUId"])
    assert (theirs.when.start, theirs.sequence) == (NEXT_WEEK + timedelta(hours=3), 1)


async def test_an_answer_cannot_be_put_into_somebody_elses_mouth(app: Application) -> None:
    made = await app.create()
    said = [{"emailAddress": {"address": ANA}, "status": {"response": "accepted", "time": "2026-11-23T08:00:00Z"}}]
    changed = (await app.ask("PATCH", f"{SAM}/events/{made['id']}", {"attendees": said})).json
    assert changed["attendees"][0]["status"]["response"] == "none"


async def test_only_the_organizer_cancels_and_then_it_is_gone(app: Application) -> None:
    made = await app.create()
    path = f"{SAM}/events/{made['id']}"
    assert (await app.ask("POST", f"{path}/accept", {})).code == "ErrorInvalidRequest"
    assert (await app.ask("POST", f"{path}/cancel", {"Comment": "Sorry"})).status == 202
    for method, tail in (("GET", ""), ("POST", "/cancel"), ("DELETE", "")):
        answer = await app.ask(method, path + tail, {} if method == "POST" else None)
        assert (answer.status, answer.code) == (404, "ErrorItemNotFound")
    assert app.copy(ANA, made["iCalUId"]).status == "cancelled"


async def test_an_attendee_cannot_cancel_and_deletes_only_the_own_copy(app: Application) -> None:
    world = app.sandbox.world
    invitation = Event(ANA, "", "", "Mentoring", timed(NEXT_WEEK, 45), Person(ANA), attendees=(Attendee(SAM),))
    uid = world.create(invitation).uid
    path = f"{SAM}/events/{app.copy(SAM, uid).id}"
    assert (await app.ask("POST", f"{path}/cancel", {})).status == 400
    assert (await app.ask("DELETE", path)).status == 204
    assert (await app.ask("GET", path)).status == 404
    assert app.copy(ANA, uid).attendees[0].response == "needsAction"


async def test_a_teams_link_may_come_at_once_late_or_never(app: Application) -> None:
    at_once = await app.create()
    assert at_once["onlineMeeting"]["joinUrl"].startswith("https://teams.microsoft.com/")
    app.sandbox.world.minting["microsoft"] = Minting(pending_answers=2)
    late = await app.create(transactionId="late")
    looks = [await app.ask("GET", f"{SAM}/events/{late['id']}") for _ in range(2)]
    assert [late["onlineMeeting"], looks[0].json["onlineMeeting"]] == [None, None]
    assert looks[1].json["onlineMeeting"] is not None
    app.sandbox.world.add_mailbox(replace(app.sandbox.world.mailboxes[SAM], conference=False))
    never = await app.create()
    assert (never["isOnlineMeeting"], never["onlineMeetingProvider"], never["onlineMeeting"]) == (
        False,
        "unknown",
        None,
    )
    calendar = await app.ask("GET", f"{SAM}/calendar", _select="allowedOnlineMeetingProviders")
    assert calendar.json == {"allowedOnlineMeetingProviders": []}


async def test_a_new_body_destroys_the_link_unless_the_old_one_is_in_it(app: Application) -> None:
    made = await app.create(body={"contentType": "html", "content": "<p>Agenda</p>"})
    path = f"{SAM}/events/{made['id']}"
    kept = {"contentType": "html", "content": made["body"]["content"].replace("Agenda", "New agenda")}
    assert (await app.ask("PATCH", path, {"body": kept})).json["onlineMeeting"] == made["onlineMeeting"]
    bare = {"contentType": "html", "content": "<p>Oops</p>"}
    assert (await app.ask("PATCH", path, {"body": bare})).json["onlineMeeting"] is None


async def test_an_online_event_stays_online(app: Application) -> None:
    made = await app.create()
    answer = await app.ask("PATCH", f"{SAM}/events/{made['id']}", {"isOnlineMeeting": False})
    assert (answer.status, answer.code) == (400, "ErrorPropertyValidationFailure")
    plain = await app.create(isOnlineMeeting=False)
    asked = await app.ask("PATCH", f"{SAM}/events/{plain['id']}", {"isOnlineMeeting": True})
    assert asked.json["onlineMeeting"] is not None


async def test_the_zone_it_was_written_in_is_kept(app: Application) -> None:
    start = {"dateTime": "2026-11-30T10:00:00", "timeZone": "W. Europe Standard Time"}
    end = {"dateTime": "2026-11-30T10:45:00.0000000", "timeZone": "W. Europe Standard Time"}
    made = await app.create(start=start, end=end)
    assert made["originalStartTimeZone"] == "W. Europe Standard Time"
    assert made["start"] == {"dateTime": "2026-11-30T09:00:00.0000000", "timeZone": "UTC"}


def day(first: str, last: str, zone: str = "UTC") -> dict[str, Any]:
    return {
        "start": {"dateTime": first, "timeZone": zone},
        "end": {"dateTime": last, "timeZone": zone},
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"isOnlinemeeting": True}, "RequestBodyRead"),
        ({"isOnlineMeeting": "yes"}, "RequestBodyRead"),
        ({"showAs": "Sleeping"}, "RequestBodyRead"),
        ({"attendees": [{"type": "required"}]}, "ErrorInvalidRequest"),
        ({"attendees": [{"emailAddress": {"address": "nobody"}}]}, "ErrorInvalidRequest"),
        ({"subject": "x" * 256}, "ErrorInvalidRequest"),
        ({"singleValueExtendedProperties": [{"id": "Key", "value": "1"}]}, "ErrorInvalidRequest"),
        (day("2026-11-30T10:00:00", "2026-11-30T09:00:00"), "ErrorPropertyValidationFailure"),
        (day("soon", "later"), "ErrorPropertyValidationFailure"),
        (day("2026-11-30T10:00:00", "2026-11-30T11:00:00", "Europe/Madrid"), "TimeZoneNotSupportedException"),
        (day("2026-11-30T10:00:00", "2026-12-01T10:00:00") | {"isAllDay": True}, "ErrorPropertyValidationFailure"),
        (day("2026-11-30T00:00:00", "2026-11-30T00:00:00") | {"isAllDay": True}, "ErrorPropertyValidationFailure"),
        (
            day("2026-11-30T00:00:00", "2026-12-01T00:00:00", "Europe/Berlin") | {"isAllDay": True},
            "TimeZoneNotSupportedException",
        ),
    ],
)
async def test_what_graph_would_not_take_is_refused(app: Application, changes: dict[str, Any], code: str) -> None:
    answer = await app.ask("POST", f"{SAM}/events", {**a_session(), **changes})
    assert (answer.status, answer.code) == (400, code)
    assert app.sandbox.world.events(SAM) == []


async def test_a_full_day_stays_midnight_to_midnight_in_any_zone(app: Application) -> None:
    made = await app.create(**day("2026-12-01T00:00:00", "2026-12-02T00:00:00", "Eastern Standard Time"), isAllDay=True)
    there = replace(app, prefer='outlook.timezone="Eastern Standard Time"')
    seen = (await there.ask("GET", f"{SAM}/events/{made['id']}")).json
    assert seen["start"] == {"dateTime": "2026-12-01T00:00:00.0000000", "timeZone": "UTC"}


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("events", {"_filter": "subject eq 'Mentoring'"}, "ErrorInvalidUrlQueryFilter"),
        ("events", {"_select": "subject,titel"}, "RequestBroker--ParseUri"),
        ("events", {"_expand": "attachments"}, "RequestBroker--ParseUri"),
        ("events", {"_top": "1001"}, "ErrorInvalidUrlQuery"),
        ("events", {"_orderby": "subject"}, "ErrorInvalidUrlQuery"),
        ("events", {"_search": "x"}, "BadRequest"),
        ("events", {"_skiptoken": "made-up"}, "BadRequest"),
        ("calendarView", {}, "ErrorInvalidParameter"),
        ("calendarView", {"startDateTime": "x", "endDateTime": "y"}, "ErrorInvalidParameter"),
    ],
)
async def test_a_query_graph_does_not_know_is_refused(
    app: Application, path: str, query: dict[str, str], code: str
) -> None:
    answer = await app.ask("GET", f"{SAM}/{path}", **query)
    assert (answer.status, answer.code) == (400, code)


async def test_a_view_reads_the_offset_in_its_values(app: Application) -> None:
    made = await app.create()
    window = {"startDateTime": "2026-11-30T10:30:00+01:00", "endDateTime": "2026-11-30T11:00:00+01:00"}
    [seen] = (await app.ask("GET", f"{SAM}/calendarView", **window)).json["value"]
    assert seen["id"] == made["id"]
    window["startDateTime"] = "2026-11-30T10:45:00+01:00"
    assert (await app.ask("GET", f"{SAM}/calendarView", **window)).json["value"] == []
