"""What each of Microsoft's refusals means."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.errors import (
    ConsentRevoked,
    DomainRefused,
    EventGone,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
)
from calendar_core.integration import Trouble
from calendar_core.providers.microsoft.failures import Duplicate, graph_failure, token_failure

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><html><title>502 Bad Gateway</title></html>"


def of_graph(status: int, code: str | None = None, body: bytes | None = None) -> ProviderError:
    said = json.dumps({"error": {"code": code, "message": "Ana's dentist"}}).encode() if body is None else body
    return graph_failure(status, {"Retry-After": "7"}, said, uncovered=Trouble.NOT_COVERED, now=NOW)


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (401, "InvalidAuthenticationToken", Trouble.ACCESS_WITHDRAWN),
        (403, "ErrorAccessDenied", Trouble.NOT_COVERED),
        (403, "Authorization_RequestDenied", Trouble.ADMIN_CONSENT_MISSING),
        (404, "MailboxNotEnabledForRESTAPI", Trouble.NO_MAILBOX),
        (404, "MailboxNotHostedInExchangeOnline", Trouble.NO_MAILBOX),
        (404, "ResourceNotFound", Trouble.NO_ACCOUNT),
        (404, "Request_ResourceNotFound", Trouble.NO_ACCOUNT),
        (404, "ErrorInvalidUser", Trouble.NO_ACCOUNT),
    ],
)
def test_withdrawn_access_says_why(status: int, code: str, trouble: Trouble) -> None:
    failure = of_graph(status, code)
    assert isinstance(failure, ConsentRevoked)
    assert failure.trouble is trouble


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "ApplicationThrottled"),
        (503, "ErrorServerBusy"),
        (500, None),
        (504, "UnknownError"),
        (409, "ErrorIrresolvableConflict"),
        (412, "ErrorIrresolvableConflict"),
        (403, "MailboxConcurrency"),
    ],
)
def test_a_busy_graph_is_asked_again_not_before_it_wants(status: int, code: str | None) -> None:
    failure = of_graph(status, code)
    assert isinstance(failure, ProviderUnavailable)
    assert failure.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "ErrorItemNotFound", EventGone),
        (410, "ErrorItemNotFound", EventGone),
        (410, None, EventGone),
        (409, "ErrorDuplicateTransactionId", Duplicate),
        (400, "ErrorPropertyValidationFailure", ProviderRejected),
        (403, "SomethingNew", ProviderRejected),
    ],
)
def test_a_refusal_keeps_graphs_word_and_is_not_repeated(
    status: int, code: str | None, kind: type[ProviderRejected]
) -> None:
    failure = of_graph(status, code)
    assert type(failure) is kind
    assert failure.code == (code or f"HTTP {status}")


@pytest.mark.parametrize("body", [PAGE, b"", b"[1]", b'{"error": "no"}', b'{"error": {"code": {"a": 1}}}'])
def test_a_page_that_is_not_graphs_is_judged_by_its_status_alone(body: bytes) -> None:
    missing = of_graph(404, body=body)
    assert type(missing) is ProviderRejected, "nothing says that the event is gone"
    assert missing.code == "HTTP 404"
    assert isinstance(of_graph(502, body=body), ProviderUnavailable)


def test_nothing_but_graphs_plain_words_reaches_a_log() -> None:
    assert str(of_graph(400, "Ana's dentist, Tuesday")) == "HTTP 400"


def of_entra(status: int, error: str | None = None, number: int = 0) -> ProviderError:
    body = json.dumps({"error": error, "error_codes": [number], "error_description": "AADSTS0: secret"}).encode()
    return token_failure(status, {"Retry-After": "7"}, body, now=NOW)


@pytest.mark.parametrize(
    ("error", "number"),
    [("unauthorized_client", 700016), ("invalid_request", 90002), ("invalid_grant", 65001), ("invalid_tenant", 90002)],
)
def test_a_tenant_that_has_not_let_us_in_is_for_its_administrator(error: str, number: int) -> None:
    failure = of_entra(400, error, number)
    assert isinstance(failure, DomainRefused)
    assert failure.trouble is Trouble.ADMIN_CONSENT_MISSING


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(7000215, Trouble.KEY_REFUSED), (7000222, Trouble.KEY_REFUSED), (700024, Trouble.CLOCK_WRONG)],
)
def test_our_own_secret_or_clock_is_everybodys_trouble_and_nobodys_own(number: int, trouble: Trouble) -> None:
    failure = of_entra(401, "invalid_client", number)
    assert type(failure) is DomainRefused
    assert failure.trouble is trouble


def test_a_question_that_entra_does_not_know_is_no_refusal_of_anybody() -> None:
    failure = of_entra(400, "invalid_scope", 1002012)
    assert type(failure) is ProviderRejected
    assert failure.code == "invalid_scope"


@pytest.mark.parametrize(("status", "error"), [(503, None), (429, "throttled"), (400, "temporarily_unavailable")])
def test_a_busy_entra_revokes_nothing(status: int, error: str | None) -> None:
    failure = of_entra(status, error)
    assert isinstance(failure, ProviderUnavailable)
    assert failure.retry_after == timedelta(seconds=7)
