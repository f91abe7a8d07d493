"""A sign-in gone wrong, by accident or on purpose, over HTTP: a clear page with the next step, and nothing changed."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from sandbox.faults import Fault
from sandbox.login.directory import CLIENT_ID, TENANT
from tests.signing_in import Browser, Shown, browser, link_for, link_in, nobody_signed_in
from tests.visiting import Visitor

GIL, INES, OTHER = "gil@example.com", "ines@example.com", "gil.mora@example.net"


@pytest.fixture
async def visitor(visitor: Visitor) -> Visitor:
    """Somebody in a demo in which nobody is connected by an own consent yet."""
    return await nobody_signed_in(visitor)


async def kind_of(visitor: Visitor, who: str) -> str | None:
    store = visitor.stage.application.store
    (user,) = await store.people.at_address(f"{who}@example.com")
    integration = await store.integrations.of(user.id)
    assert (integration.kind is None) == (await store.credentials.of(user.id) is None)
    return integration.kind


async def opened(mine: Browser, visitor: Visitor, words: str = "connect google", who: str = "gil") -> Shown:
    return await mine.open(await link_for(visitor, who, words))


# --- links -----------------------------------------------------------------------------------------------------------


async def test_a_link_that_scanners_opened_five_times_still_works_for_its_owner(visitor: Visitor) -> None:
    link = await link_for(visitor, "gil", "connect google")
    for _ in range(5):
        async with browser(visitor) as scanner:
            assert (await scanner.open(link)).status == 200
    async with browser(visitor) as mine:
        assert (await mine.sign_in(await mine.open(link), GIL, "Google")).title == "Your calendar is connected"
    assert await kind_of(visitor, "gil") == "Google - Individual"


async def test_a_link_is_spent_by_the_first_continue(visitor: Visitor) -> None:
    link = await link_for(visitor, "gil", "connect google")
    async with browser(visitor) as mine, browser(visitor) as another:
        theirs = await another.open(link)
        await mine.press(await mine.open(link), "Continue at Google")
        late = await another.press(theirs, "Continue at Google")
        assert (late.status, late.title) == (410, "This link was used already")
        assert (await another.open(link)).title == "This link was used already"
        again = await mine.open(link)  # its own browser goes on where it was
        assert (again.title, again.buttons) == ("You have begun to sign in", ["Sign in again"])
        onward = await mine.press(again, "Sign in again")
        assert (await mine.back(await mine.decide(onward, GIL))).title == "Your calendar is connected"


async def test_a_link_ends_after_ten_minutes(visitor: Visitor) -> None:
    link = await link_for(visitor, "gil", "connect google")
    async with browser(visitor) as mine:
        page = await mine.open(link)
        await visitor.drive("clock", jump_seconds=601)
        for late in (await mine.open(link), await mine.press(page, "Continue at Google")):
            assert (late.status, late.title) == (410, "This link has ended")
            assert "say connect" in late.text
    assert await kind_of(visitor, "gil") is None


async def test_a_sign_in_that_took_too_long_connects_nothing(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        onward = await mine.press(await opened(mine, visitor), "Continue at Google")
        answer = await mine.decide(onward, GIL)
        await visitor.drive("clock", jump_seconds=601)
        late = await mine.back(answer)
    assert late.title == "Nothing was connected"
    assert "took too long" in late.text
    assert await kind_of(visitor, "gil") is None


@pytest.mark.parametrize("link", ["x", "A" * 32, "", "A" * 5000, "%00%ff", "' OR 1=1 --"])
async def test_links_that_were_never_given_out_lead_nowhere(visitor: Visitor, link: str) -> None:
    async with browser(visitor) as mine:
        shown = await mine.open(f"{mine.url}/connect/google?{urlencode({'link': link})}")
    assert (shown.status, shown.title) == (404, "This link leads nowhere")


async def test_a_link_works_at_its_own_vendor_alone(visitor: Visitor) -> None:
    link = (await link_for(visitor, "gil", "connect google")).replace("/google", "/microsoft")
    async with browser(visitor) as mine:
        assert (await mine.open(link)).title == "This link leads nowhere"


async def test_a_link_that_was_forwarded_connects_nobody_elses_calendar(visitor: Visitor) -> None:
    link = await link_for(visitor, "gil", "connect google")
    async with browser(visitor) as umas:
        page = await umas.open(link)
        assert "Gil Mora gil@example.com" in page.text  # she sees whom it is for
        refused = await umas.sign_in(page, "uma@example.com", "Google")
    assert (refused.title, refused.buttons) == ("That is another account", ["Sign in again"])
    assert "You signed in as uma@example.com, but your programme knows gil@example.com." in refused.text
    assert await kind_of(visitor, "gil") is None


@pytest.mark.parametrize("key", ["", "x", "\0", "a" * 64, "é" * 64, "A" * 5000])
async def test_a_sign_in_of_others_is_not_shown(visitor: Visitor, key: str) -> None:
    async with browser(visitor) as mine:
        await opened(mine, visitor)
        shown = await mine.open(f"{mine.url}/connect/google?{urlencode({'sign_in': key})}")
        assert (shown.status, shown.title) == (404, "This link leads nowhere")


# --- forms and cookies -----------------------------------------------------------------------------------------------


async def test_only_our_own_page_can_press_continue(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        page = await opened(mine, visitor)
        action, fields = page.form("Continue at Google")
        tries = [
            await another.send(f"{mine.url}{action}", fields),  # no cookie
            await mine.send(f"{mine.url}{action}", {**fields, "same": "0" * 64}),
            await mine.send(f"{mine.url}{action}", {key: fields[key] for key in fields if key != "same"}),
            await mine.press(page, "Continue at Google", **{"Sec-Fetch-Site": "cross-site"}),
        ]
        for refused in tries:
            assert (refused.status, refused.title) == (403, "Please open the link again")
        assert (await mine.sign_in(page, GIL, "Google")).title == "Your calendar is connected"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=" + b"x" * 40_000, "application/x-www-form-urlencoded"),
        (b"link=" + b"x" * 10_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(100)), "application/x-www-form-urlencoded"),
        (b"state=" + b"x" * 9_000, "application/x-www-form-urlencoded"),
        (b'{"state": "x"}', "application/json"),
        (b"\xff\xfe", "multipart/form-data; boundary=x"),
    ],
    ids=["40 kB", "10 MB", "100 fields", "a long value", "JSON", "multipart"],
)
@pytest.mark.parametrize("path", ["/connect/microsoft/callback", "/connect/google"])
async def test_bodies_that_cannot_be_are_refused(visitor: Visitor, path: str, body: bytes, kind: str) -> None:
    async with visitor.http.post(path, data=io.BytesIO(body), headers={"Content-Type": kind}) as answer:
        assert answer.status == 400
        assert "That cannot be right" in await answer.text()


async def test_every_page_keeps_others_out_and_fetches_nothing(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        page = await opened(mine, visitor)
        onward = await mine.press(page, "Continue at Google")
        done = await mine.back(await mine.decide(onward, GIL))
        nowhere = await mine.open(f"{mine.url}/connect/google")
        for shown in (page, onward, done, nowhere):
            headers = shown.headers
            assert headers["Content-Security-Policy"] == (
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                "frame-ancestors 'none'"
            )
            assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "<script" not in shown.html
            assert {each for each in _sources(shown) if each.startswith("http")} == set()
    assert "samesite=lax" in page.headers["Set-Cookie"].lower()
    assert "httponly" in page.headers["Set-Cookie"].lower()


def _sources(shown: Shown) -> list[str]:
    return [piece.partition('"')[0] for piece in shown.html.split('src="')[1:]]


# --- the vendor's answer ---------------------------------------------------------------------------------------------


async def test_an_answer_is_looked_at_once(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        onward = await mine.press(await opened(mine, visitor), "Continue at Google")
        answer = await mine.decide(onward, GIL)
        assert (await mine.back(answer)).title == "Your calendar is connected"
        assert (await mine.back(answer)).title == "Your calendar is connected"  # reloaded: the same page
        stolen = await another.back(answer)
    assert (stolen.status, stolen.title) == (403, "This answer belongs to nothing")


async def test_of_two_answers_at_once_one_counts(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        onward = await mine.press(await opened(mine, visitor), "Continue at Google")
        answer = await mine.decide(onward, GIL)
        await visitor.drive("log/clear")
        await asyncio.gather(*(mine.back(answer) for _ in range(5)))
        await visitor.hears("gil", "Connected:")
    async with visitor.http.get(f"{visitor.stage.sandbox.url}/_/log") as log:
        calls = [call["operation"] for call in (await log.json())["calls"] if call["operation"] == "token"]
    assert len(calls) == 1
    assert len([each for each in await visitor.inbox("gil") if each["text"].startswith("Connected:")]) == 1


@pytest.mark.parametrize("state", [None, "", "A" * 32, "x" * 4000])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_forged_state_belongs_to_nothing(visitor: Visitor, state: str | None, method: str) -> None:
    fields = {"code": "4/stolen"} if state is None else {"code": "4/stolen", "state": state}
    async with browser(visitor) as mine:
        await mine.press(await opened(mine, visitor), "Continue at Google")
        url = f"{mine.url}/connect/google/callback"
        told = {"method": method, "url": f"{url}?{urlencode(fields)}" if method == "GET" else url, **fields}
        refused = await mine.back(told)
    assert (refused.status, refused.title) == (403, "This answer belongs to nothing")
    assert await kind_of(visitor, "gil") is None


async def test_states_that_were_swapped_connect_nothing(visitor: Visitor) -> None:
    """The code of one sign-in with the state of another: the vendor refuses, as the proof is another's (PKCE)."""
    async with browser(visitor) as gils, browser(visitor) as doras:
        mine = await gils.press(await opened(gils, visitor), "Continue at Google")
        theirs = await doras.press(await opened(doras, visitor), "Continue at Google")
        stolen = await doras.decide(theirs, GIL)
        state = parse_qs(urlsplit(mine.onward).query)["state"][0]
        query = {
            **{name: values[0] for name, values in parse_qs(urlsplit(stolen["url"]).query).items()},
            "state": state,
        }
        refused = await gils.open(f"{gils.url}/connect/google/callback?{urlencode(query)}")
    assert refused.title == "Nothing was connected"
    assert refused.buttons == ["Sign in again"]
    assert await kind_of(visitor, "gil") is None


async def test_an_answer_from_the_other_vendor_belongs_to_nothing(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        onward = await mine.press(await opened(mine, visitor), "Continue at Google")
        answer = await mine.decide(onward, GIL)
        refused = await mine.open(answer["url"].replace("/connect/google/", "/connect/microsoft/"))
    assert refused.title == "This answer belongs to nothing"


async def test_saying_no_changes_nothing_and_can_be_taken_back(visitor: Visitor) -> None:
    for who, words, vendor in (("gil", "connect google", "Google"), ("ines", "connect outlook", "Microsoft")):
        async with browser(visitor) as mine:
            page = await mine.open(await link_for(visitor, who, words))
            refused = await mine.sign_in(page, f"{who}@example.com", vendor, decision="cancel")
            assert refused.title == "Nothing was connected"
            assert f"You said no at {vendor}" in refused.text
            assert await kind_of(visitor, who) is None
            onward = await mine.press(refused, "Sign in again")
            done = await mine.back(await mine.decide(onward, f"{who}@example.com"))
            assert done.title == "Your calendar is connected"


async def test_partial_consent_names_what_is_missing_and_is_offered_again(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        page = await opened(mine, visitor)
        freebusy = ["https://www.googleapis.com/auth/calendar.freebusy"]
        refused = await mine.sign_in(page, GIL, "Google", ticked=freebusy)
        assert "Missing is: entering and moving your sessions." in refused.text
        assert await kind_of(visitor, "gil") is None
        onward = await mine.press(refused, "Sign in again")
        both = await mine.back(await mine.decide(onward, GIL, ticked=[]))
        assert "entering and moving your sessions" in both.text


async def test_a_vendor_that_does_not_answer_changes_nothing(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        page = await opened(mine, visitor)
        onward = await mine.press(page, "Continue at Google")
        answer = await mine.decide(onward, GIL)
        visitor.stage.sandbox.faults.add(Fault("status", vendor="google", operation="token", status=503, times=0))
        refused = await mine.back(answer)
        assert "Google does not answer right now." in refused.text
        assert await kind_of(visitor, "gil") is None
        visitor.stage.sandbox.faults.clear()
        onward = await mine.press(refused, "Sign in again")
        assert (await mine.back(await mine.decide(onward, GIL))).title == "Your calendar is connected"


# --- an administrator first ------------------------------------------------------------------------------------------


async def test_where_an_administrator_must_approve_the_chat_says_whom_to_ask(visitor: Visitor) -> None:
    directory = visitor.stage.sandbox.entra.directory
    directory.delegated.set_policy(TENANT, people_decide=False)
    directory.delegated.withdraw_all(CLIENT_ID, TENANT, [INES])  # she had allowed it once
    async with browser(visitor) as mine:
        page = await mine.open(await link_for(visitor, "ines", "connect outlook"))
        refused = await mine.sign_in(page, INES, "Microsoft", decision="return")
    assert "An administrator of your organisation must approve Pairtime first." in refused.text
    told = await visitor.hears("ines", "An administrator must approve first.")
    assert told["text"].splitlines()[-1] == "[Ask Priya] [Copy text for IT]"
    text = await visitor.press("ines", told, "Copy text for IT")
    assert "/organizations/adminconsent?client_id=" in text["text"]
    asked = await visitor.press("ines", told, "Ask Priya")
    assert asked["text"].startswith("Priya was told that you need it.")
    heard = await visitor.hears("priya", "Ines Falk cannot connect their calendar")
    assert "Text for IT" in (await visitor.press("priya", heard, "Copy text for IT"))["text"]
    assert (await visitor.press("ines", told, "Ask Priya"))["text"].startswith("There is nothing to ask for now")
    assert await kind_of(visitor, "ines") is None


async def test_a_domain_that_is_connected_meanwhile_comes_first(visitor: Visitor) -> None:
    store = visitor.stage.application.store
    async with browser(visitor) as mine:
        onward = await mine.press(await opened(mine, visitor), "Continue at Google")
        (gil,) = await store.people.at_address(GIL)
        (ana,) = await store.people.at_address("ana@example.com")
        by_domain = await store.integrations.of(ana.id)
        await store.integrations.connected(type(by_domain)(gil.id, by_domain.kind, by_domain.health, GIL))
        refused = await mine.back(await mine.decide(onward, GIL))
    assert "cannot be connected this way any more" in refused.text
    assert (await store.integrations.of(gil.id)).kind == "Google - Domain"
    assert await store.credentials.of(gil.id) is None


async def test_pages_are_in_the_persons_language(visitor: Visitor) -> None:
    store = visitor.stage.application.store
    (gil,) = await store.people.at_address(GIL)
    titles = {"de": "Ihren Kalender verbinden", "fr": "Connecter votre agenda", "es": "Conectar su calendario"}
    for language, title in titles.items():
        await store.people.update(replace(gil, language=language))
        async with browser(visitor) as mine:
            page = await opened(mine, visitor)
            assert (page.title, f'<html lang="{language}">' in page.html) == (title, True)
            async with mine.http.get(f"{mine.url}/connect/google", headers={"Accept-Language": language}) as answer:
                assert f'<html lang="{language}">' in await answer.text()


# --- what is kept ----------------------------------------------------------------------------------------------------


def stored_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("pairtime.sqlite3*"))


async def test_no_secret_of_a_sign_in_is_in_the_database(visitor: Visitor, tmp_path: Path) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        asked = await visitor.press("gil", await visitor.say("gil", "connect"), "Google Calendar")
        page = await mine.open(link_in(asked))
        cookie = page.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        onward = await mine.press(page, "Continue at Google")
        shown = await another.back(await mine.decide(onward, GIL))
        secrets = {parse_qs(urlsplit(link_in(asked)).query)["link"][0], cookie, shown.code}
        secrets |= {parse_qs(urlsplit(onward.onward).query)[name][0] for name in ("state", "nonce")}
        stored = stored_in(tmp_path)
        assert not [secret for secret in secrets if secret.encode() in stored]
        await visitor.say("gil", shown.code)
        given = [key.rpartition(" ")[2] for key, _ in visitor.stage.sandbox.world.facts("google refresh ")]
        assert given
        assert not [token for token in given if token.encode() in stored_in(tmp_path)]
