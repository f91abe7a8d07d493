"""A person's own consent at Google: what is asked, what comes back, and everything that may be wrong with it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, DomainRefused, ProviderRejected, ProviderUnavailable
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Credential, Extra, Granted, NotGranted, Ungranted
from calendar_core.providers.connections import open_connections
from calendar_core.providers.google.consent import GoogleConsent, OAuthClient
from calendar_core.providers.google.scopes import CALENDAR_LIST, CALENDARS, EVENTS, FREE_BUSY
from sandbox.app import Sandbox
from sandbox.consent import AlteredClaims, RefreshTokens
from sandbox.faults import Fault, Kind
from sandbox.google.people import EMAIL, subject_of
from sandbox.world import Mailbox
from tests.calendar_core.providers.at_the_page import STATE, answered, consented

from .opened import REDIRECT, consent_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
ANA = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", "America/New_York")
MAILBOX = Mailbox(ANA.email, ANA.name, "google", ANA.time_zone)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        running.world.add_mailbox(MAILBOX)
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
def consent(sandbox: Sandbox, connections: aiohttp.ClientSession) -> GoogleConsent:
    return consent_for(sandbox, settings_for(sandbox, None), connections)


def credential(granted: Granted | NotGranted) -> Credential:
    assert isinstance(granted, Granted), granted
    return Credential(ANA.id, granted.kind, granted.account, granted.subject, granted.scopes, granted.secret)


async def test_the_page_is_asked_for_exactly_what_is_documented(consent: GoogleConsent) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    asked = urlsplit(begun.url)
    query = dict(parse_qsl(asked.query, strict_parsing=True))
    assert asked.path.endswith("/o/oauth2/v2/auth")
    assert len(query.pop("nonce")) >= 32
    assert len(query.pop("code_challenge")) == 43
    assert query.pop("client_id").endswith(".apps.googleusercontent.com")
    assert query == {
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": f"openid email {EVENTS} {FREE_BUSY}",
        "access_type": "offline",
        "prompt": "consent",
        "include_granted_scopes": "true",
        "state": STATE,
        "code_challenge_method": "S256",
        "login_hint": ANA.email,
    }


async def test_nothing_is_the_same_in_two_sign_ins_and_nothing_secret_is_in_the_address(consent: GoogleConsent) -> None:
    first, second = [await consent.begin(ANA, state=STATE, redirect=REDIRECT) for _ in range(2)]
    _, nonce, verifier, _ = json.loads(first.flow)
    assert nonce not in second.flow
    assert verifier not in first.url
    assert verifier not in repr(first)


async def test_what_was_granted_is_known_by_googles_own_number(sandbox: Sandbox, consent: GoogleConsent) -> None:
    granted = await consented(sandbox, consent, ANA, REDIRECT)
    assert isinstance(granted, Granted)
    assert granted.kind is IntegrationKind.GOOGLE_INDIVIDUAL
    assert (granted.account, granted.subject) == (ANA.email, subject_of(MAILBOX))
    assert set(granted.scopes) == {"openid", EMAIL, EVENTS, FREE_BUSY}
    assert granted.access is not None
    assert granted.access.expires_at > sandbox.clock.real_now() + timedelta(minutes=55)
    assert granted.secret not in repr(granted)
    assert granted.access.token not in repr(granted)


async def test_more_is_asked_for_when_it_is_wanted_and_what_was_granted_stays(
    sandbox: Sandbox, consent: GoogleConsent
) -> None:
    await consented(sandbox, consent, ANA, REDIRECT)
    both = frozenset({Extra.WORKING_HOURS, Extra.SECONDARY_CALENDARS})
    more = await consented(sandbox, consent, ANA, REDIRECT, extras=both)
    assert isinstance(more, Granted)
    assert set(more.scopes) == {"openid", EMAIL, EVENTS, FREE_BUSY, CALENDARS, CALENDAR_LIST}
    again = await consented(sandbox, consent, ANA, REDIRECT)
    assert isinstance(again, Granted)
    assert again.scopes == more.scopes


@pytest.mark.parametrize("left_out", [EVENTS, FREE_BUSY])
async def test_what_was_not_ticked_is_named(sandbox: Sandbox, consent: GoogleConsent, left_out: str) -> None:
    ticked = [each for each in (EVENTS, FREE_BUSY) if each != left_out]
    outcome = await consented(sandbox, consent, ANA, REDIRECT, ticked=ticked)
    assert outcome == NotGranted(Ungranted.PARTIAL, (left_out,), ANA.email)


async def test_an_extra_that_was_not_ticked_is_simply_not_there(sandbox: Sandbox, consent: GoogleConsent) -> None:
    extras = frozenset({Extra.WORKING_HOURS})
    granted = await consented(sandbox, consent, ANA, REDIRECT, extras=extras, ticked=[EVENTS, FREE_BUSY])
    assert isinstance(granted, Granted)
    assert CALENDARS not in granted.scopes


async def test_whoever_says_no_has_said_no(sandbox: Sandbox, consent: GoogleConsent) -> None:
    assert await consented(sandbox, consent, ANA, REDIRECT, decision="cancel") == NotGranted(Ungranted.DECLINED)


async def test_what_only_an_administrator_can_allow_is_for_the_administrator(
    sandbox: Sandbox, consent: GoogleConsent
) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    sandbox.google.access.block("example.com", blocked=True)
    assert await consent.finish(begun.flow, answer) == NotGranted(Ungranted.ADMIN_MUST_APPROVE)
    refused = {"state": STATE, "error": "admin_policy_enforced"}
    assert await consent.finish(begun.flow, refused) == NotGranted(Ungranted.ADMIN_MUST_APPROVE)


async def test_the_account_that_signed_in_is_told_whoever_was_meant(sandbox: Sandbox, consent: GoogleConsent) -> None:
    sandbox.world.add_mailbox(Mailbox("ana@gmail.com", "Ana", "google", "UTC"))
    granted = await consented(sandbox, consent, ANA, REDIRECT, who="ana@gmail.com")
    assert isinstance(granted, Granted)
    assert granted.account == "ana@gmail.com"


async def test_a_code_works_once(sandbox: Sandbox, consent: GoogleConsent) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    assert isinstance(await consent.finish(begun.flow, answer), Granted)
    assert await consent.finish(begun.flow, answer) == NotGranted(Ungranted.STALE)


async def test_a_code_of_another_sign_in_is_of_no_use(sandbox: Sandbox, consent: GoogleConsent) -> None:
    """Somebody's own code, planted in another person's browser: even under the same state the verifier differs."""
    theirs, mine = [await consent.begin(ANA, state=STATE, redirect=REDIRECT) for _ in range(2)]
    answer = await answered(sandbox, theirs.url, ANA.email)
    assert await consent.finish(mine.flow, answer) == NotGranted(Ungranted.STALE)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another"},
        {"state": ""},
        {"state": "é"},
        {"code": ""},
        {"code": "x" * 5_000},
        {"iss": "https://evil.example"},
    ],
    ids=lambda change: str(change)[:30],
)
async def test_an_answer_with_anything_wrong_is_forged_and_spends_nothing(
    sandbox: Sandbox, consent: GoogleConsent, change: dict[str, str]
) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    assert await consent.finish(begun.flow, answer | change) == NotGranted(Ungranted.FORGED)
    assert sandbox.log.of(vendor="google", operation="token") == []
    assert isinstance(await consent.finish(begun.flow, answer), Granted)


async def test_an_answer_without_anything_is_forged(consent: GoogleConsent) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    assert await consent.finish(begun.flow, {}) == NotGranted(Ungranted.FORGED)
    assert await consent.finish(begun.flow, {"state": STATE}) == NotGranted(Ungranted.FORGED)


async def test_an_id_token_of_another_sign_in_is_forged(sandbox: Sandbox, consent: GoogleConsent) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    state, _, verifier, redirect = json.loads(begun.flow)
    other = json.dumps([state, "another nonce", verifier, redirect])
    assert await consent.finish(other, answer) == NotGranted(Ungranted.FORGED)


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        ({"aud": "somebody else"}, Ungranted.FORGED),
        ({"azp": "somebody else"}, Ungranted.FORGED),
        ({"iss": "https://evil.example"}, Ungranted.FORGED),
        ({"nonce": None}, Ungranted.FORGED),
        ({"exp": 1_700_000_000}, Ungranted.FORGED),
        ({"email": None}, Ungranted.UNUSABLE_ACCOUNT),
        ({"sub": None}, Ungranted.UNUSABLE_ACCOUNT),
        ({"email_verified": False}, Ungranted.UNUSABLE_ACCOUNT),
        ({"email_verified": "true"}, Ungranted.UNUSABLE_ACCOUNT),
        ({"email_verified": None}, Ungranted.UNUSABLE_ACCOUNT),
    ],
    ids=str,
)
async def test_an_id_token_that_lies_is_not_believed(
    sandbox: Sandbox, consent: GoogleConsent, lie: dict[str, str | int | None], why: Ungranted
) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    AlteredClaims(sandbox.world).alter(ANA.email, lie)
    outcome = await consent.finish(begun.flow, answer)
    assert isinstance(outcome, NotGranted)
    assert outcome.why is why


async def test_an_id_token_that_is_not_in_time_is_forged(
    sandbox: Sandbox, connections: aiohttp.ClientSession, consent: GoogleConsent
) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    slow = sandbox.clock.real_now() - timedelta(minutes=6)
    endpoint = replace(consent._endpoint, real_now=lambda: slow)  # noqa: SLF001 - the same, by a clock that is wrong
    settings = settings_for(sandbox, None)
    assert settings.client is not None
    wrong = GoogleConsent(
        settings.client, endpoint, accounts_base=settings.accounts_base, oauth_base=settings.oauth_base
    )
    assert await wrong.finish(begun.flow, answer) == NotGranted(Ungranted.FORGED)


@pytest.mark.parametrize("error", ["server_error", "<script>", "temporarily unavailable"])
async def test_an_error_of_the_page_that_nobody_can_repair_is_the_operators(consent: GoogleConsent, error: str) -> None:
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    with pytest.raises(ProviderRejected) as rejected:
        await consent.finish(begun.flow, {"state": STATE, "error": error})
    assert "<" not in rejected.value.code


async def test_a_wrong_secret_of_ours_says_nothing_about_the_person(
    sandbox: Sandbox, connections: aiohttp.ClientSession, consent: GoogleConsent
) -> None:
    client = OAuthClient(sandbox.google_client(REDIRECT).client_id, "guessed")
    ours = consent_for(sandbox, replace(settings_for(sandbox, None), client=client), connections)
    begun = await ours.begin(ANA, state=STATE, redirect=REDIRECT)
    with pytest.raises(ProviderRejected, match="key or secret"):
        await ours.finish(begun.flow, await answered(sandbox, begun.url, ANA.email))
    known = credential(await consented(sandbox, consent, ANA, REDIRECT))
    with pytest.raises(DomainRefused, match="key or secret"):
        await ours.renew(known, None)
    assert "guessed" not in repr(client)


@pytest.mark.parametrize("kind", ["status", "html", "empty", "truncate", "drop"])
async def test_a_silent_google_can_be_tried_again(sandbox: Sandbox, consent: GoogleConsent, kind: Kind) -> None:
    known = credential(await consented(sandbox, consent, ANA, REDIRECT))
    begun = await consent.begin(ANA, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ANA.email)
    forever = sandbox.faults.add(Fault(kind, vendor="google", times=None))
    with pytest.raises(ProviderUnavailable):
        await consent.finish(begun.flow, answer)
    with pytest.raises(ProviderUnavailable):
        await consent.renew(known, None)
    if kind in ("status", "drop", "truncate"):  # of a revocation nothing but the status is read
        with pytest.raises(ProviderUnavailable):
            await consent.revoke(known)
    sandbox.faults.clear(forever.id)
    assert isinstance(await consented(sandbox, consent, ANA, REDIRECT), Granted)


async def test_no_refresh_token_is_no_consent(sandbox: Sandbox, consent: GoogleConsent) -> None:
    RefreshTokens(sandbox.world, "google", prefix="1//0").drop(ANA.email, 1)
    with pytest.raises(ProviderUnavailable, match="no refresh token"):
        await consented(sandbox, consent, ANA, REDIRECT)


async def test_it_is_renewed_until_it_is_revoked(sandbox: Sandbox, consent: GoogleConsent) -> None:
    known = credential(await consented(sandbox, consent, ANA, REDIRECT))
    renewal = await consent.renew(known, None)
    assert renewal.secret == known.secret
    for secret in (renewal.secret, renewal.access.token):
        assert secret not in repr(renewal)
    assert await consent.revoke(known)
    assert await consent.revoke(known), "one that is dead already"
    with pytest.raises(ConsentRevoked) as revoked:
        await consent.renew(known, None)
    assert revoked.value.trouble is Trouble.ACCESS_WITHDRAWN


async def test_a_policy_of_the_domain_is_for_its_administrator(sandbox: Sandbox, consent: GoogleConsent) -> None:
    known = credential(await consented(sandbox, consent, ANA, REDIRECT))
    sandbox.google.access.block("example.com", blocked=True)
    with pytest.raises(ConsentRevoked) as revoked:
        await consent.renew(known, None)
    assert revoked.value.trouble is Trouble.ADMIN_CONSENT_MISSING
