"""getSchedule's JSON as busy and tentative times: what is understood, what is never taken for free."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from calendar_core.errors import ConsentRevoked, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.interval import Interval
from calendar_core.providers.microsoft.schedule_json import schedule_times

WHEN = Interval.lasting(datetime(2026, 11, 24, 14, tzinfo=UTC), 45)
DAY = Interval.lasting(datetime(2026, 11, 24, tzinfo=UTC), 24 * 60)


def item(status: str, start: str = "14:00", end: str = "14:45", **more: Any) -> dict[str, Any]:
    return {
        "status": status,
        "start": {"dateTime": f"2026-11-24T{start}:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"2026-11-24T{end}:00.0000000", "timeZone": "UTC"},
        **more,
    }


def answer(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"value": [{"scheduleId": "Sam@Example.com", "scheduleItems": list(items), **changes}]}


@pytest.mark.parametrize(
    ("status", "busy", "tentative"),
    [
        ("busy", [WHEN], []),
        ("Busy", [WHEN], []),
        ("oof", [WHEN], []),
        ("unknown", [WHEN], []),
        ("somethingNew", [WHEN], []),
        ("Tentative", [], [WHEN]),
        ("free", [], []),
        ("WorkingElsewhere", [], []),
    ],
)
def test_each_status_is_busy_tentative_or_free(status: str, busy: list[Interval], tentative: list[Interval]) -> None:
    assert schedule_times(answer(item(status)), "sam@example.com", DAY) == (busy, tentative)


def test_titles_and_places_do_not_get_past_the_parser() -> None:
    told = item("busy", subject="Dentist", location="Dr. Who", isPrivate=False)
    assert "Dentist" not in repr(schedule_times(answer(told), "sam@example.com", DAY))


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("5009", Trouble.NO_MAILBOX),
        ("ErrorMailRecipientNotFound", Trouble.NO_MAILBOX),
        ("ErrorNoFreeBusyAccess", Trouble.NOT_COVERED),
    ],
)
def test_an_error_inside_a_good_answer_says_who_can_repair_it(code: str, trouble: Trouble) -> None:
    said = {"value": [{"scheduleId": "sam@example.com", "error": {"message": "?", "responseCode": code}}]}
    with pytest.raises(ConsentRevoked) as revoked:
        schedule_times(said, "sam@example.com", DAY)
    assert revoked.value.trouble is trouble


@pytest.mark.parametrize(
    "said",
    [
        {"value": []},
        answer(scheduleId="somebody@example.com"),
        answer(error={"message": "?", "responseCode": "ErrorInternal"}),
        answer(error={}),
        {"value": [{"scheduleId": "sam@example.com", "error": {"message": "?"}, "scheduleItems": []}]},
    ],
)
def test_a_schedule_that_is_missing_or_in_error_is_unknown(said: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnavailable):
        schedule_times(said, "sam@example.com", DAY)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"value": None},
        {"value": [{"scheduleId": "sam@example.com"}]},
        {"value": [{"scheduleId": "sam@example.com", "scheduleItems": None}]},
        answer({"status": "busy"}),
        answer(item("busy", start="25:00")),
        answer(item("busy", start="15:00", end="14:00")),
        answer({**item("busy"), "start": {"dateTime": "2026-11-24T14:00:00", "timeZone": "Customized Time Zone"}}),
    ],
)
def test_a_schedule_that_makes_no_sense_is_never_free(said: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        schedule_times(said, "sam@example.com", DAY)
