"""A person's own consent at Google: the authorization code flow with PKCE (RFC 6749, 7636), for the web.

https://developers.google.com/identity/protocols/oauth2/web-server
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from urllib.parse import urlencode

import aiohttp

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderRejected, ProviderUnavailable
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import User
from calendar_core.ports import Access, Authorization, Credential, Extra, Granted, NotGranted, Ungranted
from calendar_core.providers.id_token import Claims, claims_of, insist, text
from calendar_core.providers.renewal import Renewal
from calendar_core.providers.response_bodies import body_of

from .auth import TokenEndpoint, access_of
from .failures import CONSENT_REFUSED, PLAIN_WORD, grant_error
from .scopes import BY_EXTRA, SCOPES, asked_for

ISSUERS = ("https://accounts.google.com", "accounts.google.com")
LONGEST_CODE = 2_048
REFUSED_BY_PAGE = {
    "access_denied": Ungranted.DECLINED,
    "admin_policy_enforced": Ungranted.ADMIN_MUST_APPROVE,
    "org_internal": Ungranted.WRONG_TENANT,
}
DEAD_ALREADY = frozenset({"invalid_token"})


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The installation's OAuth client in Google's cloud, of the type for web applications."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Flow:
    """What has to be the same when the person comes back."""

    state: str
    nonce: str
    verifier: str
    redirect: str

    def text(self) -> str:
        return json.dumps([self.state, self.nonce, self.verifier, self.redirect])

    @classmethod
    def of(cls, text: str) -> _Flow:
        return cls(*json.loads(text))


class GoogleConsent:
    """The port `Consent` for Google; and what is done with what it left us."""

    kind = IntegrationKind.GOOGLE_INDIVIDUAL
    answers_by_post = False

    def __init__(self, client: OAuthClient, endpoint: TokenEndpoint, *, accounts_base: str, oauth_base: str) -> None:
        self._client = client
        self._endpoint = endpoint
        self._page = f"{accounts_base}/o/oauth2/v2/auth"
        self._revocation = f"{oauth_base}/revoke"

    async def begin(
        self, user: User, *, state: str, redirect: str, extras: frozenset[Extra] = frozenset()
    ) -> Authorization:
        flow = _Flow(state, secrets.token_urlsafe(24), secrets.token_urlsafe(64), redirect)
        query = {
            "client_id": self._client.client_id,
            "redirect_uri": redirect,
            "response_type": "code",
            "scope": " ".join(asked_for(extras)),
            "access_type": "offline",
            "prompt": "consent",  # without it nobody gets a refresh token twice
            "include_granted_scopes": "true",  # without it what was granted before would be lost
            "state": state,
            "nonce": flow.nonce,
            "code_challenge": _challenge(flow.verifier),
            "code_challenge_method": "S256",
            "login_hint": user.email,
        }
        return Authorization(f"{self._page}?{urlencode(query)}", flow.text())

    async def finish(self, flow: str, answer: Mapping[str, str]) -> Granted | NotGranted:
        known = _Flow.of(flow)
        if not compare_digest(answer.get("state", "").encode(), known.state.encode()):
            return NotGranted(Ungranted.FORGED)
        if "error" in answer:
            return _refused_by_page(answer["error"])
        if answer.get("iss", ISSUERS[0]) not in ISSUERS:  # RFC 9207
            return NotGranted(Ungranted.FORGED)
        code = answer.get("code", "")
        if not 0 < len(code) <= LONGEST_CODE:
            return NotGranted(Ungranted.FORGED)
        now = self._endpoint.real_now()
        try:
            given = await self._endpoint.asked(self._form(code, known), refused=CONSENT_REFUSED)
        except DomainRefused as refused:
            raise ProviderRejected(refused.trouble.value) from refused
        except ConsentRevoked as revoked:
            stale = revoked.trouble is Trouble.ACCESS_WITHDRAWN
            return NotGranted(Ungranted.STALE if stale else Ungranted.ADMIN_MUST_APPROVE)
        try:
            claims = claims_of(given.get("id_token"))
            insist(claims, issuers=ISSUERS, audience=self._client.client_id, nonce=known.nonce, now=now)
        except ValueError:
            return NotGranted(Ungranted.FORGED)
        return _granted(claims, given, access_of(given, now))

    def _form(self, code: str, flow: _Flow) -> dict[str, str]:
        return {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": flow.verifier,
            "redirect_uri": flow.redirect,
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret,
        }

    async def renew(self, credential: Credential, claims: str | None) -> Renewal:
        """An access token for the refresh token, which Google keeps as it is. Raises ConsentRevoked,
        ProviderUnavailable, ProviderRejected."""
        del claims  # Google makes none
        form = {
            "grant_type": "refresh_token",
            "refresh_token": credential.secret,
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret,
        }
        now = self._endpoint.real_now()
        given = await self._endpoint.asked(form, refused=CONSENT_REFUSED)
        newer = given.get("refresh_token")
        return Renewal(newer if isinstance(newer, str) and newer else credential.secret, access_of(given, now))

    def not_allowed(self, scopes: tuple[str, ...]) -> frozenset[Extra]:
        return frozenset(extra for extra, scope in BY_EXTRA.items() if scope not in scopes)

    async def revoke(self, credential: Credential) -> bool:
        try:
            async with self._endpoint.connections.post(
                self._revocation,
                data={"token": credential.secret},
                timeout=self._endpoint.timeout,
                allow_redirects=False,
            ) as response:
                body = await body_of(response)
        except (aiohttp.ClientError, TimeoutError) as silence:
            raise ProviderUnavailable(f"google revoke: {type(silence).__name__}") from silence
        code = grant_error(body) or f"HTTP {response.status}"
        if response.status == 200 or code in DEAD_ALREADY:
            return True
        if response.status >= 500 or response.status in (408, 429):
            raise ProviderUnavailable(code)
        raise ProviderRejected(code)


def _granted(claims: Claims, given: Mapping[str, object], access: Access) -> Granted | NotGranted:
    """The answer's `scope` tells what was really ticked."""
    try:
        account, subject = text(claims, "email").lower(), text(claims, "sub")
    except ValueError:
        return NotGranted(Ungranted.UNUSABLE_ACCOUNT)
    if claims.get("email_verified") is not True:
        return NotGranted(Ungranted.UNUSABLE_ACCOUNT, account=account)
    scopes = tuple(sorted(str(given.get("scope", "")).split()))
    if missing := tuple(scope for scope in SCOPES if scope not in scopes):
        return NotGranted(Ungranted.PARTIAL, missing, account)
    secret = given.get("refresh_token")
    if not isinstance(secret, str) or not secret:
        raise ProviderUnavailable("google token: no refresh token")
    return Granted(IntegrationKind.GOOGLE_INDIVIDUAL, account, subject, scopes, secret, access)


def _refused_by_page(error: str) -> NotGranted:
    if error in REFUSED_BY_PAGE:
        return NotGranted(REFUSED_BY_PAGE[error])
    raise ProviderRejected(error if PLAIN_WORD.match(error) else "unknown error")


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
