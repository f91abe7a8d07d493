"""Google's errors: reason, domain, status and sentence, in the JSON form clients know."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aiohttp import web

from sandbox.world import Json


@dataclass(frozen=True, slots=True)
class Kind:
    status: int
    domain: str
    message: str


KINDS: dict[str, Kind] = {
    "invalid": Kind(400, "global", "Invalid value"),
    "invalidParameter": Kind(400, "global", "Invalid parameter"),
    "parseError": Kind(400, "global", "Parse Error"),
    "required": Kind(400, "global", "Required"),
    "badRequest": Kind(400, "global", "Bad Request"),
    "timeRangeEmpty": Kind(400, "calendar", "The specified time range is empty."),
    "timeRangeTooLong": Kind(400, "calendar", "The requested time range is too long."),
    "authError": Kind(401, "global", "Invalid Credentials"),
    "forbidden": Kind(403, "global", "Forbidden"),
    "forbiddenForNonOrganizer": Kind(
        403, "calendar", "Shared properties can only be changed by the organizer of the event."
    ),
    "forbiddenForServiceAccounts": Kind(
        403, "calendar", "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority."
    ),
    "insufficientPermissions": Kind(403, "global", "Request had insufficient authentication scopes."),
    "notACalendarUser": Kind(403, "calendar", "The user must be signed up for Google Calendar."),
    "rateLimitExceeded": Kind(403, "usageLimits", "Rate Limit Exceeded"),
    "userRateLimitExceeded": Kind(403, "usageLimits", "User Rate Limit Exceeded"),
    "quotaExceeded": Kind(403, "usageLimits", "Calendar usage limits exceeded."),
    "accessNotConfigured": Kind(
        403, "usageLimits", "Google Calendar API has not been used in this project before or it is disabled."
    ),
    "notFound": Kind(404, "global", "Not Found"),
    "duplicate": Kind(409, "global", "The requested identifier already exists."),
    "deleted": Kind(410, "global", "Resource has been deleted"),
    "fullSyncRequired": Kind(410, "calendar", "Sync token is no longer valid, a full sync is required."),
    "updatedMinTooLongAgo": Kind(410, "calendar", "The requested minimum modification time lies too far in the past."),
    "conditionNotMet": Kind(412, "global", "Precondition Failed"),
    "backendError": Kind(503, "global", "Backend Error"),
}

USUAL: dict[int, str] = {
    400: "badRequest",
    401: "authError",
    403: "rateLimitExceeded",
    404: "notFound",
    409: "duplicate",
    410: "deleted",
    412: "conditionNotMet",
    429: "rateLimitExceeded",
}

STATUS_NAMES = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED"}

UNAUTHORIZED = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the "
    "scopes requested."
)
OAUTH: dict[str, tuple[int, str]] = {
    "invalid_grant": (400, "Invalid grant: account not found"),
    "invalid_client": (401, "The OAuth client was not found."),
    "invalid_scope": (400, "Some requested scopes were invalid."),
    "invalid_token": (400, "Token expired or revoked"),
    "redirect_uri_mismatch": (400, "Bad Request"),
    "unauthorized_client": (401, UNAUTHORIZED),
    "unsupported_grant_type": (400, "Invalid grant_type"),
    "invalid_request": (400, "Bad Request"),
    "admin_policy_enforced": (400, "The Google Account is unable to authorize one or more scopes requested."),
}


class GoogleError(Exception):
    """The Calendar API refuses. `location` names the parameter, field or header."""

    def __init__(self, reason: str, message: str | None = None, location: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = message
        self.location = location

    def answer(self, status: int | None = None) -> web.Response:
        """The answer a client sees, with the reason's own status where none is given."""
        kind = KINDS.get(self.reason, Kind(status or 400, "global", self.reason))
        code = status or kind.status
        message = self.message or kind.message
        item: dict[str, Json] = {"domain": kind.domain, "reason": self.reason, "message": message}
        if self.location is not None:
            item["locationType"] = "header" if self.location in ("Authorization", "If-Match") else "parameter"
            item["location"] = self.location
        error: dict[str, Json] = {"errors": [item], "code": code, "message": message}
        headers: dict[str, str] = {}
        if self.reason == "authError":
            error["status"] = STATUS_NAMES[401]
            headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
        if self.reason == "insufficientPermissions":
            error["status"] = STATUS_NAMES[403]
            error["details"] = [
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                    "domain": "googleapis.com",
                }
            ]
            headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"'
        return web.Response(
            status=code,
            text=json.dumps({"error": error}, indent=1),
            content_type="application/json",
            headers=headers,
        )


class OAuthError(Exception):
    """The token endpoint refuses (RFC 6749 section 5.2)."""

    def __init__(self, error: str, description: str | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.description = description

    def answer(self, status: int | None = None) -> web.Response:
        usual_status, usual = OAUTH.get(self.error, (400, self.error))
        body = {"error": self.error, "error_description": self.description or usual}
        return web.json_response(body, status=status or usual_status)


def error_answer(status: int, reason: str | None) -> web.Response:
    """What Google would answer with this status, for trouble made on demand."""
    if reason in OAUTH:
        return OAuthError(reason).answer(status)
    return GoogleError(reason or USUAL.get(status, "backendError")).answer(status)
