"""A person's own consent at Microsoft: the authorization code flow with PKCE, by MSAL; what it leaves is MSAL's cache.

MSAL checks of an id token the nonce alone, so everything else is checked here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any, cast

import msal

from calendar_core.errors import ConsentRevoked
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import User
from calendar_core.ports import Access, Authorization, Credential, Extra, Granted, NotGranted, Ungranted
from calendar_core.providers.id_token import Claims, claims_of, insist, text
from calendar_core.providers.renewal import Renewal
from calendar_core.providers.understanding import understood

from . import scopes
from .auth import Application, Entra, access_of
from .failures import SignInRefused, code_failure, page_refusal, renewal_failure
from .sending import GraphApi, Request, Sender

CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of all personal accounts
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
LONGEST_CODE = 8_192
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class _Given:
    """A TokenSource of the one token that a sign-in has just given."""

    value: str = field(repr=False)
    uncovered: Trouble = Trouble.ACCESS_WITHDRAWN

    async def token(self, *, instead_of: str | None = None, claims: str | None = None) -> str:
        del instead_of, claims
        return self.value


class MicrosoftConsent:
    """The port `Consent` for Microsoft; and what is done with what it left us.

    Whose account it is, is read from the calendar itself, and believed only if the address's domain belongs to the
    account's own tenant: in a tenant of one's own, one can write anybody's address into one's profile.
    """

    kind = IntegrationKind.OUTLOOK_INDIVIDUAL
    answers_by_post = True

    def __init__(
        self, application: Application, entra: Entra, api: GraphApi, *, personal_accounts: bool = False
    ) -> None:
        self._application = application
        self._api = api
        self._entra = entra
        self._personal_accounts = personal_accounts
        self._place = "common" if personal_accounts else "organizations"

    async def begin(
        self, user: User, *, state: str, redirect: str, extras: frozenset[Extra] = frozenset()
    ) -> Authorization:
        del extras  # the one permission gives both

        def begun(client: Any) -> Mapping[str, Any]:
            flow: Mapping[str, Any] = client.initiate_auth_code_flow(
                scopes.asked_for(self._entra.graph),
                redirect_uri=redirect,
                state=state,
                prompt="select_account",
                login_hint=user.email,
                response_mode="form_post",
            )
            return flow

        flow = await self._entra.through_msal(
            self._application, self._place, begun, code_failure, msal.SerializableTokenCache()
        )
        url = self._entra.rewritten(understood(lambda: str(flow["auth_uri"])))
        return Authorization(url, json.dumps({name: flow[name] for name in flow if name != "auth_uri"}))

    async def finish(self, flow: str, answer: Mapping[str, str]) -> Granted | NotGranted:
        known: dict[str, Any] = json.loads(flow)
        if (refused := _refused_before(known, answer)) is not None:
            return NotGranted(refused)
        cache = msal.SerializableTokenCache()
        asked_at = self._entra.real_now()
        brought = {"code": answer["code"], "state": answer["state"]}
        try:
            given = await self._entra.through_msal(
                self._application,
                self._place,
                lambda client: client.acquire_token_by_auth_code_flow(known, brought),
                code_failure,
                cache,
            )
        except SignInRefused as failure:
            return NotGranted(failure.why)
        except RuntimeError:  # MSAL: of another sign-in
            return NotGranted(Ungranted.FORGED)
        claims = await self._vouched(given, known)
        if claims is None:
            return NotGranted(Ungranted.FORGED)
        allowed = scopes.granted(str(given.get("scope", "")), self._entra.graph)
        if missing := tuple(scope for scope in scopes.NEEDED if scope not in allowed):
            return NotGranted(Ungranted.PARTIAL, missing)
        outcome = await self._account(claims, access := access_of(given, asked_at))
        if isinstance(outcome, NotGranted):
            return outcome
        subject = f"{text(claims, 'oid')}.{text(claims, 'tid')}"
        return Granted(self.kind, outcome, subject, allowed, cache.serialize(), access)

    async def _account(self, claims: Claims, access: Access) -> str | NotGranted:
        """The address of whoever signed in, if their account can be used."""
        tenant = text(claims, "tid")
        if tenant == CONSUMERS and not self._personal_accounts:
            return NotGranted(Ungranted.WRONG_TENANT)
        account = await self._address(access)
        if account is None:
            return NotGranted(Ungranted.UNUSABLE_ACCOUNT)
        if tenant != CONSUMERS and not await self._is_of(tenant, account.partition("@")[2]):
            return NotGranted(Ungranted.WRONG_TENANT, account=account)
        return account

    async def _vouched(self, given: Mapping[str, Any], flow: Mapping[str, Any]) -> Claims | None:
        """The id token's claims; None unless Entra made it for us, for this sign-in, just now."""
        issuer = await self._entra.issuer(self._place)
        try:
            claims = claims_of(given.get("id_token"))
            tenant, person = text(claims, "tid"), text(claims, "oid")
            if ID.match(tenant) is None or ID.match(person) is None:
                return None
            insist(
                claims,
                issuers=(issuer.replace("{tenantid}", tenant),),
                audience=self._application.client_id,
                nonce=hashlib.sha256(str(flow["nonce"]).encode()).hexdigest(),  # as MSAL sent it
                now=self._entra.real_now(),
            )
        except ValueError:
            return None
        return claims

    async def _address(self, access: Access) -> str | None:
        """The calendar's own address, as Exchange has it: a name to sign in with may look like one, and is none. None
        where the account has no mailbox."""
        sender = Sender(self._api, _Given(access.token), "me")
        try:
            answer = await sender.send(Request("calendar.get", "GET", ("calendar",), {"$select": "owner"}))
        except ConsentRevoked:
            return None
        address = understood(lambda: str(cast("Mapping[str, str]", answer["owner"])["address"]))
        return address.lower() if address.count("@") == 1 and len(address) <= LONGEST_ADDRESS else None

    async def _is_of(self, tenant: str, domain: str) -> bool:
        """The domain is that tenant's own: it proved so to Microsoft."""
        if DOMAIN.match(domain) is None:
            return False
        try:
            return f"/{tenant}/" in await self._entra.issuer(domain)
        except ConsentRevoked:  # there is no such tenant
            return False

    async def renew(self, credential: Credential, claims: str | None) -> Renewal:
        """From the refresh token in the cache, which is another one afterwards. Raises ConsentRevoked,
        ProviderUnavailable, ProviderRejected."""
        cache = msal.SerializableTokenCache()
        understood(lambda: cache.deserialize(credential.secret))
        tenant = credential.subject.rpartition(".")[2]
        wanted = scopes.asked_for(self._entra.graph)

        def renewed(client: Any) -> Mapping[str, Any] | None:
            account = next(iter(client.get_accounts()), None)
            answer: Mapping[str, Any] | None = client.acquire_token_silent_with_error(
                wanted, account, force_refresh=True, claims_challenge=claims
            )
            return answer

        asked_at = self._entra.real_now()
        place = "consumers" if tenant == CONSUMERS else tenant
        answer = await self._entra.through_msal(self._application, place, renewed, renewal_failure, cache)
        if "access_token" not in answer:  # nothing in the cache that could be renewed
            raise ConsentRevoked(Trouble.ACCESS_WITHDRAWN)
        return Renewal(cache.serialize(), access_of(answer, asked_at))

    def not_allowed(self, scopes: tuple[str, ...]) -> frozenset[Extra]:
        del scopes  # the one permission gives working hours, and no further calendar can count
        return frozenset()

    async def revoke(self, credential: Credential) -> bool:
        """Entra has no way to give one application's token back; all the person's sessions are not ours to end."""
        del credential
        return False


def _refused_before(flow: Mapping[str, Any], answer: Mapping[str, str]) -> Ungranted | None:
    """What is wrong with the page's answer itself. Raises ProviderRejected for what is the operator's affair."""
    if not compare_digest(answer.get("state", "").encode(), str(flow["state"]).encode()):
        return Ungranted.FORGED
    if "error" in answer:
        return page_refusal(answer)
    return None if 0 < len(answer.get("code", "")) <= LONGEST_CODE else Ungranted.FORGED
