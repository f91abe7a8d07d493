"""Entra's pages for a person: what they check, what they ask, when an administrator is needed, and the way back."""

from __future__ import annotations

import pytest

from sandbox.login.directory import TENANT
from sandbox.world import Mailbox
from tests.sandbox.login.consenting import HOME, SAM, WANTED, WebApplication

ALLOW = [("account", SAM), ("decision", "allow")]
LEO = Mailbox("leo@outlook.com", "Leo Park", "microsoft", "Europe/London")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "stranger"}, "AADSTS700016"),
        ({"client_id": None}, "AADSTS90100"),
        ({"redirect_uri": f"{HOME}/"}, "AADSTS50011"),
        ({"redirect_uri": "https://evil.example/"}, "AADSTS50011"),
        ({"redirect_uri": None}, "AADSTS90100"),
        ({"response_type": "id_token"}, "AADSTS700054"),
        ({"response_mode": "fragment"}, "AADSTS90100"),
        ({"scope": f"{WANTED} Calendars.Everything"}, "AADSTS650053"),
        ({"scope": None}, "AADSTS90100"),
        ({"prompt": "please"}, "AADSTS90100"),
        ({"code_challenge_method": "plain"}, "AADSTS90100"),
        ({"code_challenge": "short"}, "AADSTS90100"),
    ],
    ids=str,
)
async def test_a_wrong_request_gets_entras_page_and_leads_nowhere(
    app: WebApplication, changes: dict[str, str | None], code: str
) -> None:
    for said in (None, ALLOW):
        status, location, page = await app.page(said, **changes)
        assert (status, location) == (400, "")
        assert f"Error: {code}" in page
        assert "<script>" not in page


async def test_no_tenant_no_page(app: WebApplication) -> None:
    app.place = "elsewhere.example"
    _, _, page = await app.page()
    assert "Error: AADSTS90002" in page


async def test_the_hinted_account_is_chosen_among_all_whom_microsoft_knows(app: WebApplication) -> None:
    app.sandbox.world.add_mailbox(Mailbox("mia@elsewhere.example", "Mia", "microsoft", "UTC"))
    _, _, page = await app.page(login_hint=SAM)
    assert f'<option value="{SAM}" selected>' in page
    assert "mia@elsewhere.example" not in page


async def test_it_asks_in_words_and_for_everything_at_once(app: WebApplication) -> None:
    _, _, page = await app.page([("account", SAM)])
    for words in ("Sign you in", "Have full access to your calendars", "Maintain access to data"):
        assert words in page
    assert "checkbox" not in page


@pytest.mark.parametrize("mode", ["query", "form_post"])
async def test_allowing_sends_back_with_code_and_state(app: WebApplication, mode: str) -> None:
    answer = await app.back(response_mode=mode)
    assert answer["state"] == "s & t"
    assert {"code", "client_info", "session_state"} < answer.keys()


async def test_what_was_allowed_is_not_asked_again_unless_consent_is_demanded(app: WebApplication) -> None:
    await app.back()
    _, location, _ = await app.page([("account", SAM)], response_mode="query")
    assert "code=" in location
    _, _, page = await app.page([("account", SAM)], prompt="consent")
    assert "would like to" in page
    _, _, page = await app.page([("account", SAM)], scope=f"{WANTED} MailboxSettings.Read")
    assert "Read your mailbox settings" in page
    assert "Have full access" not in page


async def test_a_scope_is_the_same_with_graphs_address_before_it(app: WebApplication) -> None:
    await app.back()
    _, location, _ = await app.page(
        [("account", SAM)], response_mode="query", scope="openid https://graph.microsoft.com/Calendars.ReadWrite"
    )
    assert "code=" in location


async def test_declining_sends_back_with_access_denied(app: WebApplication) -> None:
    answer = await app.back(SAM, "cancel")
    assert (answer["error"], answer["error_subcode"], answer["state"]) == ("access_denied", "cancel", "s & t")
    assert answer["error_description"].startswith("AADSTS65004: ")


async def test_nothing_goes_without_a_question(app: WebApplication) -> None:
    assert (await app.back(prompt="none"))["error"] == "login_required"


@pytest.mark.parametrize("why", ["policy", "scope"])
async def test_where_people_may_not_decide_an_administrator_must(app: WebApplication, why: str) -> None:
    delegated = app.sandbox.entra.directory.delegated
    scope = WANTED
    if why == "policy":
        delegated.set_policy(TENANT, people_decide=False)
    else:
        scope = "openid Calendars.ReadBasic"
    for said in ([("account", SAM)], ALLOW):
        _, location, page = await app.page(said, scope=scope)
        assert location == ""
        assert "Need admin approval" in page
    answer = await app.back(SAM, "return", scope=scope)
    assert (answer["error"], answer["error_description"].partition(":")[0]) == ("access_denied", "AADSTS90094")
    delegated.allow_everybody(app.usual["client_id"], TENANT, scope.split())
    assert "code" in await app.back(scope=scope)


async def test_an_administrator_may_decide_for_everybody(app: WebApplication) -> None:
    app.sandbox.world.add_mailbox(Mailbox("ada@example.com", "Ada", "microsoft", "UTC"))
    app.sandbox.entra_registration()
    delegated = app.sandbox.entra.directory.delegated
    delegated.set_policy(TENANT, people_decide=False)
    delegated.set_administrators(TENANT, ["Ada@example.com"])
    _, _, page = await app.page([("account", "ada@example.com")])
    assert "Consent on behalf of your organization" in page
    await app.back("ada@example.com")
    assert "Need admin approval" in (await app.page(ALLOW))[2]
    await app.back("ada@example.com", "allow", ("everybody",), prompt="consent")
    assert "code" in await app.back()


async def test_a_box_nobody_showed_decides_nothing_for_others(app: WebApplication) -> None:
    await app.back(SAM, "allow", ("everybody",))
    assert not app.sandbox.entra.directory.delegated.of_everybody(app.usual["client_id"], TENANT)


@pytest.mark.parametrize(
    ("place", "address", "code"),
    [
        ("organizations", "leo@outlook.com", "AADSTS50020"),
        ("consumers", SAM, "AADSTS50020"),
        ("example.org", SAM, "AADSTS50020"),
        ("organizations", "nobody@example.com", "AADSTS50034"),
        ("organizations", "mia@elsewhere.example", "AADSTS50034"),
        ("organizations", "left@example.com", "AADSTS50057"),
    ],
)
async def test_an_account_that_may_not_says_why_and_leads_nowhere(
    app: WebApplication, place: str, address: str, code: str
) -> None:
    world = app.sandbox.world
    for mailbox in (LEO, Mailbox("left@example.com", "Lou", "microsoft", "UTC", suspended=True)):
        world.add_mailbox(mailbox)
    world.add_mailbox(Mailbox("mia@elsewhere.example", "Mia", "microsoft", "UTC"))
    app.sandbox.entra.directory.add_tenant("5a4db0c5-0000-4000-8000-00000000000f", ["example.org"])
    app.place = place
    _, location, page = await app.page([("account", address), ("decision", "allow")])
    assert location == ""
    assert f"Error: {code}" in page


@pytest.mark.parametrize("place", ["common", "consumers"])
async def test_a_personal_account_decides_for_itself(app: WebApplication, place: str) -> None:
    app.sandbox.world.add_mailbox(LEO)
    app.place = place
    assert "code" in await app.back(LEO.address)


async def test_an_application_its_administrator_removed_lets_nobody_in(app: WebApplication) -> None:
    app.sandbox.world.revoke("example.com")
    assert "Error: AADSTS7000112" in (await app.page(ALLOW))[2]
