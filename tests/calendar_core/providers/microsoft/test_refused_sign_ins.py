"""What Entra's refusals mean for a person's own consent: whose affair it is, and what may pass."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest

from calendar_core.errors import ConsentRevoked, ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.ports import Ungranted
from calendar_core.providers.microsoft.challenges import claims_demanded
from calendar_core.providers.microsoft.failures import SignInRefused, code_failure, renewal_failure

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
WITHDRAWN, ADMIN = Trouble.ACCESS_WITHDRAWN, Trouble.ADMIN_CONSENT_MISSING
CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1764000000"}}}'


def said(error: str, number: int, suberror: str | None = None) -> bytes:
    more = {} if suberror is None else {"suberror": suberror}
    return json.dumps({"error": error, "error_codes": [number], "error_description": "Ines's", **more}).encode()


@pytest.mark.parametrize(
    ("body", "renewing", "exchanging"),
    [
        (said("invalid_grant", 50173), WITHDRAWN, Ungranted.STALE),  # a new password
        (said("invalid_grant", 700082, "token_expired"), WITHDRAWN, Ungranted.STALE),
        (said("invalid_grant", 65001, "consent_required"), WITHDRAWN, Ungranted.ADMIN_MUST_APPROVE),
        (said("consent_required", 1), WITHDRAWN, Ungranted.ADMIN_MUST_APPROVE),
        (said("invalid_grant", 90094), WITHDRAWN, Ungranted.ADMIN_MUST_APPROVE),
        (said("interaction_required", 50076, "basic_action"), WITHDRAWN, Ungranted.STALE),
        (said("interaction_required", 53003, "message_only"), ADMIN, Ungranted.ADMIN_MUST_APPROVE),
        (said("login_required", 50058), WITHDRAWN, Ungranted.STALE),
    ],
    ids=lambda each: each.decode()[:60] if isinstance(each, bytes) else "",
)
def test_what_stops_one_person_is_for_them_or_for_their_administrator(
    body: bytes, renewing: Trouble, exchanging: Ungranted
) -> None:
    renewal = renewal_failure(400, {}, body, now=NOW)
    assert isinstance(renewal, ConsentRevoked)
    assert renewal.trouble is renewing
    exchange = code_failure(400, {}, body, now=NOW)
    assert isinstance(exchange, SignInRefused)
    assert exchange.why is exchanging


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, said("invalid_client", 7000215), ProviderRejected),  # our secret: everybody's trouble, nobody's consent
        (401, said("invalid_client", 7000222), ProviderRejected),
        (400, said("unauthorized_client", 700016), ProviderRejected),
        (400, said("invalid_request", 90002), ProviderRejected),
        (400, said("Ines's secret", 1), ProviderRejected),
        (400, said("invalid_grant", 50196), ProviderUnavailable),
        (400, said("temporarily_unavailable", 90033), ProviderUnavailable),
        (429, b"", ProviderUnavailable),
        (503, b"<html>", ProviderUnavailable),
    ],
    ids=lambda each: each.decode()[:60] if isinstance(each, bytes) else "",
)
def test_what_stops_everybody_is_nobodys_consent(status: int, body: bytes, kind: type[ProviderError]) -> None:
    for failure in (renewal_failure(status, {}, body, now=NOW), code_failure(status, {}, body, now=NOW)):
        assert type(failure) is kind
        assert "Ines" not in str(failure)


def challenge(claims: str, error: str = "insufficient_claims") -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer realm="", authorization_uri="https://x", error="{error}", claims="{claims}"'}


def test_graphs_claims_are_read_from_its_challenge() -> None:
    assert claims_demanded(challenge(base64.b64encode(CLAIMS.encode()).decode())) == CLAIMS
    assert claims_demanded(challenge(base64.urlsafe_b64encode(CLAIMS.encode()).decode().rstrip("="))) == CLAIMS


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"WWW-Authenticate": "Bearer"},
        challenge(base64.b64encode(CLAIMS.encode()).decode(), error="invalid_token"),
        challenge("!!!"),
        challenge(base64.b64encode(b"[1]").decode()),
        challenge(base64.b64encode(b"\xff\xfe").decode()),
        challenge("A" * 5_000),
        {"WWW-Authenticate": "x" * 100_000 + challenge("e30=")["WWW-Authenticate"]},
    ],
)
def test_what_is_no_challenge_demands_nothing(headers: dict[str, str]) -> None:
    assert claims_demanded(headers) is None
