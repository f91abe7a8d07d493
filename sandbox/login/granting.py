"""What a person's own sign-in is exchanged for: access to Graph, a refresh token that rotates, an id token."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.consent import Codes, Grant, Refresh, RefreshTokens, Spent
from sandbox.login.directory import Directory
from sandbox.login.people import Account, Accounts, IdTokens, client_info
from sandbox.login.refusals import Refused
from sandbox.login.scopes import answered, of_graph, short, unknown
from sandbox.login.tokens import SECONDS, AccessTokens
from sandbox.world import Json, World

UNUSED_DAYS = 90
TOLERATED = 24 * 3600.0
"""How long a refresh token is still taken after it has been used once, in seconds of real time."""

Form = Mapping[str, str]


class UserGrants:
    """The grant types of the token endpoint that act for a person."""

    def __init__(self, world: World, directory: Directory, tokens: AccessTokens) -> None:
        self._world = world
        self._directory = directory
        self._tokens = tokens
        self._accounts = Accounts(world, directory)
        self._codes = Codes(world, "entra")
        self._consent = directory.delegated
        self._refresh = RefreshTokens(world, "entra", prefix="1.A")
        self.id_tokens = IdTokens(world)

    def for_code(self, form: Form, place: str) -> dict[str, Json]:
        """authorization_code, of an application that has shown it is one. Raises Refused."""
        try:
            code = self._codes.take(form.get("code", ""))
        except Spent as spent:
            raise Refused(f"{spent.why} code") from None
        if code.client_id != form["client_id"]:
            raise Refused("unknown code")
        if code.redirect_uri != form.get("redirect_uri"):
            raise Refused("other redirect")
        if not code.proved_by(form.get("code_verifier", "")):
            raise Refused("other verifier")
        account = self._account(code.who, place)
        grant = self._granted(code.client_id, account)
        asked = [each for each in code.scopes if short(each) in grant.scopes]
        if not asked:
            raise Refused("no consent")
        return self._answer(form, account, asked, grant, code.nonce)

    def for_refresh_token(self, form: Form, place: str) -> dict[str, Json]:
        """refresh_token: a new one comes with it, and the old one is taken for a while yet. Raises Refused."""
        token = form.get("refresh_token", "")
        refresh = self._refresh.read(token)
        if refresh is None or refresh.client_id != form["client_id"]:
            raise Refused("unknown refresh token")
        account = self._account(refresh.who, place)
        grant = self._granted(refresh.client_id, account)
        now = self._world.clock.real_now().timestamp()
        if refresh.killed:
            raise Refused("revoked")
        if refresh.edition != grant.edition:
            raise Refused("no consent")
        if not refresh.is_alive(now):
            raise Refused("unused")
        asked = form.get("scope", "").split() or list(refresh.scopes)
        if unknown(asked) or not {short(each) for each in asked} <= grant.scopes:
            raise Refused("no consent")
        answer = self._answer(form, account, asked, grant, "")
        if "refresh_token" in answer:
            self._refresh.end(token, min(refresh.ends or now + self._tolerated(), now + self._tolerated()))
        return answer

    def who(self, form: Form) -> str | None:
        """Whom a request for a token is about, as far as it can be told."""
        if (refresh := self._refresh.read(form.get("refresh_token", ""))) is not None:
            return refresh.who
        return self._codes.who(form.get("code", ""))

    def _account(self, address: str, place: str) -> Account:
        account = self._accounts.account(address)
        if account is None:
            raise Refused("no person")
        if account.mailbox.suspended:
            raise Refused("suspended")
        if self._directory.is_withdrawn(account.tenant):
            raise Refused("application removed")
        if not self._accounts.is_let_in(account, place):
            raise Refused("other tenant")
        return account

    def _granted(self, client_id: str, account: Account) -> Grant:
        return self._consent.of(client_id, account.mailbox.address, account.tenant)

    def _answer(self, form: Form, account: Account, asked: list[str], grant: Grant, nonce: str) -> dict[str, Json]:
        client_id, address = form["client_id"], account.mailbox.address
        covered = answered(asked, grant.scopes)
        answer: dict[str, Json] = {
            "token_type": "Bearer",
            "scope": " ".join(covered),
            "expires_in": SECONDS,
            "ext_expires_in": SECONDS,
            "access_token": self._tokens.given_to_person(
                account, client_id, of_graph(covered), grant.edition, claims_asked=form.get("claims", "")
            ),
        }
        names = {short(each) for each in asked}
        if "offline_access" in names and not self._refresh.is_dropped(address):
            ends = self._world.clock.real_now().timestamp() + UNUSED_DAYS * 24 * 3600
            answer["refresh_token"] = self._refresh.issue(
                Refresh(client_id, address, tuple(asked), grant.edition, ends)
            )
        if "openid" in names:
            answer["id_token"] = self.id_tokens.of(account, client_id, names, nonce)
        if form.get("client_info") == "1":
            answer["client_info"] = client_info(account)
        return answer

    def _tolerated(self) -> float:
        kept = self._world.fact("entra tolerates")
        return float(kept) if isinstance(kept, int | float) else TOLERATED
