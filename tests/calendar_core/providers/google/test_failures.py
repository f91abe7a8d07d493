"""What each of Google's refusals means."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.providers.google.failures import (
    CONSENT_REFUSED,
    DELEGATION_REFUSED,
    api_failure,
    grant_failure,
)

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>"


def of_api(status: int, reason: str | None = None, body: bytes | None = None) -> ProviderError:
    errors = [{"domain": "global", "reason": reason, "message": "Ana's dentist"}] if reason else []
    said = json.dumps({"error": {"code": status, "errors": errors}}).encode() if body is None else body
    return api_failure(status, {"Retry-After": "7"}, said, uncovered=Trouble.NOT_COVERED, now=NOW)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "timeRangeTooLong"),
        (400, "invalid"),
        (403, "quotaExceeded"),  # abuse protection: lasts for hours, and hammering makes it worse
        (403, "forbiddenForNonOrganizer"),
        (404, "notFound"),
        (409, "duplicate"),
        (410, "deleted"),
        (412, "conditionNotMet"),
    ],
)
def test_a_refusal_keeps_googles_word_and_is_not_repeated(status: int, reason: str) -> None:
    failure = of_api(status, reason)
    assert isinstance(failure, ProviderRejected)
    assert failure.code == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, "rateLimitExceeded"),
        (403, "userRateLimitExceeded"),
        (429, "rateLimitExceeded"),
        (500, "backendError"),
        (503, None),
        (408, None),
    ],
)
def test_a_busy_google_is_asked_again_not_before_it_wants(status: int, reason: str | None) -> None:
    failure = of_api(status, reason)
    assert isinstance(failure, ProviderUnavailable)
    assert failure.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("status", "reason", "trouble"),
    [
        (401, "authError", Trouble.ACCESS_WITHDRAWN),
        (401, None, Trouble.ACCESS_WITHDRAWN),
        (403, "insufficientPermissions", Trouble.NOT_COVERED),
        (403, "forbiddenForServiceAccounts", Trouble.NOT_COVERED),
        (403, "accessNotConfigured", Trouble.API_NOT_ENABLED),
        (403, "notACalendarUser", Trouble.CALENDAR_OFF),
    ],
)
def test_withdrawn_access_says_why(status: int, reason: str | None, trouble: Trouble) -> None:
    failure = of_api(status, reason)
    assert isinstance(failure, ConsentRevoked)
    assert failure.trouble is trouble


def test_the_newer_form_of_an_error_is_read_too() -> None:
    body = json.dumps({"error": {"details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}, "?"]}}).encode()
    assert isinstance(of_api(403, body=body), ConsentRevoked)


@pytest.mark.parametrize("body", [PAGE, b"", b"[1]", b'{"error": "no"}', b'{"error": {"errors": [7, {"reason": 7}]}}'])
def test_a_page_that_is_not_the_apis_is_judged_by_its_status_alone(body: bytes) -> None:
    missing = of_api(404, body=body)
    assert isinstance(missing, ProviderRejected)
    assert missing.code == "HTTP 404"
    assert isinstance(of_api(502, body=body), ProviderUnavailable)


def test_nothing_but_googles_plain_words_reaches_a_log() -> None:
    failure = of_api(400, "Ana's dentist, Tuesday")
    assert str(failure) == "HTTP 400"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("unauthorized_client", Trouble.ADMIN_CONSENT_MISSING),
        ("invalid_scope", Trouble.ADMIN_CONSENT_MISSING),
        ("invalid_grant", Trouble.NO_ACCOUNT),
    ],
)
def test_a_refused_grant_says_who_can_repair_it(error: str, trouble: Trouble) -> None:
    body = json.dumps({"error": error}).encode()
    failure = grant_failure(400, {}, body, refused=DELEGATION_REFUSED, now=NOW)
    assert type(failure) is (ConsentRevoked if error == "invalid_grant" else DomainRefused)
    assert failure.trouble is trouble


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("invalid_grant", Trouble.ACCESS_WITHDRAWN),
        ("admin_policy_enforced", Trouble.ADMIN_CONSENT_MISSING),
        ("unauthorized_client", Trouble.KEY_REFUSED),  # our own client: nobody's consent is at fault
        ("invalid_client", Trouble.KEY_REFUSED),
    ],
)
def test_of_a_persons_own_consent_the_same_words_mean_something_else(error: str, trouble: Trouble) -> None:
    failure = grant_failure(400, {}, json.dumps({"error": error}).encode(), refused=CONSENT_REFUSED, now=NOW)
    assert type(failure) is (DomainRefused if trouble is Trouble.KEY_REFUSED else ConsentRevoked)
    assert failure.trouble is trouble


def test_other_answers_of_the_token_endpoint_revoke_nothing() -> None:
    odd = grant_failure(400, {}, b'{"error": "invalid_request"}', refused=DELEGATION_REFUSED, now=NOW)
    assert isinstance(odd, ProviderRejected)
    page = grant_failure(502, {}, PAGE, refused=DELEGATION_REFUSED, now=NOW)
    assert isinstance(page, ProviderUnavailable)
