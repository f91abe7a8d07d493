"""What Google's refusals mean to us: by its reason first, then by the status.

https://developers.google.com/workspace/calendar/api/guides/errors
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderError, ProviderRejected, ProviderUnavailable
from calendar_core.integration import Trouble
from calendar_core.providers.patience import is_clock_off, retry_after
from calendar_core.providers.response_bodies import parsed

BUSY_NOW = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "backendError", "internalError"})
UNCOVERED = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
TROUBLE_BY_REASON = {
    "authError": Trouble.ACCESS_WITHDRAWN,
    "forbiddenForServiceAccounts": Trouble.NOT_COVERED,
    "notACalendarUser": Trouble.CALENDAR_OFF,
}
NOT_ENABLED = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
EVERYBODYS = frozenset({"unauthorized_client", "invalid_scope", "invalid_client"})  # none of these is about one person
# What OAuth's codes (RFC 6749 5.2) mean of each kind of grant; the others say nothing about anybody's consent.
DELEGATION_REFUSED = {
    "unauthorized_client": Trouble.ADMIN_CONSENT_MISSING,
    "invalid_scope": Trouble.ADMIN_CONSENT_MISSING,
    "invalid_client": Trouble.KEY_REFUSED,
    "admin_policy_enforced": Trouble.ADMIN_CONSENT_MISSING,
    "invalid_grant": Trouble.NO_ACCOUNT,  # unknown, suspended, an alias, or outside the domain
}
CONSENT_REFUSED = {
    "unauthorized_client": Trouble.KEY_REFUSED,
    "invalid_client": Trouble.KEY_REFUSED,
    "admin_policy_enforced": Trouble.ADMIN_CONSENT_MISSING,
    "invalid_grant": Trouble.ACCESS_WITHDRAWN,  # by the person, by time, or by a hundred newer ones
}
PLAIN_WORD = re.compile(r"[A-Za-z_]{1,60}\Z")


def api_failure(
    status: int, headers: Mapping[str, str], body: bytes, *, uncovered: Trouble, now: datetime
) -> ProviderError:
    """An answer of the Calendar API other than success. `uncovered` is whose affair a missing scope is; `now`
    is real time, for a Retry-After that names a moment."""
    reasons = tuple(_reasons(body))
    for reason in reasons:
        if reason in UNCOVERED:
            return ConsentRevoked(uncovered)
        if reason in NOT_ENABLED:
            return DomainRefused(Trouble.API_NOT_ENABLED)
        if reason in TROUBLE_BY_REASON:
            return ConsentRevoked(TROUBLE_BY_REASON[reason])
    code = reasons[0] if reasons else f"HTTP {status}"
    if status >= 500 or status in (408, 429) or not BUSY_NOW.isdisjoint(reasons):
        return ProviderUnavailable(code, retry_after(headers, now))
    if status == 401:
        return ConsentRevoked(Trouble.ACCESS_WITHDRAWN)
    return ProviderRejected(code)


def grant_failure(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    refused: Mapping[str, Trouble],
    now: datetime,
    signed: bool = False,
) -> ProviderError:
    """An answer of the token endpoint other than success. `refused` is what its words mean for this kind of grant.
    What we `signed` is refused in the same words when our clock is wrong: that shows by the clock of the answer."""
    code = grant_error(body)
    if signed and code == "invalid_grant" and is_clock_off(headers, now):
        return DomainRefused(Trouble.CLOCK_WRONG)
    if code is not None and code in refused:
        return (DomainRefused if code in EVERYBODYS else ConsentRevoked)(refused[code])
    if status >= 500 or status in (408, 429):
        return ProviderUnavailable(code or f"HTTP {status}", retry_after(headers, now))
    return ProviderRejected(code or f"HTTP {status}")


def _reasons(body: bytes) -> Iterator[str]:
    """Google's own words for it, the newer form (details) and the older (errors). None in an HTML page."""
    error = _object(body).get("error")
    if isinstance(error, dict):
        for group in ("errors", "details"):
            entries = error.get(group)
            for entry in entries if isinstance(entries, list) else []:
                reason = entry.get("reason") if isinstance(entry, dict) else None
                if isinstance(reason, str) and PLAIN_WORD.match(reason):
                    yield reason


def grant_error(body: bytes) -> str | None:
    """OAuth's own word for it (RFC 6749 5.2). None in an HTML page."""
    code = _object(body).get("error")
    return code if isinstance(code, str) and PLAIN_WORD.match(code) else None


def _object(body: bytes) -> dict[str, object]:
    try:
        read = parsed(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
