"""The token endpoint and what a token allows."""

from __future__ import annotations

import time

import pytest

from sandbox.google.account import CLIENT_EMAIL
from sandbox.world import Mailbox
from tests.sandbox.google.conftest import Client

NOW = int(time.time())  # noqa: TID251  a signature is of real time


async def test_a_delegated_service_account_gets_a_token_that_works(ana: Client) -> None:
    answer = await ana.send(ana.api.calendars().get(calendarId="primary"))
    assert (answer.status, answer.json["id"], answer.json["timeZone"]) == (200, "ana@example.com", "America/New_York")


@pytest.mark.parametrize(
    ("subject", "scopes", "status", "error"),
    [
        ("nobody@example.com", (), 400, "invalid_grant"),
        ("sam@example.com", (), 400, "invalid_grant"),
        ("ana@elsewhere.example", (), 401, "unauthorized_client"),
        ("ana@example.com", ("calendar.events.owned", "calendar.settings.readonly"), 401, "unauthorized_client"),
        ("ana@example.com", ("calendar.everything",), 400, "invalid_scope"),
    ],
)
async def test_it_refuses_whom_and_what_was_not_granted(
    google: Client, subject: str, scopes: tuple[str, ...], status: int, error: str
) -> None:
    answer = await google.exchange(google.assertion(subject, *scopes))
    assert (answer.status, answer.json["error"]) == (status, error)
    assert answer.json["error_description"]


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": NOW + 7200},
        {"iat": NOW - 7200, "exp": NOW - 3700},
        {"iss": "stranger@example.com"},
        {"aud": "https://evil.example/token"},
    ],
    ids=["for two hours", "over", "a stranger's", "for another"],
)
async def test_it_refuses_claims_that_cannot_be(google: Client, claims: dict[str, object]) -> None:
    answer = await google.exchange(google.assertion("ana@example.com", **claims))
    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")


async def test_an_account_that_the_domain_does_not_manage_is_none_to_it(google: Client, ana: Client) -> None:
    calls = ana.api.calendars().get(calendarId="primary")
    google.sandbox.world.add_mailbox(Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York", apart=True))
    answer = await google.exchange(google.assertion("ana@example.com"))
    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")
    assert (await ana.send(calls)).status == 200, "a token that was given lives on"


async def test_it_accepts_its_own_address_as_audience(google: Client) -> None:
    own = google.sandbox.service_account_key()["token_uri"]
    assert own == f"{google.sandbox.url}/google/oauth2/token"
    assert (await google.exchange(google.assertion("ana@example.com", aud=own))).status == 200


async def test_it_refuses_a_changed_assertion_and_garbage(google: Client) -> None:
    head, _, signature = google.assertion("ana@example.com").split(".")
    _, claims, _ = google.assertion("gil@example.com").split(".")
    for assertion in (f"{head}.{claims}.{signature}", f"{head}.{claims}.", "x", "", "a.b.c", "ä.ö.ü"):
        answer = await google.exchange(assertion)
        assert (answer.status, answer.json["error"]) == (400, "invalid_grant"), assertion


async def test_another_grant_type_is_not_supported(google: Client) -> None:
    async with google.http.post("/google/oauth2/token", data={"grant_type": "password"}) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"] == "unsupported_grant_type"


@pytest.mark.parametrize(
    ("who", "status", "error"),
    [({"mailbox": "ana@example.com"}, 400, "invalid_grant"), ({"domain": "example.com"}, 401, "unauthorized_client")],
    ids=str,
)
async def test_withdrawn_consent_kills_tokens_and_refuses_new_ones(
    google: Client, ana: Client, who: dict[str, str], status: int, error: str
) -> None:
    get = ana.api.calendars().get(calendarId="primary")
    async with google.http.post("/_/revoke", json=who):
        pass
    dead = await ana.send(get)
    assert (dead.status, dead.reason) == (401, "authError")
    refused = await google.exchange(google.assertion("ana@example.com"))
    assert (refused.status, refused.json["error"]) == (status, error)
    async with google.http.post("/_/restore", json=who):
        pass
    assert (await ana.send(get)).status == 401
    again = await google.acting_for("ana@example.com")
    assert (await again.send(get)).status == 200


async def test_a_suspended_person_has_no_token(google: Client, ana: Client) -> None:
    google.sandbox.world.add_mailbox(
        Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York", suspended=True)
    )
    assert (await ana.send(ana.api.calendars().get(calendarId="primary"))).reason == "authError"
    assert (await google.exchange(google.assertion("ana@example.com"))).json["error"] == "invalid_grant"


async def test_a_call_without_or_with_a_made_up_token_is_unauthorized(google: Client) -> None:
    for token in ("", "ya29.c.made-up"):
        google.token = token
        answer = await google.send(google.api.calendars().get(calendarId="primary"))
        assert (answer.status, answer.reason) == (401, "authError")


async def test_a_method_outside_the_scopes_is_refused_by_name(google: Client) -> None:
    google.sandbox.service_account_key()
    google.sandbox.google.access.delegate(CLIENT_EMAIL, "example.com", ["calendar.events.owned"])
    narrow = await google.acting_for("ana@example.com", "calendar.events.owned")
    body = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-02T00:00:00Z", "items": [{"id": "primary"}]}
    answer = await narrow.send(narrow.api.freebusy().query(body=body))
    assert (answer.status, answer.reason) == (403, "insufficientPermissions")
    assert answer.json["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert (await narrow.send(narrow.api.events().list(calendarId="primary"))).status == 200


async def test_a_service_account_as_itself_may_invite_nobody(google: Client) -> None:
    alone = await google.acting_for(None)
    body = {
        "start": {"dateTime": "2026-12-01T10:00:00Z"},
        "end": {"dateTime": "2026-12-01T11:00:00Z"},
        "attendees": [{"email": "sam@example.com"}],
    }
    answer = await alone.send(alone.api.events().insert(calendarId="primary", body=body))
    assert (answer.status, answer.reason) == (403, "forbiddenForServiceAccounts")


async def test_a_person_without_google_calendar_is_told_apart(google: Client, ana: Client) -> None:
    google.sandbox.world.add_mailbox(
        Mailbox("ana@example.com", "Ana Ruiz", "google", "America/New_York", has_calendar=False)
    )
    answer = await ana.send(ana.api.events().list(calendarId="primary"))
    assert (answer.status, answer.reason) == (403, "notACalendarUser")


async def test_the_log_names_the_operation_and_the_person_acted_for(ana: Client) -> None:
    ana.sandbox.log.clear()
    await ana.acting_for("gil@example.com")
    await ana.send(ana.api.events().get(calendarId="primary", eventId="unknown1"))
    async with ana.http.get("/google/drive/v3/files") as answer:
        assert answer.status == 404
    assert [(c.operation, c.method, c.path, c.mailbox, c.status) for c in ana.sandbox.log.calls] == [
        ("token", "POST", "/google/oauth2/token", "gil@example.com", 200),
        ("events.get", "GET", "/google/calendar/v3/calendars/{calendarId}/events/{eventId}", "ana@example.com", 404),
        ("unknown", "GET", "/google/{path:.*}", None, 404),
    ]
