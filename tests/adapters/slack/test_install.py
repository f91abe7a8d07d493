"""Installing the app: in a workspace, in an organisation, in several; by the browser that asked, once; and renewed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import select

from adapters.cli.playing import Stage
from adapters.main.slack import SlackOut, install_site_of, open_slack
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.install_state import InstallStates
from adapters.slack.kept_installations import KeptInstallations
from adapters.slack.oauth import SlackOAuth
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from adapters.web.whence import whence
from calendar_core.store import Store
from calendar_core.store.schema import slack_state

from .little_slack import LittleSlack

PUBLIC = "https://pairtime.example.com"
NOW = datetime.fromisoformat("2026-11-22T16:00:00+00:00")


def workspace(place: str, token: str = "xoxb-1", **others: Any) -> dict[str, Any]:
    """What Slack answers to a code."""
    return {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": "chat:write,commands",
        "bot_user_id": "U0BOT",
        "app_id": "A0123",
        "team": {"id": place, "name": "Example"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U0ADMIN"},
        **others,
    }


ORGANISATION = workspace(
    "", team=None, enterprise={"id": "E0123ABCD", "name": "Big"}, is_enterprise_install=True, access_token="xoxb-org"
)


@dataclass
class Site:
    """Our pages, and what Slack would grant."""

    url: str
    there: LittleSlack
    out: SlackOut
    store: Store

    async def sent_to_slack(self, browser: aiohttp.ClientSession) -> str:
        """The state with which the browser leaves."""
        async with browser.get(f"{self.url}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            self._carry(browser, answer)
            address = urlsplit(answer.headers["Location"])
        asked = parse_qs(address.query)
        assert address.path == "/oauth/v2/authorize"
        assert asked["redirect_uri"] == [f"{PUBLIC}/slack/oauth_redirect"]
        return asked["state"][0]

    async def back(self, browser: aiohttp.ClientSession, **query: str) -> tuple[int, str]:
        """The browser comes back."""
        async with browser.get(f"{self.url}/slack/oauth_redirect", params=query) as answer:
            return answer.status, await answer.text()

    def _carry(self, browser: aiohttp.ClientSession, answer: aiohttp.ClientResponse) -> None:
        """The cookie is for https alone, which this test does not speak."""
        cookie = answer.cookies["__Host-pairtime"]
        assert cookie["secure"]
        assert cookie["httponly"]
        browser.headers["Cookie"] = f"__Host-pairtime={cookie.value}"


@pytest.fixture
async def site(stage: Stage, there: LittleSlack) -> AsyncIterator[Site]:
    settings = SlackSettings(
        signing_secret=Secret("0" * 32), client_id="1.2", client_secret=Secret("client-secret"), api_base=there.api
    )
    store = stage.application.store
    async with open_slack(settings, store, PUBLIC) as out:
        assert out is not None
        pages = install_site_of(out, PUBLIC)
        assert pages is not None
        async with serving(web_app(pages.routes(), stage.application.metrics), Listen(port=0), grace=0.0) as url:
            yield Site(url, there, out, store)


async def test_several_workspaces_and_an_organisation_install_it(site: Site) -> None:
    grants = {"code-1": workspace("T0FIRST"), "code-2": workspace("T0SECOND", "xoxb-2"), "code-3": ORGANISATION}
    site.there.grants = dict(grants)
    for code, place in zip(grants, ("T0FIRST", "T0SECOND", "E0123ABCD"), strict=True):
        async with aiohttp.ClientSession() as browser:
            state = await site.sent_to_slack(browser)
            status, page = await site.back(browser, state=state, code=code)
        assert status == 200
        assert f"pairtime bind slack {place}" in page
    first = await site.out.installations.of("T0FIRST", None)
    second = await site.out.installations.of("T0SECOND", None)
    of_organisation = await site.out.installations.of("T0THIRD", "E0123ABCD")
    assert [each.token.reveal() for each in (first, second, of_organisation) if each] == [
        "xoxb-1",
        "xoxb-2",
        "xoxb-org",
    ]
    assert of_organisation is not None
    assert (of_organisation.team, of_organisation.org_wide) == (None, True)


async def test_a_state_is_good_once_and_in_its_own_browser(site: Site) -> None:
    site.there.grants = {"code-1": workspace("T0FIRST"), "code-2": workspace("T0SECOND")}
    async with aiohttp.ClientSession() as mine, aiohttp.ClientSession() as other:
        state = await site.sent_to_slack(mine)
        assert (await site.back(other, state=state, code="code-1"))[0] == 403
        await site.sent_to_slack(other)
        assert (await site.back(other, state=state, code="code-1"))[0] == 403
        assert (await site.back(mine, state="made-up", code="code-1"))[0] == 403
        assert (await site.back(mine, code="code-1"))[0] == 403
        at_once = await asyncio.gather(*(site.back(mine, state=state, code="code-1") for _ in range(4)))
        assert sorted(status for status, _ in at_once) == [200, 403, 403, 403]
        assert (await site.back(mine, state=state, code="code-2"))[0] == 403


async def test_a_no_at_slack_and_what_slack_refuses_change_nothing(site: Site) -> None:
    async with aiohttp.ClientSession() as browser:
        state = await site.sent_to_slack(browser)
        status, page = await site.back(browser, state=state, error="access_denied")
        assert (status, "You said no at Slack" in page) == (200, True)
        status, page = await site.back(browser, state=state, error="invalid_team_for_non_distributed_app")
        assert (status, "does not accept this installation" in page) == (502, True)
        status, page = await site.back(browser, state=state, code="never-given")
        assert (status, "Begin again" in page, "invalid_code" in page) == (403, True, False)
        site.there.grants = {"code-1": workspace("T1", access_token="xoxp-1", token_type="user")}
        state = await site.sent_to_slack(browser)
        assert (await site.back(browser, state=state, code="code-1"))[0] == 502
        assert (await site.back(browser, state="a" * 9_000))[0] == 400
    assert await site.out.installations.of("T1", None) is None


async def test_uninstalling_forgets_exactly_that_place(site: Site) -> None:
    site.there.grants = {"code-1": workspace("T0FIRST", enterprise={"id": "E0123ABCD"}), "code-3": ORGANISATION}
    for code in list(site.there.grants):
        async with aiohttp.ClientSession() as browser:
            await site.back(browser, state=await site.sent_to_slack(browser), code=code)
    places = site.out.installations
    everywhere = await places.of("T0OTHER", "E0123ABCD")
    assert everywhere is not None
    await places.removed(everywhere)
    own = await places.of("T0FIRST", "E0123ABCD")
    assert own is not None
    assert not own.org_wide
    assert await places.of("T0OTHER", "E0123ABCD") is None
    await places.removed(own)
    assert await places.of("T0FIRST", "E0123ABCD") is None


async def test_being_sent_to_slack_stores_nothing(site: Site) -> None:
    async with aiohttp.ClientSession() as browser:
        states = [await site.sent_to_slack(browser) for _ in range(10)]
        assert len(set(states)) == 10
        for state in states:
            assert (await site.back(browser, state=state, code="never-given"))[0] == 403
    rows = await site.store.database.read(lambda connection: connection.execute(select(slack_state)).all())
    assert rows == []


async def test_one_address_has_so_much_asked_and_takes_nobody_elses_turn(site: Site) -> None:
    site.there.calls.clear()
    site.there.grants = {"code-1": workspace("T0FIRST")}
    answers = []
    async with aiohttp.ClientSession(headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}) as browser:
        for number in range(14):
            state = await site.sent_to_slack(browser)
            browser.headers["X-Forwarded-For"] = f"198.51.100.{number}, 203.0.113.9"  # whatever it says itself
            answers.append(await site.back(browser, state=state, code=f"guess-{number}"))
    assert site.there.calls == ["oauth.v2.access"] * 10
    status, page = answers[-1]
    assert (status, "Wait a minute" in page) == (503, True)
    async with aiohttp.ClientSession(headers={"X-Forwarded-For": "203.0.113.10"}) as browser:
        assert (await site.back(browser, state=await site.sent_to_slack(browser), code="code-1"))[0] == 200


@pytest.mark.parametrize(
    ("remote", "told", "counted_as"),
    [
        ("1.2.3.4", "198.51.100.7", "1.2.3.4"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.2", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("2a00:db9:0:1:aaaa::1", "", "2a00:db9:0:1::/64"),
        ("", "198.51.100.7", "None"),
    ],
)
def test_whence_a_browser_comes_is_told_by_nobody_but_a_proxy_beside_us(
    remote: str, told: str, counted_as: str
) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": told} if told else {})
    assert whence(request.clone(remote=remote)) == counted_as


async def test_slack_is_asked_only_so_often_for_what_all_browsers_bring(site: Site) -> None:
    site.there.calls.clear()
    async with aiohttp.ClientSession() as browser:
        answers = []
        for number in range(130):
            state = await site.sent_to_slack(browser)
            browser.headers["X-Forwarded-For"] = f"203.0.113.{number}"
            answers.append(await site.back(browser, state=state, code=f"guess-{number}"))
    assert site.there.calls.count("oauth.v2.access") <= 110
    status, page = answers[-1]
    assert (status, "Wait a minute" in page) == (503, True)


async def test_a_state_is_exchanged_once_whatever_code_it_comes_with(site: Site) -> None:
    site.there.calls.clear()
    site.there.refusing["oauth.v2.access"] = "internal_error"
    async with aiohttp.ClientSession() as browser:
        state = await site.sent_to_slack(browser)
        assert (await site.back(browser, state=state, code="code-1"))[0] == 503
        del site.there.refusing["oauth.v2.access"]
        for number in range(5):
            assert (await site.back(browser, state=state, code=f"guess-{number}"))[0] == 403
    assert site.there.calls == ["oauth.v2.access"] * 2


async def test_a_state_is_not_made_prolonged_or_brought_late(site: Site) -> None:
    states, browser, other = InstallStates(Secret("client-secret")), "b" * 32, "c" * 32
    state = states.new(browser, NOW)
    nonce, ends, mark = state.split(".")
    assert states.ends_at(state, browser, NOW) == NOW + timedelta(minutes=10)
    assert states.ends_at(state, browser, NOW + timedelta(minutes=10)) is None
    assert states.ends_at(state, other, NOW) is None
    assert InstallStates(Secret("another")).ends_at(state, browser, NOW) is None
    for forged in (f"{nonce}.{int(ends) + 60}.{mark}", f"{nonce}.{ends}.{mark[::-1]}", f"{nonce}.{ends}.", ""):
        assert states.ends_at(forged, browser, NOW) is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"state": "made-up", "code": "1"},
        {f"field-{number}": "1" for number in range(30)},
        {"error": "access_denied", "state": "good"},
        {"error": "<script>alert(1)</script>", "state": "good"},
        {"code": "never-given", "state": "good"},
        {"state": "good"},
    ],
    ids=["nothing", "a made-up state", "too much", "a no", "an unknown error", "a bad code", "no code"],
)
async def test_every_page_says_what_to_do_and_tells_nobody_where_it_was(site: Site, query: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as browser:
        if query.get("state") == "good":
            query = {**query, "state": await site.sent_to_slack(browser)}
        async with browser.get(f"{site.url}/slack/oauth_redirect", params=query) as answer:
            page = await answer.text()
            assert answer.content_type == "text/html"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
    assert "Pairtime was not installed" in page
    assert "script" not in page
    assert any(next_step in page for next_step in ("install it again", "Begin again", "finds the reason"))


@dataclass
class Rotating:
    """Several processes over one store, whose token ends soon."""

    processes: list[KeptInstallations]
    there: LittleSlack
    store: Store


@pytest.fixture
async def rotating(site: Site) -> AsyncIterator[Rotating]:
    site.there.grants = {"code-1": workspace("T0FIRST", "xoxe-a", refresh_token="refresh-a", expires_in=43_200)}
    async with aiohttp.ClientSession() as browser:
        await site.back(browser, state=await site.sent_to_slack(browser), code="code-1")
    stored = await site.store.slack_installations.of("T0FIRST", None)
    assert stored is not None
    await site.store.slack_installations.put(replace(stored, ends_at=NOW + timedelta(minutes=5)))
    async with aiohttp.ClientSession() as http:
        oauth = SlackOAuth(http, site.there.api, ("1.2", Secret("client-secret")), lambda: NOW)
        store = site.store.slack_installations
        yield Rotating(
            [KeptInstallations(store, oauth, lambda: NOW, lambda: 0.0) for _ in range(5)], site.there, site.store
        )


async def test_five_processes_renew_a_token_once(rotating: Rotating) -> None:
    rotating.there.grants = {"refresh-a": workspace("T0FIRST", "xoxe-b", refresh_token="refresh-b", expires_in=43_200)}
    rotating.there.calls.clear()
    found = await asyncio.gather(*(each.of("T0FIRST", None) for each in rotating.processes for _ in range(3)))
    assert rotating.there.calls == ["oauth.v2.access"]
    assert {each.token.reveal() for each in found if each} <= {"xoxe-a", "xoxe-b"}  # the old one lasts five minutes yet
    stored = await rotating.store.slack_installations.of("T0FIRST", None)
    assert stored is not None
    assert (stored.token, stored.refresh, stored.ends_at) == ("xoxe-b", "refresh-b", NOW + timedelta(hours=12))


async def test_a_token_that_cannot_be_renewed_yet_is_used_while_it_lasts(rotating: Rotating) -> None:
    [process, *_] = rotating.processes
    rotating.there.refusing["oauth.v2.access"] = "internal_error"
    found = await process.of("T0FIRST", None)
    assert found is not None
    assert found.token.reveal() == "xoxe-a"
    process.forget()
    del rotating.there.refusing["oauth.v2.access"]
    rotating.there.grants = {"refresh-a": workspace("T0FIRST", "xoxe-b", refresh_token="refresh-b", expires_in=43_200)}
    found = await process.of("T0FIRST", None)
    assert found is not None
    assert found.token.reveal() == "xoxe-b"


async def test_a_dead_token_is_kept_no_longer_and_a_new_one_is_not_thrown_away_for_it(rotating: Rotating) -> None:
    [process, *_] = rotating.processes
    rotating.there.refusing["oauth.v2.access"] = "internal_error"
    found = await process.of("T0FIRST", None)
    assert found is not None
    await process.withdrawn(replace(found, token=Secret("an-older-one")), "token_revoked")
    assert await process.of("T0FIRST", None) == found
    await process.withdrawn(found, "invalid_auth")
    assert await process.of("T0FIRST", None) == found
    await process.withdrawn(found, "token_revoked")
    assert await process.of("T0FIRST", None) is None
