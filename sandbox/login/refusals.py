"""How Entra refuses, by names of our own: OAuth's error, its own number and sentence, and what a client may do."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

PUBLIC = "https://login.microsoftonline.com"  # what it calls itself, wherever it is reached


@dataclass(frozen=True, slots=True)
class Refusal:
    """`suberror` tells a client what might help; "" where Entra says none."""

    error: str
    number: int
    sentence: str
    suberror: str = ""

    @property
    def description(self) -> str:
        return f"AADSTS{self.number}: {self.sentence}"


REFUSALS: Mapping[str, Refusal] = {
    "no tenant": Refusal(
        "invalid_request", 90002, "Tenant not found. Check to make sure you have the correct tenant ID."
    ),
    "no application": Refusal("unauthorized_client", 700016, "Application was not found in the directory."),
    "application removed": Refusal("unauthorized_client", 7000112, "Application is disabled."),
    "wrong secret": Refusal("invalid_client", 7000215, "Invalid client secret provided."),
    "ended secret": Refusal("invalid_client", 7000222, "The provided client secret keys are expired."),
    "bad assertion": Refusal(
        "invalid_client", 700027, "The certificate used to sign the client assertion is not registered."
    ),
    "no proof": Refusal(
        "invalid_client", 7000218, "The request body must contain: 'client_assertion' or 'client_secret'."
    ),
    "bad scope": Refusal("invalid_scope", 1002012, "Client credential flows must have a scope value with /.default."),
    "bad grant": Refusal("unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
    "busy": Refusal("temporarily_unavailable", 90033, "A transient error has occurred. Please try again."),
    "throttled": Refusal(
        "temporarily_unavailable", 50196, "The server terminated an operation: too many requests."
    ),
    # What a person's sign-in came to
    "unknown code": Refusal("invalid_grant", 70000, "Provided grant is invalid or malformed."),
    "used code": Refusal(
        "invalid_grant", 54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code."
    ),
    "expired code": Refusal("invalid_grant", 70008, "The provided authorization code has expired."),
    "other redirect": Refusal(
        "invalid_client", 500112, "The reply address does not match the one given when requesting the code."
    ),
    "other verifier": Refusal(
        "invalid_grant", 50148, "The code_verifier does not match the code_challenge supplied for PKCE."
    ),
    "unknown refresh token": Refusal("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid."),
    "revoked": Refusal(
        "invalid_grant", 50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed."
    ),
    "unused": Refusal("invalid_grant", 700082, "The refresh token has expired due to inactivity.", "token_expired"),
    "no consent": Refusal(
        "invalid_grant", 65001, "The user or administrator has not consented to use the application.",
        "consent_required",
    ),
    "declined": Refusal("access_denied", 65004, "User declined to consent to access the app."),
    "needs administrator": Refusal(
        "access_denied", 90094, "Admin consent is required for the permissions requested by this application."
    ),
    "not signed in": Refusal("login_required", 50058, "A silent sign-in request was sent but no user is signed in."),
    "no person": Refusal("invalid_grant", 50034, "The user account does not exist in the directory."),
    "suspended": Refusal("invalid_grant", 50057, "The user account is disabled."),
    "other tenant": Refusal(
        "invalid_grant", 50020, "User account from identity provider does not exist in tenant and cannot access it."
    ),
    "second factor": Refusal(
        "interaction_required", 50076, "You must use multi-factor authentication to access the resource.",
        "basic_action",
    ),
    "conditional access": Refusal(
        "interaction_required", 53003, "Access has been blocked by Conditional Access policies.", "message_only"
    ),
}  # fmt: skip
BY_STATUS = {400: "bad grant", 401: "wrong secret", 404: "no tenant", 429: "throttled"}
STATUS = {"invalid_client": 401}


class Refused(Exception):
    """By a name in REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def refused(why: str, now: datetime, status: int | None = None) -> web.Response:
    """Entra's JSON for a name in REFUSALS, or for an OAuth error code as it is. `now` is real time."""
    refusal = REFUSALS.get(why, Refusal(why, 90033, "Refused on demand."))
    body = {
        "error": refusal.error,
        "error_description": refusal.description,
        "error_codes": [refusal.number],
        "timestamp": now.strftime("%Y-%m-%d %H:%M:%SZ"),
        "trace_id": str(uuid.uuid4()),
        "correlation_id": str(uuid.uuid4()),
        "error_uri": f"{PUBLIC}/error?code={refusal.number}",
    }
    if refusal.suberror:
        body["suberror"] = refusal.suberror
    return web.json_response(body, status=status or STATUS.get(refusal.error, 400))
