"""getSchedule: the times, the zone, and the errors that come inside a good answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sandbox.graph import OutlookSettings
from sandbox.world import AllDay, Event, Mailbox, Person, Shows, When
from tests.sandbox.conftest import NOW

from .conftest import NEXT_WEEK, Answer, Application, timed

SAM = "sam@example.com"


def window(days: float = 31) -> dict[str, Any]:
    return {
        "startTime": {"dateTime": NOW.strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"},
        "endTime": {"dateTime": (NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": "UTC"},
    }


async def schedule(app: Application, *addresses: str, **changes: Any) -> Answer:
    body = {"schedules": list(addresses) or [SAM], **window(), **changes}
    return await app.ask("POST", f"{SAM}/calendar/getSchedule", body)


def add(app: Application, when: When, shows: Shows = "busy", title: str = "Dentist", private: bool = False) -> None:
    owner = Person(SAM)
    app.sandbox.world.create(Event(SAM, "", "", title, when, owner, shows=shows, private=private, location="Room 1"))


async def test_each_state_of_a_calendar_is_told_apart(app: Application) -> None:
    states: list[Shows] = ["free", "tentative", "busy", "oof", "elsewhere"]
    for hour, shows in enumerate(states):
        add(app, timed(NEXT_WEEK + timedelta(hours=hour), 60), shows)
    [found] = (await schedule(app)).json["value"]
    assert [item["status"] for item in found["scheduleItems"]] == [
        "free",
        "tentative",
        "busy",
        "oof",
        "workingElsewhere",
    ]
    assert found["scheduleItems"][0]["start"] == {"dateTime": "2026-11-30T09:00:00.0000000", "timeZone": "UTC"}
    assert len(found["availabilityView"]) == 31 * 48
    assert "00112233" in found["availabilityView"]


async def test_titles_come_along_unless_private_or_not_shared(app: Application) -> None:
    add(app, timed(NEXT_WEEK, 60), title="Dentist")
    add(app, timed(NEXT_WEEK + timedelta(hours=2), 60), title="Secret", private=True)
    [found] = (await schedule(app)).json["value"]
    assert [item.get("subject") for item in found["scheduleItems"]] == ["Dentist", None]
    app.sandbox.graph.outlook.set(SAM, OutlookSettings(shares_titles=False))
    [found] = (await schedule(app)).json["value"]
    assert [item.get("subject") for item in found["scheduleItems"]] == [None, None]


async def test_a_full_day_covers_the_owners_midnights(app: Application) -> None:
    add(app, AllDay(date(2026, 12, 1), date(2026, 12, 2)), "oof")
    [found] = (await schedule(app)).json["value"]
    [item] = found["scheduleItems"]
    assert (item["start"]["dateTime"], item["end"]["dateTime"]) == (
        "2026-11-30T23:00:00.0000000",
        "2026-12-01T23:00:00.0000000",
    )


async def test_times_come_in_the_zone_that_was_asked_for(app: Application) -> None:
    add(app, timed(NEXT_WEEK, 60))
    there = replace(app, prefer='outlook.timezone="Eastern Standard Time"')
    [found] = (await schedule(there)).json["value"]
    start = found["scheduleItems"][0]["start"]
    assert start == {"dateTime": "2026-11-30T04:00:00.0000000", "timeZone": "Eastern Standard Time"}


async def test_what_cannot_be_read_is_an_error_inside_a_good_answer(app: Application) -> None:
    world = app.sandbox.world
    world.add_mailbox(Mailbox("noor@example.com", "Noor", "microsoft", "UTC", has_calendar=False))
    world.add_mailbox(Mailbox("apart@example.com", "Amy", "microsoft", "UTC"))
    world.revoke("apart@example.com")
    answer = await schedule(app, "nobody@example.com", "noor@example.com", "ana@example.com", "apart@example.com", SAM)
    assert answer.status == 200
    assert [each.get("error", {}).get("responseCode") for each in answer.json["value"]] == [
        "5009",
        "5009",
        "5009",
        "ErrorNoFreeBusyAccess",
        None,
    ]
    assert ["scheduleItems" in each for each in answer.json["value"]] == [False] * 4 + [True]


async def test_more_than_a_thousand_entries_are_too_many(app: Application) -> None:
    event = Event(SAM, "x", "x", "Busy", timed(NEXT_WEEK, 5), Person(SAM))
    app.sandbox.world.load(replace(event, id=f"x{n}", uid=f"x{n}") for n in range(1001))
    [found] = (await schedule(app)).json["value"]
    assert found["error"]["responseCode"] == "5006"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"schedules": [f"p{n}@example.com" for n in range(21)]}, 400, "ErrorMailboxDataArrayTooBig"),
        (window(62), 400, "ErrorTimeIntervalTooBig"),
        (window(0), 400, "ErrorInvalidTimeInterval"),
        ({"availabilityViewInterval": None}, 500, "ErrorInternalServerError"),
        ({"availabilityViewInterval": 4}, 400, "ErrorInvalidRequest"),
        ({"schedules": "sam@example.com"}, 400, "RequestBodyRead"),
        ({"interval": 30}, 400, "RequestBodyRead"),
        ({"startTime": {"dateTime": "2026-11-23T08:00:00", "timeZone": "Mars"}}, 400, "TimeZoneNotSupportedException"),
        ({"startTime": {"dateTime": "2026-11-23T08:00:00Z", "timeZone": "UTC"}}, 400, "ErrorPropertyValidationFailure"),
    ],
)
async def test_a_request_out_of_bounds_is_refused(
    app: Application, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await schedule(app, **changes)
    assert (answer.status, answer.code) == (status, code)


async def test_the_largest_window_and_parameters_in_pascal_case_are_taken(app: Application) -> None:
    body = {name[0].upper() + name[1:]: value for name, value in {"schedules": [SAM], **window(61.99)}.items()}
    assert (await app.ask("POST", f"{SAM}/calendar/getSchedule", body)).status == 200


async def test_working_hours_name_windows_zone_or_spell_its_rules_out(app: Application) -> None:
    [found] = (await schedule(app)).json["value"]
    assert found["workingHours"] == {
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "startTime": "09:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": "W. Europe Standard Time"},
    }
    app.sandbox.graph.outlook.set(SAM, OutlookSettings(custom_zone=True))
    [found] = (await schedule(app)).json["value"]
    last_sunday = {"dayOccurrence": 5, "dayOfWeek": "sunday", "year": 0}
    assert found["workingHours"]["timeZone"] == {
        "@odata.type": "#microsoft.graph.customTimeZone",
        "name": "Customized Time Zone",
        "bias": -60,
        "daylightOffset": {"time": "02:00:00.0000000", "month": 3, "daylightBias": -60, **last_sunday},
        "standardOffset": {"time": "03:00:00.0000000", "month": 10, **last_sunday},
    }


async def test_mailbox_settings_tell_the_zone_as_outlook_keeps_it(app: Application) -> None:
    first = await app.ask("GET", f"{SAM}/mailboxSettings", _select="timeZone")
    assert first.json == {"timeZone": "W. Europe Standard Time"}
    app.sandbox.graph.outlook.set(SAM, OutlookSettings(zone_name="tzone://Microsoft/Custom"))
    assert (await app.ask("GET", f"{SAM}/mailboxSettings")).json["timeZone"] == "tzone://Microsoft/Custom"
