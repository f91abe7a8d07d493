"""The doors of Entra: a tenant's metadata, and tokens for an application itself (client credentials)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from aiohttp import web

from sandbox.calls import Operation
from sandbox.login.assertions import JWT_BEARER, proves
from sandbox.login.directory import Application, Directory
from sandbox.login.tokens import GRAPH, SECONDS, AccessTokens
from sandbox.world import World

PUBLIC = "https://login.microsoftonline.com"  # what its metadata names, wherever it is reached
SCOPE = f"{GRAPH}/.default"

# error (RFC 6749 5.2), its AADSTS number, status
REFUSALS: Mapping[str, tuple[str, int, str]] = {
    "no tenant": ("invalid_request", 90002, "Tenant not found. Check to make sure you have the correct tenant ID."),
    "no application": ("unauthorized_client", 700016, "Application was not found in the directory."),
    "wrong secret": ("invalid_client", 7000215, "Invalid client secret provided."),
    "ended secret": ("invalid_client", 7000222, "The provided client secret keys are expired."),
    "bad assertion": ("invalid_client", 700027, "The certificate used to sign the client assertion is not registered."),
    "no proof": ("invalid_client", 7000218, "The request body must contain: 'client_assertion' or 'client_secret'."),
    "bad scope": ("invalid_scope", 1002012, "Client credential flows must have a scope value with /.default."),
    "bad grant": ("unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
    "busy": ("temporarily_unavailable", 90033, "A transient error has occurred. Please try again."),
    "throttled": ("temporarily_unavailable", 50196, "The server terminated an operation: too many requests."),
}
BY_STATUS = {400: "bad grant", 401: "wrong secret", 404: "no tenant", 429: "throttled"}
STATUS = {"invalid_client": 401}


class Entra:
    """A Vendor."""

    name = "login"
    at_once: int | None = None

    def __init__(self, world: World) -> None:
        self.directory = Directory(world)
        self.tokens = AccessTokens(world, self.directory)
        self._clock = world.clock
        self.operations: Sequence[Operation] = (
            Operation("metadata", "GET", "/{tenant}/v2.0/.well-known/openid-configuration", self._metadata),
            Operation("token", "POST", "/{tenant}/oauth2/v2.0/token", self._token),
        )

    async def mailbox(self, _request: web.Request) -> str | None:
        """Client credentials act for nobody in particular."""
        return None

    def error(self, status: int, reason: str | None = None) -> web.Response:
        """By the names in REFUSALS, or an OAuth error code as it is."""
        usual = BY_STATUS.get(status, "busy")
        code, number, sentence = REFUSALS.get(reason or usual, (reason or usual, 90033, "Refused on demand."))
        return web.json_response(
            {
                "error": code,
                "error_description": f"AADSTS{number}: {sentence}",
                "error_codes": [number],
                "timestamp": self._clock.real_now().strftime("%Y-%m-%d %H:%M:%SZ"),
                "trace_id": str(uuid.uuid4()),
                "correlation_id": str(uuid.uuid4()),
                "error_uri": f"{PUBLIC}/error?code={number}",
            },
            status=status,
        )

    def _refused(self, why: str) -> web.Response:
        return self.error(STATUS.get(REFUSALS[why][0], 400), why)

    async def _metadata(self, request: web.Request) -> web.StreamResponse:
        tenant = self.directory.tenant(request.match_info["tenant"])
        if tenant is None:
            return self._refused("no tenant")
        here = f"{PUBLIC}/{tenant}"
        return web.json_response(
            {
                "issuer": f"{here}/v2.0",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "jwks_uri": f"{here}/discovery/v2.0/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            }
        )

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        tenant = self.directory.tenant(request.match_info["tenant"])
        if tenant is None:
            return self._refused("no tenant")
        if form.get("grant_type") != "client_credentials":
            return self._refused("bad grant")
        application = self.directory.application(form.get("client_id", ""))
        roles = self.directory.roles(tenant, form.get("client_id", ""))
        if application is None or roles is None:
            return self._refused("no application")
        if why := self._unproven(application, form, tenant):
            return self._refused(why)
        if form.get("scope") != SCOPE:
            return self._refused("bad scope")
        return web.json_response(
            {
                "token_type": "Bearer",
                "expires_in": SECONDS,
                "ext_expires_in": SECONDS,
                "access_token": self.tokens.given(tenant, application.client_id, roles),
            }
        )

    def _unproven(self, application: Application, form: Mapping[str, str], tenant: str) -> str | None:
        """Why this is not shown to be the application, or None."""
        now = self._clock.real_now()
        if "client_secret" in form:
            secret = next((each for each in application.secrets if each.value == form["client_secret"]), None)
            if secret is None:
                return "wrong secret"
            return "ended secret" if secret.ends is not None and secret.ends <= now else None
        if form.get("client_assertion_type") != JWT_BEARER:
            return "no proof"
        audience = f"{PUBLIC}/{tenant}/oauth2/v2.0/token"
        assertion = form.get("client_assertion", "")
        proven = proves(assertion, application.client_id, application.certificates, audience=audience, now=now)
        return None if proven else "bad assertion"
