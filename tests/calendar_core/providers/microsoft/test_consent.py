"""A person's own consent at Microsoft: what is asked, what comes back, and everything that may be wrong with it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from calendar_core.errors import ConsentRevoked, ProviderRejected, ProviderUnavailable
from calendar_core.integration import IntegrationKind, Trouble
from calendar_core.people import OrganisationId, User, UserId
from calendar_core.ports import Credential, Extra, Granted, NotGranted, Ungranted
from calendar_core.providers.connections import open_connections
from calendar_core.providers.microsoft.auth import Application, ClientSecret
from calendar_core.providers.microsoft.consent import CONSUMERS, MicrosoftConsent
from calendar_core.providers.microsoft.opening import microsoft_consent
from sandbox.app import Sandbox
from sandbox.consent import AlteredClaims, RefreshTokens
from sandbox.faults import Fault, Kind
from sandbox.login.directory import CLIENT_ID, TENANT, object_id
from sandbox.world import Mailbox
from tests.calendar_core.providers.at_the_page import STATE, answered, consented

from .opened import REDIRECT, consent_for, settings_for

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
INES = User(UserId(1), OrganisationId(1), "ines@example.com", "Ines Vidal", "Europe/Berlin")
MAILBOX = Mailbox(INES.email, INES.name, "microsoft", INES.time_zone)
AT_HOME = Mailbox("ines@outlook.com", "Ines", "microsoft", INES.time_zone)
ELSEWHERE = Mailbox("ines@other.example", "Ines", "microsoft", INES.time_zone)
OTHER_TENANT = "5a4db0c5-0000-4000-8000-00000000000f"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(now=NOW) as running:
        for mailbox in (MAILBOX, AT_HOME, ELSEWHERE):
            running.world.add_mailbox(mailbox)
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_connections() as connections:
        yield connections


@pytest.fixture
def consent(sandbox: Sandbox, connections: aiohttp.ClientSession) -> MicrosoftConsent:
    return consent_for(sandbox, settings_for(sandbox), connections)


def credential(granted: Granted | NotGranted) -> Credential:
    assert isinstance(granted, Granted), granted
    return Credential(INES.id, granted.kind, granted.account, granted.subject, granted.scopes, granted.secret)


def tokens_asked_for(sandbox: Sandbox) -> int:
    return len(sandbox.log.of(vendor="login", operation="token"))


async def test_the_page_is_asked_for_exactly_what_is_documented(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT, extras=frozenset(Extra))
    asked = urlsplit(begun.url)
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{sandbox.url}/login/organizations/oauth2/v2.0/authorize"
    query = dict(parse_qsl(asked.query, strict_parsing=True))
    assert set(query.pop("scope").split()) == {
        "https://graph.microsoft.com/Calendars.ReadWrite",
        "openid",
        "profile",
        "offline_access",
    }
    assert len(query.pop("nonce")) == 64
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "response_mode": "form_post",
        "prompt": "select_account",
        "state": STATE,
        "code_challenge_method": "S256",
        "login_hint": INES.email,
        "client_info": "1",
        "X-AnchorMailbox": f"UPN:{INES.email}",
        "claims": '{"access_token": {"xms_cc": {"values": ["CP1"]}}}',
    }
    assert consent.answers_by_post


async def test_nothing_is_the_same_in_two_sign_ins_and_nothing_secret_is_in_the_address(
    consent: MicrosoftConsent,
) -> None:
    first, second = [await consent.begin(INES, state=STATE, redirect=REDIRECT) for _ in range(2)]
    flow = json.loads(first.flow)
    assert flow["nonce"] not in second.flow + first.url
    assert flow["code_verifier"] not in first.url
    assert flow["code_verifier"] not in repr(first)


async def test_what_was_granted_is_known_by_entras_own_ids(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    granted = await consented(sandbox, consent, INES, REDIRECT)
    assert isinstance(granted, Granted)
    assert granted.kind is IntegrationKind.OUTLOOK_INDIVIDUAL
    assert (granted.account, granted.subject) == (INES.email, f"{object_id(MAILBOX)}.{TENANT}")
    assert "Calendars.ReadWrite" in granted.scopes
    assert granted.access is not None
    assert granted.access.expires_at > sandbox.clock.real_now() + timedelta(minutes=50)
    for secret in (granted.secret, granted.access.token):
        assert secret not in repr(granted)


async def test_whoever_says_no_has_said_no(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    assert await consented(sandbox, consent, INES, REDIRECT, decision="cancel") == NotGranted(Ungranted.DECLINED)


async def test_what_only_an_administrator_can_allow_is_for_the_administrator(
    sandbox: Sandbox, consent: MicrosoftConsent
) -> None:
    sandbox.entra.directory.delegated.set_policy(TENANT, people_decide=False)
    outcome = await consented(sandbox, consent, INES, REDIRECT, decision="return")
    assert outcome == NotGranted(Ungranted.ADMIN_MUST_APPROVE)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"error": "consent_required"}, Ungranted.ADMIN_MUST_APPROVE),
        ({"error": "access_denied", "error_description": "AADSTS90094: ..."}, Ungranted.ADMIN_MUST_APPROVE),
        ({"error": "access_denied", "error_description": "x" * 2_000 + "AADSTS90094"}, Ungranted.DECLINED),
        ({"error": "access_denied"}, Ungranted.DECLINED),
        ({"error": "login_required"}, Ungranted.STALE),
    ],
    ids=lambda each: str(each)[:60],
)
async def test_what_the_page_says_is_for_the_person(
    consent: MicrosoftConsent, said: dict[str, str], meant: Ungranted
) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    assert await consent.finish(begun.flow, {"state": STATE, **said}) == NotGranted(meant)


@pytest.mark.parametrize("error", ["server_error", "<script>", "invalid_request"])
async def test_an_error_of_the_page_that_nobody_can_repair_is_the_operators(
    consent: MicrosoftConsent, error: str
) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    with pytest.raises(ProviderRejected) as rejected:
        await consent.finish(begun.flow, {"state": STATE, "error": error})
    assert "<" not in rejected.value.code


async def test_a_code_works_once(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    assert isinstance(await consent.finish(begun.flow, answer), Granted)
    assert await consent.finish(begun.flow, answer) == NotGranted(Ungranted.STALE)


async def test_a_code_of_another_sign_in_is_of_no_use(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    theirs, mine = [await consent.begin(INES, state=STATE, redirect=REDIRECT) for _ in range(2)]
    answer = await answered(sandbox, theirs.url, INES.email)
    assert await consent.finish(mine.flow, answer) == NotGranted(Ungranted.STALE)


@pytest.mark.parametrize(
    "change",
    [{"state": "another"}, {"state": ""}, {"state": "é"}, {"code": ""}, {"code": "x" * 10_000}],
    ids=lambda change: str(change)[:30],
)
async def test_an_answer_with_anything_wrong_is_forged_and_spends_nothing(
    sandbox: Sandbox, consent: MicrosoftConsent, change: dict[str, str]
) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    assert await consent.finish(begun.flow, answer | change) == NotGranted(Ungranted.FORGED)
    assert tokens_asked_for(sandbox) == 0
    assert isinstance(await consent.finish(begun.flow, answer), Granted)


async def test_an_answer_without_anything_is_forged(consent: MicrosoftConsent) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    assert await consent.finish(begun.flow, {}) == NotGranted(Ungranted.FORGED)
    assert await consent.finish(begun.flow, {"state": STATE}) == NotGranted(Ungranted.FORGED)


async def test_an_id_token_of_another_sign_in_is_forged(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    other = json.dumps({**json.loads(begun.flow), "nonce": "another"})
    assert await consent.finish(other, answer) == NotGranted(Ungranted.FORGED)


async def test_an_id_token_that_is_not_in_time_is_forged(
    sandbox: Sandbox, connections: aiohttp.ClientSession, consent: MicrosoftConsent
) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    slow = sandbox.clock.real_now() - timedelta(minutes=6)
    wrong = microsoft_consent(settings_for(sandbox), connections, lambda: slow)
    assert await wrong.finish(begun.flow, answer) == NotGranted(Ungranted.FORGED)


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "somebody else"},
        {"iss": f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0"},
        {"iss": f"https://evil.example/{TENANT}/v2.0"},
        {"tid": OTHER_TENANT},
        {"tid": "common"},
        {"tid": None},
        {"oid": None},
        {"oid": "../../users/sam@example.com"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"nbf": 4_000_000_000},
    ],
    ids=lambda lie: str(lie)[:40],
)
async def test_an_id_token_that_lies_is_forged_and_nothing_comes_of_it(
    sandbox: Sandbox, consent: MicrosoftConsent, lie: dict[str, str | int | None]
) -> None:
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    AlteredClaims(sandbox.world).alter(INES.email, lie)
    assert await consent.finish(begun.flow, answer) == NotGranted(Ungranted.FORGED)
    assert sandbox.log.of(vendor="graph") == []


async def test_a_name_that_looks_like_somebodys_address_is_not_believed(
    sandbox: Sandbox, consent: MicrosoftConsent
) -> None:
    sandbox.entra.directory.add_tenant(OTHER_TENANT, ["other.example"])
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, ELSEWHERE.address)
    AlteredClaims(sandbox.world).alter(ELSEWHERE.address, {"email": INES.email, "preferred_username": INES.email})
    granted = await consent.finish(begun.flow, answer)
    assert isinstance(granted, Granted)
    assert granted.account == ELSEWHERE.address


async def test_an_account_of_another_tenant_is_told_by_its_own_address(
    sandbox: Sandbox, consent: MicrosoftConsent
) -> None:
    sandbox.entra.directory.add_tenant(OTHER_TENANT, ["other.example"])
    granted = await consented(sandbox, consent, INES, REDIRECT, who=ELSEWHERE.address)
    assert isinstance(granted, Granted)
    assert (granted.account, granted.subject) == (ELSEWHERE.address, f"{object_id(ELSEWHERE)}.{OTHER_TENANT}")


async def test_an_address_of_a_domain_that_is_not_the_accounts_tenants_is_not_believed(
    sandbox: Sandbox, consent: MicrosoftConsent
) -> None:
    """In a tenant of one's own one can write anybody's address into one's profile."""
    sandbox.entra.directory.add_tenant(OTHER_TENANT, ["other.example"])
    for domain, theirs in {
        "other.example": True,
        "example.com": False,
        "nobodys.example": False,
        "..": False,
        "common": False,
        "organizations/x": False,
        f"{OTHER_TENANT}/x": False,
    }.items():
        assert await consent._is_of(OTHER_TENANT, domain) is theirs  # noqa: SLF001 - no page lets one lie


async def test_an_account_without_a_mailbox_is_of_no_use(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    sandbox.world.add_mailbox(replace(MAILBOX, has_calendar=False))
    assert await consented(sandbox, consent, INES, REDIRECT) == NotGranted(Ungranted.UNUSABLE_ACCOUNT)


async def test_personal_accounts_are_let_in_where_the_operator_says_so(
    sandbox: Sandbox, connections: aiohttp.ClientSession, consent: MicrosoftConsent
) -> None:
    with pytest.raises(AssertionError, match="AADSTS50020"):  # their page does not let them go on
        await consented(sandbox, consent, INES, REDIRECT, who=AT_HOME.address)
    everybody = consent_for(sandbox, replace(settings_for(sandbox), personal_accounts=True), connections)
    granted = await consented(sandbox, everybody, INES, REDIRECT, who=AT_HOME.address)
    assert isinstance(granted, Granted)
    assert (granted.account, granted.subject) == (AT_HOME.address, f"{object_id(AT_HOME)}.{CONSUMERS}")
    await everybody.renew(credential(granted), None)
    begun = await everybody.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, AT_HOME.address)
    everybody._personal_accounts = False  # noqa: SLF001 - the operator changes his mind meanwhile
    assert await everybody.finish(begun.flow, answer) == NotGranted(Ungranted.WRONG_TENANT)


async def test_a_wrong_secret_of_ours_says_nothing_about_the_person(
    sandbox: Sandbox, connections: aiohttp.ClientSession, consent: MicrosoftConsent
) -> None:
    application = Application(CLIENT_ID, ClientSecret("guessed"))
    ours = consent_for(sandbox, replace(settings_for(sandbox), application=application), connections)
    begun = await ours.begin(INES, state=STATE, redirect=REDIRECT)
    with pytest.raises(ProviderRejected, match="invalid_client"):
        await ours.finish(begun.flow, await answered(sandbox, begun.url, INES.email))
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    with pytest.raises(ProviderRejected, match="invalid_client"):
        await ours.renew(known, None)


@pytest.mark.parametrize("kind", ["status", "html", "empty", "truncate", "drop"])
async def test_a_silent_entra_can_be_tried_again(sandbox: Sandbox, consent: MicrosoftConsent, kind: Kind) -> None:
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    begun = await consent.begin(INES, state=STATE, redirect=REDIRECT)
    answer = await answered(sandbox, begun.url, INES.email)
    forever = sandbox.faults.add(Fault(kind, vendor="login", times=None))
    with pytest.raises(ProviderUnavailable):
        await consent.finish(begun.flow, answer)
    with pytest.raises(ProviderUnavailable):
        await consent.renew(known, None)
    sandbox.faults.clear(forever.id)
    assert isinstance(await consented(sandbox, consent, INES, REDIRECT), Granted)
    await consent.renew(known, None)


async def test_each_renewal_leaves_another_secret(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    first = await consent.renew(known, None)
    assert first.secret != known.secret
    second = await consent.renew(replace(known, secret=first.secret), None)
    assert len({known.secret, first.secret, second.secret}) == 3
    assert first.access.token != second.access.token
    for secret in (first.secret, first.access.token):
        assert secret not in repr(first)


async def test_claims_that_graph_made_are_passed_on(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    claims = '{"access_token": {"nbf": {"essential": true, "value": "1764000000"}}}'
    assert (await consent.renew(known, claims)).access.token


async def test_what_nobody_sealed_there_is_no_consent(consent: MicrosoftConsent) -> None:
    empty = Credential(INES.id, consent.kind, INES.email, f"{object_id(MAILBOX)}.{TENANT}", (), "{}")
    with pytest.raises(ConsentRevoked):
        await consent.renew(empty, None)
    with pytest.raises(ProviderUnavailable):
        await consent.renew(replace(empty, secret="no cache"), None)


@pytest.mark.parametrize("how", ["withdrawn", "killed", "suspended"])
async def test_a_consent_that_ended_is_the_persons_to_give_again(
    sandbox: Sandbox, consent: MicrosoftConsent, how: str
) -> None:
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    if how == "withdrawn":
        sandbox.world.revoke(INES.email)
    elif how == "killed":
        RefreshTokens(sandbox.world, "entra", prefix="1.A").end_all(INES.email)
    else:
        sandbox.world.add_mailbox(replace(MAILBOX, suspended=True))
    with pytest.raises(ConsentRevoked) as revoked:
        await consent.renew(known, None)
    assert revoked.value.trouble is Trouble.ACCESS_WITHDRAWN


async def test_entra_takes_no_consent_back(sandbox: Sandbox, consent: MicrosoftConsent) -> None:
    known = credential(await consented(sandbox, consent, INES, REDIRECT))
    sandbox.log.clear()
    assert not await consent.revoke(known)
    assert sandbox.log.calls == []
