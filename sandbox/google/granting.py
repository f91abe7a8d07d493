"""What a person's own consent is exchanged for: access, a refresh token at first, an id token; and its revocation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiohttp import web

from sandbox.consent import Codes, Grants, Refresh, RefreshTokens, Spent
from sandbox.google.access import PREFIX, Access, Allowed
from sandbox.google.clients import Clients
from sandbox.google.errors import OAuthError
from sandbox.google.people import OPENID, IdTokens
from sandbox.world import Json, Mailbox, World

MOST_REFRESH_TOKENS = 100  # of one account for one client
ENDED = "Token has been expired or revoked."

Form = Mapping[str, str]


class UserGrants:
    """Both grant types of the token endpoint that act for a person, and the revocation endpoint."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access
        self._clients = Clients(world)
        self._codes = Codes(world, "google")
        self._grants = Grants(world, "google")
        self._refresh = RefreshTokens(world, "google", prefix="1//0", most=MOST_REFRESH_TOKENS)
        self._id_tokens = IdTokens(world)

    def for_code(self, form: Form) -> dict[str, Json]:
        """authorization_code. Raises OAuthError."""
        client = self._clients.proven(form)
        try:
            code = self._codes.take(form.get("code", ""))
        except Spent as spent:
            raise OAuthError(
                "invalid_grant", "Malformed auth code." if spent.why == "unknown" else "Bad Request"
            ) from None
        if code.client_id != client.client_id:
            raise OAuthError("invalid_grant", "Bad Request")
        if code.redirect_uri != form.get("redirect_uri"):
            raise OAuthError("redirect_uri_mismatch")
        verifier = form.get("code_verifier", "")
        if not code.proved_by(verifier):
            if not code.challenge:
                raise OAuthError("invalid_grant", "code_verifier or verifier is not needed.")
            raise OAuthError("invalid_grant", "Invalid code verifier." if verifier else "Missing code verifier.")
        mailbox = self._holder(code.who)
        grant = self._grants.of(client.client_id, code.who)
        scopes = [each for each in code.scopes if each in grant.scopes]
        if not scopes:
            raise OAuthError("invalid_grant", "Bad Request")
        answer = self._answer(mailbox, Allowed(client.client_id, grant.edition), scopes, code.nonce)
        if code.offline and not self._refresh.is_dropped(code.who):
            answer["refresh_token"] = self._refresh.issue(
                Refresh(client.client_id, code.who, tuple(scopes), grant.edition)
            )
        return answer

    def for_refresh_token(self, form: Form) -> dict[str, Json]:
        """refresh_token: never a new one. Raises OAuthError."""
        client = self._clients.proven(form)
        refresh = self._refresh.read(form.get("refresh_token", ""))
        if refresh is None:
            raise OAuthError("invalid_grant", "Bad Request")
        if refresh.client_id != client.client_id:
            raise OAuthError("unauthorized_client", "Unauthorized")
        grant = self._grants.of(client.client_id, refresh.who)
        now = self._world.clock.real_now().timestamp()
        if grant.edition != refresh.edition or not refresh.is_alive(now):
            raise OAuthError("invalid_grant", ENDED)
        mailbox = self._holder(refresh.who)
        wanted = form.get("scope", "").split() or refresh.scopes
        if not set(wanted) <= set(refresh.scopes):
            raise OAuthError("invalid_scope")
        return self._answer(mailbox, Allowed(client.client_id, grant.edition), wanted, "")

    async def revoke(self, request: web.Request) -> web.StreamResponse:
        """Either of a person's tokens takes the whole grant with it."""
        form = await request.post()
        token = str(form.get("token") or request.query.get("token", ""))
        refresh = self._refresh.read(token)
        if refresh is not None and self._grants.of(refresh.client_id, refresh.who).edition == refresh.edition:
            self._grants.withdraw(refresh.client_id, refresh.who)
            return web.json_response({})
        if (allowed := self._access.allowed(token)) is not None:
            self._grants.withdraw(*allowed)
            return web.json_response({})
        return OAuthError("invalid_token").answer()

    async def published_keys(self, _request: web.Request) -> web.StreamResponse:
        """Where an id token's signature can be checked."""
        return web.json_response(self._id_tokens.key.published())

    def who(self, form: Form) -> str | None:
        """Whom a request for a token is about, as far as it can be told."""
        if (refresh := self._refresh.read(form.get("refresh_token") or form.get("token", ""))) is not None:
            return refresh.who
        return self._codes.who(form.get("code", ""))

    def _holder(self, address: str) -> Mailbox:
        mailbox = self._world.mailbox(address)
        if mailbox is None:
            raise OAuthError("invalid_grant", "Account has been deleted")
        if mailbox.suspended:
            raise OAuthError("invalid_grant", ENDED)
        if self._access.is_blocked(mailbox.domain):
            raise OAuthError("admin_policy_enforced")
        return mailbox

    def _answer(self, mailbox: Mailbox, allowed: Allowed, scopes: Iterable[str], nonce: str) -> dict[str, Json]:
        granted = list(scopes)
        short = [scope.removeprefix(PREFIX) for scope in granted]
        answer = self._access.token(mailbox.address, short, delegated=True, allowed=allowed)
        answer["scope"] = " ".join(granted)
        if OPENID in granted:
            answer["id_token"] = self._id_tokens.of(mailbox, allowed.client_id, granted, nonce)
        return answer
