"""Graph's JSON to and from our values: what is kept, what is sent, what is not understood."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from calendar_core.event import EventDraft, Person
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.providers.microsoft import translate
from calendar_core.providers.microsoft.translate import INVITED_PROPERTY, KEY_PROPERTY, GraphEvent
from sandbox.rules import graph as rules

WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
DAY = Interval.lasting(datetime(2026, 11, 24, tzinfo=UTC), 24 * 60)
DRAFT = EventDraft(
    key="0123456789abcdef0123456789abcdef",
    uid="session-1",
    title="Mentoring session",
    when=WHEN,
    zone="Europe/Berlin",
    organizer=Person("sam@example.com", "Sam Okoye"),
    attendee=Person("Ana@example.com", "Ana Ruiz"),
)


def found(**changes: Any) -> GraphEvent:
    event: GraphEvent = {
        "@odata.etag": 'W/"7"',
        "id": "AAMk1",
        "iCalUId": "0400",
        "start": {"dateTime": "2026-11-24T14:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-24T14:45:00.0000000", "timeZone": "UTC"},
        "isCancelled": False,
        "showAs": "busy",
        "organizer": {"emailAddress": {"address": "sam@example.com"}},
        "attendees": [
            {"emailAddress": {"address": "Ana@example.com"}, "status": {"response": "TentativelyAccepted"}},
            {"emailAddress": {"address": "a.friend@example.com"}, "status": {"response": "accepted"}},
        ],
        "isOnlineMeeting": True,
        "onlineMeeting": {"joinUrl": "https://teams.microsoft.com/l/meetup-join/1"},
        "lastModifiedDateTime": "2026-11-22T16:00:00.0000000Z",
        "singleValueExtendedProperties": [{"id": INVITED_PROPERTY, "value": "ana@example.com"}],
    }
    event.update(changes)  # type: ignore[typeddict-item]  # a test may break it
    return event


def test_an_event_is_sent_once_in_the_organizers_zone_without_a_body() -> None:
    body = translate.new_event(DRAFT)
    rules.NEW_EVENT.checked(body)  # type: ignore[arg-type]  # our dict is JSON
    assert body["start"] == {"dateTime": "2026-11-24T15:00:00", "timeZone": "W. Europe Standard Time"}
    assert body["transactionId"] == DRAFT.key
    assert body["allowNewTimeProposals"] is False
    assert "body" not in body
    assert body["singleValueExtendedProperties"] == [
        {"id": KEY_PROPERTY, "value": DRAFT.key},
        {"id": INVITED_PROPERTY, "value": "ana@example.com"},
    ]


def test_an_event_is_read_and_of_its_attendees_only_the_one_we_invited() -> None:
    event = translate.event_of(found())
    assert (event.id, event.uid, event.etag, event.when, event.busy) == ("AAMk1", "0400", 'W/"7"', WHEN, True)
    assert event.answers == (("ana@example.com", Participation.TENTATIVE),)
    assert event.conference is not None
    assert event.conference.suite is Suite.MICROSOFT
    assert event.updated == datetime(2026, 11, 22, 16, tzinfo=UTC)


@pytest.mark.parametrize("response", ["none", "notResponded", "somethingNew"])
def test_what_is_no_answer_still_needs_one(response: str) -> None:
    attendee = {"emailAddress": {"address": "ana@example.com"}, "status": {"response": response}}
    assert translate.event_of(found(attendees=[attendee])).answers == (("ana@example.com", Participation.NEEDS_ACTION),)


def test_somebody_elses_event_tells_nobodys_answer() -> None:
    assert translate.event_of(found(singleValueExtendedProperties=[])).answers == ()


@pytest.mark.parametrize(
    ("online", "info", "link", "pending"),
    [
        (True, {"joinUrl": "https://teams.microsoft.com/x"}, True, False),
        (True, None, False, True),
        (True, {"joinUrl": None}, False, True),
        (True, {"joinUrl": "javascript:alert(1)"}, False, True),
        (False, None, False, False),
    ],
)
def test_a_link_is_there_on_its_way_or_not_to_come(
    online: bool, info: dict[str, str] | None, link: bool, pending: bool
) -> None:
    event = translate.event_of(found(isOnlineMeeting=online, onlineMeeting=info))
    assert (event.conference is not None, event.conference_pending) == (link, pending)


@pytest.mark.parametrize("zone", ["W. Europe Standard Time", "Europe/Berlin"])
def test_times_in_a_zone_we_did_not_ask_for_are_understood(zone: str) -> None:
    event = translate.event_of(
        found(
            start={"dateTime": "2026-11-24T15:00:00", "timeZone": zone},
            end={"dateTime": "2026-11-24T15:45:00", "timeZone": zone},
        )
    )
    assert event.when == WHEN


def test_the_year_one_means_never() -> None:
    assert translate.event_of(found(lastModifiedDateTime="0001-01-01T00:00:00Z")).updated is None
