"""The doors of Entra: a tenant's metadata and keys, tokens, and the pages on which consent is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from sandbox.calls import Operation
from sandbox.login.admin_consent import AdminConsentPages
from sandbox.login.assertions import JWT_BEARER, proves
from sandbox.login.consenting import ConsentPages
from sandbox.login.directory import Application, Directory
from sandbox.login.granting import UserGrants
from sandbox.login.people import CONSUMERS, SHARED, Accounts
from sandbox.login.refusals import BY_STATUS, PUBLIC, Refused, refused
from sandbox.login.tokens import BOTS, GRAPH, SECONDS, AccessTokens
from sandbox.world import Json, World

SERVICES = {f"{service}/.default": service for service in (GRAPH, BOTS)}

Form = Mapping[str, str]


class Entra:
    """A Vendor."""

    name = "login"
    at_once: int | None = None

    def __init__(self, world: World) -> None:
        self.directory = Directory(world)
        self.tokens = AccessTokens(world, self.directory)
        self._accounts = Accounts(world, self.directory)
        self._people = UserGrants(world, self.directory, self.tokens)
        self._clock = world.clock
        people, administrators = ConsentPages(world, self.directory), AdminConsentPages(world, self.directory)
        authorize = "/{tenant}/oauth2/v2.0/authorize"
        self.operations: Sequence[Operation] = (
            Operation("metadata", "GET", "/{tenant}/v2.0/.well-known/openid-configuration", self._metadata),
            Operation("keys", "GET", "/{tenant}/discovery/v2.0/keys", self._keys),
            Operation("token", "POST", "/{tenant}/oauth2/v2.0/token", self._token),
            Operation("consent", "GET", authorize, people.answer),
            Operation("consent", "POST", authorize, people.answer),
            *(
                Operation("adminconsent", method, f"/{{tenant}}{path}", administrators.answer)
                for path in ("/v2.0/adminconsent", "/adminconsent")
                for method in ("GET", "POST")
            ),
        )

    async def mailbox(self, request: web.Request) -> str | None:
        """Client credentials act for nobody in particular; codes and refresh tokens for whom they were given."""
        if not request.path.endswith("/token"):
            return None
        return self._people.who(await _form(request))

    def error(self, status: int, reason: str | None = None) -> web.Response:
        """By the names in REFUSALS, or an OAuth error code as it is."""
        return refused(reason or BY_STATUS.get(status, "busy"), self._clock.real_now(), status)

    async def _metadata(self, request: web.Request) -> web.StreamResponse:
        place = self._accounts.place(request.match_info["tenant"])
        if place is None:
            return refused("no tenant", self._clock.real_now())
        here = f"{PUBLIC}/{place}"
        # At an address that many tenants share, each token is issued by its own.
        issued_by = {"common": "{tenantid}", "organizations": "{tenantid}", "consumers": CONSUMERS}.get(place, place)
        return web.json_response(
            {
                "issuer": f"{PUBLIC}/{issued_by}/v2.0",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "jwks_uri": f"{here}/discovery/v2.0/keys",
                "response_types_supported": ["code"],
                "response_modes_supported": ["query", "form_post"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            }
        )

    async def _keys(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self._people.id_tokens.key.published())

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = await _form(request)
        try:
            asked_at = str(request.url.with_query(None))
            return web.json_response(self._exchanged(form, request.match_info["tenant"], asked_at))
        except Refused as refusal:
            return refused(refusal.why, self._clock.real_now())

    def _exchanged(self, form: Form, named: str, asked_at: str) -> dict[str, Json]:
        place = self._accounts.place(named)
        grant = form.get("grant_type")
        if place is None or (grant == "client_credentials" and place in SHARED):
            raise Refused("no tenant")
        if grant not in ("client_credentials", "authorization_code", "refresh_token"):
            raise Refused("bad grant")
        application = self.directory.application(form.get("client_id", ""))
        if application is None:
            raise Refused("no application")
        if grant == "client_credentials":
            return self._as_itself(application, form, place, asked_at)
        self._prove(application, form, place, asked_at)
        if grant == "authorization_code":
            return self._people.for_code(form, place)
        return self._people.for_refresh_token(form, place)

    def _as_itself(self, application: Application, form: Form, tenant: str, asked_at: str) -> dict[str, Json]:
        service = SERVICES.get(form.get("scope", ""))
        is_bot = service == BOTS and self.directory.is_in(tenant, application.client_id)
        roles = () if is_bot else self.directory.roles(tenant, application.client_id)
        if roles is None:
            raise Refused("no application")
        self._prove(application, form, tenant, asked_at)
        if service is None:
            raise Refused("bad scope")
        return {
            "token_type": "Bearer",
            "expires_in": SECONDS,
            "ext_expires_in": SECONDS,
            "access_token": self.tokens.given(tenant, application.client_id, roles, service),
        }

    def _prove(self, application: Application, form: Form, place: str, asked_at: str) -> None:
        """That the request is the application's own; an assertion is made for where Entra is, or where it was asked.
        Raises Refused."""
        now = self._clock.real_now()
        if "client_secret" in form:
            secret = next((each for each in application.secrets if each.value == form["client_secret"]), None)
            if secret is None:
                raise Refused("wrong secret")
            if secret.ends is not None and secret.ends <= now:
                raise Refused("ended secret")
            return
        if form.get("client_assertion_type") != JWT_BEARER:
            raise Refused("no proof")
        assertion, certificates = form.get("client_assertion", ""), application.certificates
        for audience in (f"{PUBLIC}/{place}/oauth2/v2.0/token", asked_at):
            if proves(assertion, application.client_id, certificates, audience=audience, now=now):
                return
        raise Refused("bad assertion")


async def _form(request: web.Request) -> Form:
    return {name: str(value) for name, value in (await request.post()).items()}
