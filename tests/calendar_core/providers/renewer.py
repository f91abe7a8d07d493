"""One of several processes that need a token at the same time: so many commands at once, whenever it is told to.

Run as `python -m ... PLAN` (JSON). It prints `ready`, and for each line it then reads runs a round and prints the
round's distinct tokens, shortened.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from hashlib import sha256

import aiohttp

from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.consent import GoogleConsent, OAuthClient
from calendar_core.providers.google.delegation import Delegation
from calendar_core.providers.google.opening import GoogleSettings, token_endpoint
from calendar_core.providers.google.signing import KeySigner, ServiceAccount
from calendar_core.providers.microsoft.auth import Application, ClientSecret
from calendar_core.providers.microsoft.consent import MicrosoftConsent
from calendar_core.providers.microsoft.opening import MicrosoftSettings, entra, microsoft_consent
from calendar_core.providers.renewal import RenewedTokens, Turn
from calendar_core.providers.tokens import GrantedTokens, TokenSource
from calendar_core.store import Store
from sandbox.clock import WorldClock
from sandbox.login.directory import TENANT
from tests.calendar_core.providers.keeping import keeping, person

real_now = WorldClock().real_now
WHO = {"google": "ana@example.com", "microsoft": "ines@example.com"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`kind`: whose tokens; by the person's own consent, or ("... domain") by the domain's."""

    kind: str
    sandbox: str
    client_id: str
    client_secret: str
    commands: int
    database: str = ""
    service_account: str = ""
    exchange: float = 20.0
    lease: float = 30.0


def google(plan: Plan) -> GoogleSettings:
    """With the sandbox in Google's place."""
    return GoogleSettings(
        client=OAuthClient(plan.client_id, plan.client_secret),
        api_base=f"{plan.sandbox}/google/calendar/v3",
        oauth_base=f"{plan.sandbox}/google/oauth2",
        accounts_base=f"{plan.sandbox}/google",
    )


def microsoft(plan: Plan) -> MicrosoftSettings:
    """With the sandbox in Microsoft's place."""
    return MicrosoftSettings(
        application=Application(plan.client_id, ClientSecret(plan.client_secret)),
        graph_base=f"{plan.sandbox}/graph",
        login_base=f"{plan.sandbox}/login",
    )


def consent_of(plan: Plan, connections: aiohttp.ClientSession) -> GoogleConsent | MicrosoftConsent:
    """The provider's side of it."""
    if plan.kind == "google":
        settings = google(plan)
        assert settings.client is not None
        endpoint = token_endpoint(settings, connections, real_now)
        return GoogleConsent(
            settings.client, endpoint, accounts_base=settings.accounts_base, oauth_base=settings.oauth_base
        )
    return microsoft_consent(microsoft(plan), connections, real_now)


async def own_tokens(plan: Plan, connections: aiohttp.ClientSession, store: Store) -> RenewedTokens:
    """Of the person of that suite, as their calendar's opener makes them."""
    user = await person(store, WHO[plan.kind])
    known = await store.credentials.of(user.id)
    assert known is not None
    turn = Turn(exchange=plan.exchange, lease=plan.lease, look=0.05)
    return RenewedTokens(
        (user.id, known.subject), store.credentials, consent_of(plan, connections).renew, real_now, turn
    )


def domain_tokens(plan: Plan, connections: aiohttp.ClientSession) -> GrantedTokens:
    """Of one person by a signed JWT, or of a whole tenant by the application's own credentials."""
    if plan.kind == "google domain":
        account = ServiceAccount.from_json(plan.service_account)
        endpoint = token_endpoint(google(plan), connections, real_now)
        granted = Delegation(account.email, KeySigner(account), endpoint)
        return GrantedTokens(lambda: granted.token(WHO["google"]), real_now, granted.uncovered)
    settings = microsoft(plan)
    login = entra(settings, connections, real_now)
    return GrantedTokens(lambda: login.exchange(settings.application, TENANT), real_now, RenewedTokens.uncovered)


async def run(plan: Plan) -> None:
    """Rounds until there is nothing more to read."""
    async with open_connections() as connections:
        if plan.kind.endswith("domain"):
            await rounds(plan, domain_tokens(plan, connections))
            return
        async with keeping(plan.database) as store:
            await rounds(plan, await own_tokens(plan, connections, store))


async def rounds(plan: Plan, source: TokenSource) -> None:
    say("ready")
    while await asyncio.to_thread(sys.stdin.readline):
        tokens = await asyncio.gather(*(source.token() for _ in range(plan.commands)))
        say(json.dumps(sorted({sha256(each.encode()).hexdigest()[:16] for each in tokens})))


def say(line: str) -> None:
    """To whoever started this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(run(Plan(**json.loads(sys.argv[1]))))
