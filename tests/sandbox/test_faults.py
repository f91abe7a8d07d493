"""Trouble on demand, as a client meets it; Google stands for every vendor."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.sandbox.google.conftest import Answer, Client, ana, google

__all__ = ["ana", "google"]

BODY = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}


async def arm(client: Client, **fault: Any) -> None:
    async with client.http.post("/_/faults", json=fault) as answer:
        assert answer.status == 200


async def insert(client: Client) -> Answer:
    return await client.send(client.api.events().insert(calendarId="primary", body=BODY))


def made(client: Client) -> int:
    return len(client.sandbox.world.events("ana@example.com"))


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        ({"status": 401}, 401, "authError"),
        ({"status": 403, "reason": "quotaExceeded"}, 403, "quotaExceeded"),
        ({"status": 404}, 404, "notFound"),
        ({"status": 409}, 409, "duplicate"),
        ({"status": 410, "reason": "fullSyncRequired"}, 410, "fullSyncRequired"),
        ({"status": 412}, 412, "conditionNotMet"),
        ({"status": 429, "retry_after": 7}, 429, "rateLimitExceeded"),
        ({}, 503, "backendError"),
    ],
    ids=str,
)
async def test_a_status_comes_with_the_vendors_own_words_once(
    ana: Client, fault: dict[str, Any], status: int, reason: str
) -> None:
    await arm(ana, kind="status", operation="events.insert", **fault)
    answer = await insert(ana)
    assert (answer.status, answer.reason, answer.json["error"]["code"]) == (status, reason, status)
    assert answer.headers.get("Retry-After") == ("7" if "retry_after" in fault else None)
    assert made(ana) == 0
    assert (await insert(ana)).status == 200


async def test_a_fault_meets_only_what_it_was_meant_for(ana: Client) -> None:
    await arm(ana, kind="status", mailbox="gil@example.com", times=0)
    await arm(ana, kind="status", operation="events.get", times=0)
    await arm(ana, kind="status", vendor="graph", times=0)
    assert (await insert(ana)).status == 200


async def test_a_fault_lasts_as_many_calls_as_said_or_until_cleared(ana: Client) -> None:
    await arm(ana, kind="status", vendor="google", times=2)
    assert [(await insert(ana)).status for _ in range(3)] == [503, 503, 200]
    await arm(ana, kind="status", vendor="google", times=0)
    assert [(await insert(ana)).status for _ in range(3)] == [503, 503, 503]
    async with ana.http.post("/_/faults/clear", json={}):
        pass
    assert (await insert(ana)).status == 200


@pytest.mark.parametrize(("after_commit", "events"), [(False, 0), (True, 1)])
async def test_a_dropped_connection_leaves_the_work_done_or_not(ana: Client, after_commit: bool, events: int) -> None:
    await arm(ana, kind="drop", operation="events.insert", after_commit=after_commit)
    with pytest.raises(aiohttp.ClientError):
        await insert(ana)
    assert made(ana) == events
    assert ana.sandbox.log.calls[-1].status == 0


@pytest.mark.parametrize(("kind", "text"), [("html", "<!DOCTYPE"), ("empty", "")])
async def test_a_gateway_answers_without_json(ana: Client, kind: str, text: str) -> None:
    await arm(ana, kind=kind, status=502)
    async with ana.http.get("/google/calendar/v3/calendars/primary") as answer:
        assert answer.status == 502
        assert (await answer.text())[:9] == text


async def test_half_an_answer_breaks_off_with_the_work_done(ana: Client) -> None:
    await arm(ana, kind="truncate", operation="events.insert")
    with pytest.raises(aiohttp.ClientPayloadError):
        await insert(ana)
    assert made(ana) == 1


async def test_a_late_answer_is_the_usual_one(ana: Client) -> None:
    await arm(ana, kind="delay", delay_ms=20)
    async with ana.http.post("/_/latency", json={"ms": 5, "vendor": "google"}):
        pass
    assert (await insert(ana)).status == 200
    async with ana.http.get("/_/faults") as answer:
        assert await answer.json() == {"faults": [], "latency_ms": {"google": 5}}
