"""What Microsoft's refusals mean to us: by the code first, then by the status. Texts are never read."""

from __future__ import annotations

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
from calendar_core.ports import Ungranted
from calendar_core.providers.patience import is_clock_off, retry_after
from calendar_core.providers.response_bodies import parsed

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
# What a person's own sign-in runs into (RFC 6749 5.2, OpenID Connect): only they, or their administrator, get past it
STOPPED = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
NOTHING_HELPS = "message_only"  # of Entra's suberrors: a policy, which no sign-in gets past
NEEDS_ADMINISTRATOR = frozenset({65001, 90094, 90095})  # where the code is too general
PASSING = frozenset({50196, 90033})
NUMBERS_IN_TEXT = re.compile(r"AADSTS(\d{1,9})\b")
PLAIN_WORD = re.compile(r"[A-Za-z_]{1,60}\Z")


class Duplicate(ProviderRejected):
    """409: what we call once was called before."""


class SignInRefused(ProviderRejected):
    """Entra does not exchange what a person's browser brought. `why` is what to tell the person."""

    def __init__(self, code: str, why: Ungranted) -> None:
        super().__init__(code)
        self.why = why


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
    code = _word(_object(body).get("error"))
    numbers = token_numbers(body)
    if code in NOT_LET_IN or not NOT_LET_IN_NUMBERS.isdisjoint(numbers):
        return DomainRefused(Trouble.ADMIN_CONSENT_MISSING)
    if code == "invalid_client":
        by_clock = BY_OUR_CLOCK in numbers or (BAD_PROOF in numbers and is_clock_off(headers, now))
        return DomainRefused(Trouble.CLOCK_WRONG if by_clock else Trouble.KEY_REFUSED)
    return _of_nobodys_consent(code, status, headers, now)


def renewal_failure(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> ProviderError:
    """The same, for one person's own consent. That nobody has consented (AADSTS65001) is what Entra says when the
    person withdrew it, too: so whoever signs in again learns at the page whether an administrator is needed."""
    said = _object(body)
    code = _word(said.get("error"))
    if code in STOPPED and PASSING.isdisjoint(token_numbers(body)):
        policy = said.get("suberror") == NOTHING_HELPS
        return ConsentRevoked(Trouble.ADMIN_CONSENT_MISSING if policy else Trouble.ACCESS_WITHDRAWN)
    return _of_nobodys_consent(code, status, headers, now)


def code_failure(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> ProviderError:
    """The same, for the code that a person's browser brought back."""
    said = _object(body)
    code = _word(said.get("error"))
    numbers = token_numbers(body)
    if code in STOPPED and PASSING.isdisjoint(numbers):
        policy = said.get("suberror") == NOTHING_HELPS or code == "consent_required"
        administrator = policy or not NEEDS_ADMINISTRATOR.isdisjoint(numbers)
        return SignInRefused(code or "", Ungranted.ADMIN_MUST_APPROVE if administrator else Ungranted.STALE)
    return _of_nobodys_consent(code, status, headers, now)


def page_refusal(answer: Mapping[str, str]) -> Ungranted:
    """What the page's error (RFC 6749 4.1.2.1) means. Raises ProviderRejected for one that is not the person's."""
    code = answer.get("error", "")
    numbers = {int(each) for each in NUMBERS_IN_TEXT.findall(answer.get("error_description", "")[:1_000])}
    if code == "consent_required" or (
        code in ("access_denied", *STOPPED) and not NEEDS_ADMINISTRATOR.isdisjoint(numbers)
    ):
        return Ungranted.ADMIN_MUST_APPROVE
    if code == "access_denied":
        return Ungranted.DECLINED
    if code in STOPPED:
        return Ungranted.STALE
    raise ProviderRejected(_word(code) or "unknown error")


def _of_nobodys_consent(code: str | None, status: int, headers: Mapping[str, str], now: datetime) -> ProviderError:
    if status >= 500 or status in (408, 429) or code == "temporarily_unavailable" or code in STOPPED:
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
        read = parsed(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
