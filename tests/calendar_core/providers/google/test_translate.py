"""Google's JSON to and from our values: what is kept, what is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.event import EventDraft, Person
from calendar_core.integration import Suite, Trouble
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.providers.google import translate
from calendar_core.providers.google.translate import GoogleEvent

ANA, SAM = Person("ana@example.com", "Ana Ruiz"), Person("Sam@example.com", "Sam Okoye")
WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
DRAFT = EventDraft(
    key="0123456789abcdef0123456789abcdef",
    uid="session-1",
    title="Mentoring session",
    when=WHEN,
    zone="America/New_York",
    organizer=ANA,
    attendee=SAM,
)
FOUND: GoogleEvent = {
    "id": DRAFT.key,
    "iCalUID": f"{DRAFT.key}@google.com",
    "status": "confirmed",
    "etag": '"7"',
    "updated": "2026-11-22T16:00:00.000Z",
    "start": {"dateTime": "2026-11-24T09:00:00-05:00"},
    "end": {"dateTime": "2026-11-24T09:45:00-05:00"},
    "organizer": {"email": "ana@example.com"},
    "attendees": [
        {"email": "Sam@example.com", "responseStatus": "declined"},
        {"email": "a.friend@example.com", "responseStatus": "accepted"},
    ],
    "extendedProperties": {"private": {"pairtimeSession": "session-1", "pairtimeAttendee": "sam@example.com"}},
}


def test_an_hour_that_comes_twice_is_sent_with_its_offset() -> None:
    second_half_past_one = Interval.lasting(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), 30)
    assert translate.times(second_half_past_one, "America/New_York")["start"] == {
        "dateTime": "2026-11-01T01:30:00-05:00",
        "timeZone": "America/New_York",
    }


def test_the_attendee_is_asked_and_may_not_invite_others() -> None:
    body = translate.new_event(DRAFT)
    assert body["attendees"] == [
        {"email": "Sam@example.com", "displayName": "Sam Okoye", "responseStatus": "needsAction"}
    ]
    assert body["guestsCanInviteOthers"] is False
    assert "iCalUID" not in body  # Google refuses it beside an id
    assert "description" not in body


def test_of_an_event_only_ours_is_kept() -> None:
    event = translate.event_of(FOUND)
    assert event.when == WHEN
    assert event.uid == f"{DRAFT.key}@google.com"
    assert event.answers == (("sam@example.com", Participation.DECLINED),)
    assert "friend" not in repr(event)


@pytest.mark.parametrize(
    ("conference", "pending", "link"),
    [
        ({"createRequest": {"status": {"statusCode": "pending"}}}, True, None),
        ({"createRequest": {"status": {"statusCode": "failure"}}}, False, None),
        ({"entryPoints": [{"entryPointType": "phone", "uri": "tel:1"}]}, False, None),
        ({"entryPoints": [{"entryPointType": "video", "uri": "javascript:1"}]}, False, None),
        ({"entryPoints": [{"entryPointType": "video", "uri": "https://meet.google.com/a"}]}, False, "a"),
    ],
)
def test_a_link_is_there_coming_or_missing(
    conference: translate._ConferenceData, pending: bool, link: str | None
) -> None:
    event = translate.event_of({**FOUND, "conferenceData": conference})
    assert event.conference_pending is pending
    assert (event.conference.url if event.conference else None) == (link and f"https://meet.google.com/{link}")
    assert event.conference is None or event.conference.suite is Suite.GOOGLE


def test_a_time_without_an_offset_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="offset"):
        translate.event_of({**FOUND, "start": {"dateTime": "2026-11-24T09:00:00"}})


def test_an_event_made_all_day_is_seen_to_have_moved() -> None:
    event = translate.event_of({**FOUND, "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}})
    assert event.when.minutes == 24 * 60


def test_busy_times_are_merged_and_cut_to_the_window() -> None:
    window = Interval.lasting(datetime(2026, 11, 24, 9, tzinfo=UTC), 8 * 60)
    busy = [
        {"start": "2026-11-24T08:00:00Z", "end": "2026-11-24T10:00:00Z"},
        {"start": "2026-11-24T11:00:30+01:00", "end": "2026-11-24T11:30:00+01:00"},
        {"start": "2026-11-24T12:00:00Z", "end": "2026-11-24T12:00:00Z"},
    ]
    found = translate.busy_times({"calendars": {"ana@example.com": {"busy": busy}}}, "ana@example.com", window)
    assert found == (Interval.between(window.start, window.start + timedelta(minutes=90)),)


@pytest.mark.parametrize("reason", ["internalError", "groupTooBig", "somethingNew"])
def test_an_error_inside_a_success_is_unknown_never_free(reason: str) -> None:
    answer = {"calendars": {"ana@example.com": {"errors": [{"reason": reason}], "busy": []}}}
    with pytest.raises(ProviderUnavailable):
        translate.busy_times(answer, "ana@example.com", WHEN)


def test_a_calendar_that_is_not_there_is_said_so() -> None:
    with pytest.raises(ConsentRevoked):
        translate.busy_times(
            {"calendars": {"ana@example.com": {"errors": [{"reason": "notFound"}]}}}, "ana@example.com", WHEN
        )


def test_a_group_is_no_persons_calendar() -> None:
    members: dict[str, object] = {
        "calendars": {"sam@example.com": {"busy": []}},
        "groups": {"all@example.com": {"calendars": []}},
    }
    with pytest.raises(ConsentRevoked) as refused:
        translate.busy_times(members, "all@example.com", WHEN)
    assert refused.value.trouble is Trouble.NOT_A_PERSON


@pytest.mark.parametrize("answer", [{}, {"calendars": {}}, {"calendars": {"ana@example.com": {}}}])
def test_an_answer_without_the_calendar_is_no_answer(answer: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        translate.busy_times(answer, "ana@example.com", WHEN)


def test_an_answer_to_an_invitation_changes_nothing_else() -> None:
    invitation = translate.standing_invitation(
        {
            "items": [
                {"id": "a", "status": "cancelled"},
                {"id": "b", "attendees": [{"email": "sam@example.com", "self": True, "responseStatus": "needsAction"}]},
            ]
        }
    )
    assert invitation is not None
    assert not translate.says(invitation, Participation.ACCEPTED)
    assert translate.answered(invitation, Participation.ACCEPTED) == {
        "attendeesOmitted": True,
        "attendees": [{"email": "sam@example.com", "self": True, "responseStatus": "accepted"}],
    }
