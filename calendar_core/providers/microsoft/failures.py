"""What Microsoft's refusals mean to us: by the code first, then by the status. Texts are never read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from calendar_core.errors import (
    ConsentRevoked,
    DomainRefused,
    EventGone,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
)
from calendar_core.integration import Trouble
from calendar_core.providers.patience import is_clock_off, retry_after

# learn.microsoft.com/graph/errors, and the Outlook service's own codes
NO_MAILBOX = frozenset(
    {
        "MailboxNotEnabledForRESTAPI",
        "MailboxNotHostedInExchangeOnline",
        "MailboxNotSupportedForRESTAPI",
        "ErrorNonExistentMailbox",
    }
)
NOBODY = frozenset({"ResourceNotFound", "Request_ResourceNotFound", "ErrorInvalidUser"})
DENIED = frozenset({"ErrorAccessDenied", "AccessDenied", "Forbidden"})
UNAPPROVED = frozenset({"Authorization_RequestDenied"})
BUSY_NOW = frozenset(
    {
        "ApplicationThrottled",
        "ErrorIrresolvableConflict",
        "ErrorMailboxStoreUnavailable",
        "ErrorServerBusy",
        "ErrorTimeoutExpired",
        "MailboxConcurrency",
        "TooManyRequests",
    }
)
# OAuth's codes (RFC 6749 5.2) with which Entra says that this tenant has not let the application in
NOT_LET_IN = frozenset({"unauthorized_client", "invalid_tenant", "consent_required", "invalid_grant"})
NOT_LET_IN_NUMBERS = frozenset({90002, 700016, 7000112, 65001})  # where the code is too general
BAD_PROOF = 700027  # of a certificate: it is not registered, or not valid at this time
BY_OUR_CLOCK = 700024  # a signed assertion that is not valid at this time
PLAIN_WORD = re.compile(r"[A-Za-z_]{1,60}\Z")


class Duplicate(ProviderRejected):
    """409: what we call once was called before."""


def graph_failure(
    status: int, headers: Mapping[str, str], body: bytes, *, uncovered: Trouble, now: datetime
) -> ProviderError:
    """An answer of Graph other than success. `uncovered` is what it means for this grant when it does not reach so
    far; `now` is real time, for a Retry-After that names a moment."""
    code = graph_code(body)
    if (trouble := _trouble(status, code, uncovered)) is not None:
        return ConsentRevoked(trouble)
    said = code or f"HTTP {status}"
    if status >= 500 or status in (408, 412, 429) or code in BUSY_NOW:
        return ProviderUnavailable(said, retry_after(headers, now))
    if status == 410 or code == "ErrorItemNotFound":
        return EventGone(said)
    return Duplicate(said) if status == 409 else ProviderRejected(said)


def _trouble(status: int, code: str | None, uncovered: Trouble) -> Trouble | None:
    if code in NO_MAILBOX:
        return Trouble.NO_MAILBOX
    if code in NOBODY:
        return Trouble.NO_ACCOUNT
    if code in UNAPPROVED:
        return Trouble.ADMIN_CONSENT_MISSING
    if code in DENIED:
        return uncovered
    return Trouble.ACCESS_WITHDRAWN if status == 401 else None


def token_failure(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> ProviderError:
    """An answer of Entra other than success, for an application that speaks for itself: what it refuses, it refuses to
    everybody. A wrong or ended secret (invalid_client) is the operator's affair."""
    said = _object(body)
    code = _word(said.get("error"))
    numbers = token_numbers(body)
    if code in NOT_LET_IN or not NOT_LET_IN_NUMBERS.isdisjoint(numbers):
        return DomainRefused(Trouble.ADMIN_CONSENT_MISSING)
    if code == "invalid_client":
        by_clock = BY_OUR_CLOCK in numbers or (BAD_PROOF in numbers and is_clock_off(headers, now))
        return DomainRefused(Trouble.CLOCK_WRONG if by_clock else Trouble.KEY_REFUSED)
    if status >= 500 or status in (408, 429) or code == "temporarily_unavailable":
        return ProviderUnavailable(code or f"HTTP {status}", retry_after(headers, now))
    return ProviderRejected(code or f"HTTP {status}")


def graph_code(body: bytes) -> str | None:
    """Graph's own word for it. None in an HTML page."""
    error = _object(body).get("error")
    return _word(error.get("code")) if isinstance(error, dict) else None


def token_numbers(body: bytes) -> tuple[int, ...]:
    """Entra's AADSTS numbers: for an operator who asks Microsoft."""
    numbers = _object(body).get("error_codes")
    return tuple(each for each in numbers if isinstance(each, int)) if isinstance(numbers, list) else ()


def _word(code: object) -> str | None:
    return code if isinstance(code, str) and PLAIN_WORD.match(code) else None


def _object(body: bytes) -> dict[str, object]:
    try:
        read: object = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
