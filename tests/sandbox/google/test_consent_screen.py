"""Google's consent screen: what it checks, what it asks, and where it sends people."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.world import Mailbox
from tests.sandbox.google.consenting import CALENDARS, FREE_BUSY, HOME, OWNED, WANTED, WebApplication

ANA = "ana@example.com"


@pytest.fixture
def app(sandbox: Sandbox, http: aiohttp.ClientSession) -> WebApplication:
    return WebApplication(sandbox, http)


def query(location: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(location).query))


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_id": "stranger"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"redirect_uri": f"{HOME}/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "https://evil.example/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"response_type": None}, 400, "invalid_request"),
        ({"scope": f"{WANTED} calendar.everything"}, 400, "invalid_scope"),
        ({"scope": None}, 400, "invalid_request"),
        ({"access_type": "always"}, 400, "invalid_request"),
        ({"prompt": "please"}, 400, "invalid_request"),
        ({"prompt": "none consent"}, 400, "invalid_request"),
        ({"code_challenge_method": "plain"}, 400, "invalid_request"),
        ({"code_challenge_method": None}, 400, "invalid_request"),
        ({"code_challenge": "short"}, 400, "invalid_request"),
        ({"include_granted_scopes": "perhaps"}, 400, "invalid_request"),
    ],
    ids=str,
)
async def test_a_wrong_request_gets_googles_page_and_leads_nowhere(
    app: WebApplication, changes: dict[str, str | None], status: int, error: str
) -> None:
    for said in (None, [("account", ANA), ("decision", "allow")]):
        shown, location, page = await app.page(said, **changes)
        assert (shown, location) == (status, "")
        assert f"Error: {error}" in page


async def test_a_parameter_may_be_given_once(app: WebApplication) -> None:
    pairs = [*app.asked().items(), ("redirect_uri", HOME)]
    async with app.http.get("/google/o/oauth2/v2/auth", params=pairs, allow_redirects=False) as answer:
        assert answer.status == 400
        assert "single value: redirect_uri" in await answer.text()


async def test_the_hinted_account_is_chosen_and_outlooks_are_not_offered(app: WebApplication) -> None:
    status, _, page = await app.page(login_hint="gil@example.com")
    assert status == 200
    assert '<option value="gil@example.com" selected>' in page
    assert '<option value="ana@example.com">' in page
    assert "sam@example.com" not in page


async def test_it_asks_in_words_with_an_empty_box_for_each_calendar_scope(app: WebApplication) -> None:
    _, _, page = await app.page([("account", ANA)])
    assert "Pairtime would like to" in page
    assert "Signed in as <b>Ana Ruiz</b>" in page
    assert page.count('type="checkbox"') == 2
    assert f'name="scope" value="{FREE_BUSY}"> View your availability in your calendars' in page
    assert "checked" not in page
    assert "See your primary Google Account email address" in page


async def test_what_is_shown_back_is_text(app: WebApplication) -> None:
    _, _, page = await app.page(scope="<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_allowing_sends_back_with_code_state_and_what_was_ticked(app: WebApplication) -> None:
    answer = await app.back(ANA, (FREE_BUSY,))
    assert answer["state"] == "s & t"
    assert answer["code"].startswith("4/0A")
    assert answer["scope"].split() == ["openid", "https://www.googleapis.com/auth/userinfo.email", FREE_BUSY]
    assert (answer["iss"], answer["hd"]) == ("https://accounts.google.com", "example.com")


@pytest.mark.parametrize("said", [[("decision", "cancel")], [("account", ANA), ("decision", "cancel")]], ids=str)
async def test_cancelling_sends_back_with_access_denied(app: WebApplication, said: list[tuple[str, str]]) -> None:
    _, location, _ = await app.page(said)
    assert query(location) == {"state": "s & t", "iss": "https://accounts.google.com", "error": "access_denied"}
    assert not app.sandbox.google.grants.of(app.usual["client_id"], ANA).scopes


async def test_without_a_state_none_is_made_up(app: WebApplication) -> None:
    assert "state" not in await app.back(state=None)


async def test_what_was_allowed_before_is_not_asked_again_unless_consent_is_demanded(app: WebApplication) -> None:
    await app.back()
    _, location, _ = await app.page([("account", ANA)])
    assert "code" in query(location)
    _, location, page = await app.page([("account", ANA)], prompt="consent")
    assert (location, page.count('type="checkbox"')) == ("", 2)
    _, _, page = await app.page([("account", ANA)], scope=f"{WANTED} {CALENDARS}")
    assert page.count('type="checkbox"') == 1


async def test_a_box_left_empty_is_asked_again_the_next_time(app: WebApplication) -> None:
    await app.back(ANA, (OWNED,))
    _, _, page = await app.page([("account", ANA)])
    assert page.count('type="checkbox"') == 1
    assert FREE_BUSY in page


async def test_scopes_granted_before_come_along_only_if_asked(app: WebApplication) -> None:
    await app.back()
    later = {"scope": f"openid {CALENDARS}"}
    assert OWNED not in (await app.back(ANA, (CALENDARS,), **later))["scope"].split()
    with_all = await app.back(include_granted_scopes="true", **later)
    assert {OWNED, FREE_BUSY, CALENDARS} <= set(with_all["scope"].split())


async def test_nothing_goes_without_a_question(app: WebApplication) -> None:
    _, location, _ = await app.page(prompt="none")
    assert query(location)["error"] == "interaction_required"


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("nobody@example.com", "account_not_found"),
        ("sam@example.com", "account_not_found"),
        ("left@example.com", "account_disabled"),
        ("ana@blocked.example", "admin_policy_enforced"),
    ],
)
async def test_an_account_that_may_not_says_why_and_leads_nowhere(
    app: WebApplication, address: str, error: str
) -> None:
    world = app.sandbox.world
    world.add_mailbox(Mailbox("left@example.com", "Leo", "google", "UTC", suspended=True))
    world.add_mailbox(Mailbox("ana@blocked.example", "Ana", "google", "UTC"))
    app.sandbox.google.access.block("blocked.example", blocked=True)
    _, location, page = await app.page([("account", address), ("decision", "allow"), ("scope", OWNED)])
    assert location == ""
    assert f"Error: {error}" in page
