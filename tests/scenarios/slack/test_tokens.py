"""Tokens that end: renewed once, never lost, and never against a removal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest

from adapters.cli.playing import Stage
from adapters.main import real_now
from adapters.secret import Secret
from adapters.slack.installation import Installation
from adapters.slack.kept_installations import KeptInstallations
from adapters.slack.oauth import Renewed, SlackOAuth
from adapters.slack.web_api import SlackRefused, TokenEnded
from calendar_core.errors import ProviderUnavailable, StoreUnavailable
from calendar_core.ports import SlackInstallations
from calendar_core.store.slack_installations import SqlSlackInstallations
from sandbox.faults import Fault

from .places import ANA, Places, places_of

LEA = "lea@second.example"


@dataclass
class Rotating:
    """A workspace whose token ends soon, and this process's view of it."""

    places: Places
    kept: KeptInstallations
    place: str
    pauses: list[float]

    @property
    def store(self) -> SlackInstallations:
        return self.places.stage.application.store.slack_installations

    async def live(self) -> bool:
        """Whether what is stored is what Slack takes."""
        stored = await self.store.at(self.place)
        assert stored is not None
        headers = {"Authorization": f"Bearer {stored.token}"}
        async with self.places.http.post(f"{self.places.slack.api}/auth.test", headers=headers) as answer:
            return (await answer.json())["ok"] is True

    def exchanges(self) -> int:
        return len(self.places.stage.sandbox.log.of(vendor="slack", operation="oauth.v2.access"))

    async def at_hand(self) -> Installation:
        found = await self.kept.of(self.place, None)
        assert found is not None
        return found


@pytest.fixture
async def rotating(stage: Stage) -> AsyncIterator[Rotating]:
    async with places_of(stage) as places, aiohttp.ClientSession() as http:
        places.slack.installed.rotating = True
        place = await places.install(ANA)
        await soon(places, place)
        app, pauses = places.slack.installed.app, list[float]()

        async def pause(seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.sleep(0)

        oauth = SlackOAuth(http, places.slack.api, (app.client_id, Secret(app.client_secret)), real_now)
        store = stage.application.store.slack_installations
        kept = KeptInstallations(store, oauth, real_now, lambda: 0.0, pause)
        yield Rotating(places, kept, place, pauses)
        await kept.close()


async def soon(places: Places, place: str) -> None:
    """Its token ends in five minutes."""
    store = places.stage.application.store.slack_installations
    stored = await store.at(place)
    assert stored is not None
    await store.put(replace(stored, ends_at=real_now() + timedelta(minutes=5)))


async def test_a_token_of_which_slack_says_that_it_has_ended_is_renewed_and_asked_with_once_more(
    rotating: Rotating,
) -> None:
    places = rotating.places
    ana = places.account(ANA)
    installation = await places.out.installations.of(rotating.place, None)
    assert installation is not None
    places.slack.installed.end(installation.token.reveal())
    before = rotating.exchanges()
    posted = await asyncio.gather(
        *(places.out.api.call(installation, "chat.postMessage", channel=ana.id, text=f"{each}") for each in range(5))
    )
    assert all(each["ok"] for each in posted)
    channel, _ = places.slack.state.channels.direct(ana.team, ana.id)
    assert sorted(each.text for each in places.slack.state.messages.of(channel.id)) == ["0", "1", "2", "3", "4"]
    assert rotating.exchanges() == before + 1
    again = await places.out.installations.of(rotating.place, None)
    assert again is not None
    assert again.token != installation.token


async def test_one_that_has_ended_and_cannot_be_renewed_yet_leaves_everything_undone(rotating: Rotating) -> None:
    places = rotating.places
    installation = await rotating.at_hand()
    places.slack.installed.end(installation.token.reveal())
    places.stage.sandbox.faults.add(Fault("status", vendor="slack", operation="oauth.v2.access", status=503))
    with pytest.raises(ProviderUnavailable):
        await places.out.api.call(installation, "auth.test")
    assert (await places.out.api.call(installation, "auth.test"))["ok"] is True


async def test_one_that_can_never_be_renewed_is_no_installation(rotating: Rotating) -> None:
    places = rotating.places
    stored = await rotating.store.at(rotating.place)
    assert stored is not None
    await rotating.store.put(replace(stored, refresh="xoxe-1-unknown"))
    installation = await rotating.at_hand()
    assert installation.token.reveal() == stored.token, "it is good for a while yet"
    places.slack.installed.end(stored.token)
    with pytest.raises(TokenEnded):
        await places.out.api.call(installation, "auth.test")
    before = rotating.exchanges()
    for _ in range(3):
        assert await rotating.kept.renewed(installation) is None
        assert await rotating.kept.of(rotating.place, None) is None, "nor is it used again, whatever its time was"
    assert rotating.exchanges() == before, "what Slack has refused is not asked for again"


async def test_whoever_waited_may_go_what_was_exchanged_stays(
    rotating: Rotating, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchanged, gate = asyncio.Event(), asyncio.Event()
    keep = SqlSlackInstallations.renewed

    async def slowly(store: SqlSlackInstallations, *what: object) -> bool:
        exchanged.set()
        await gate.wait()
        return await keep(store, *what)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(SqlSlackInstallations, "renewed", slowly)
    waiting = asyncio.create_task(rotating.kept.of(rotating.place, None))
    await exchanged.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    await rotating.kept.close()
    before = await rotating.store.at(rotating.place)
    assert before is not None
    assert before.ends_at is not None
    assert before.ends_at > real_now() + timedelta(hours=11)
    assert await rotating.live()


async def test_a_store_that_is_away_is_waited_for(rotating: Rotating, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, tries, kept = SqlSlackInstallations.renewed, 0, asyncio.Event()

    async def away(store: SqlSlackInstallations, *what: object) -> bool:
        nonlocal tries
        tries += 1
        if tries < 5:
            raise StoreUnavailable
        done = await keep(store, *what)  # type: ignore[arg-type]  # passed on as they came
        kept.set()
        return done

    monkeypatch.setattr(SqlSlackInstallations, "renewed", away)
    old = await rotating.store.at(rotating.place)
    assert old is not None
    before = rotating.exchanges()
    found = await rotating.at_hand()
    assert found.token.reveal() != old.token, "it is used at once"
    rotating.kept.forget()
    assert (await rotating.at_hand()).token == found.token
    await kept.wait()
    assert rotating.exchanges() == before + 1
    assert rotating.pauses[:4] == [0.5, 1.0, 2.0, 4.0]
    stored = await rotating.store.at(rotating.place)
    assert stored is not None
    assert stored.token == found.token.reveal()


async def test_a_process_that_ends_tries_once_more_to_keep_what_came(
    rotating: Rotating, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_store: SqlSlackInstallations, *_what: object) -> bool:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(SqlSlackInstallations, "renewed", away)
        found = await rotating.at_hand()
    await rotating.kept.close()
    stored = await rotating.store.at(rotating.place)
    assert stored is not None
    assert stored.token == found.token.reveal()
    assert await rotating.live()


async def test_a_removal_during_a_renewal_wins(rotating: Rotating, monkeypatch: pytest.MonkeyPatch) -> None:
    renew = SlackOAuth.renew

    async def meanwhile(oauth: SlackOAuth, refresh: str) -> Renewed:
        new = await renew(oauth, refresh)
        await rotating.store.remove(rotating.place, real_now())
        return new

    monkeypatch.setattr(SlackOAuth, "renew", meanwhile)
    assert await rotating.kept.of(rotating.place, None) is None
    assert await rotating.store.at(rotating.place) is None


async def test_whoever_asks_after_a_removal_learns_of_it_though_another_one_looks_still(
    rotating: Rotating, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, gate = asyncio.Event(), asyncio.Event()
    of = SqlSlackInstallations.of

    async def slowly(store: SqlSlackInstallations, team: str | None, enterprise: str | None) -> object:
        found = await of(store, team, enterprise)
        looked.set()
        await gate.wait()
        return found

    installation = await rotating.at_hand()
    rotating.kept.forget()
    monkeypatch.setattr(SqlSlackInstallations, "of", slowly)
    early = asyncio.create_task(rotating.kept.of(rotating.place, None))
    await looked.wait()
    await rotating.kept.removed(installation)
    gate.set()
    assert await rotating.kept.of(rotating.place, None) is None
    await early
    assert await rotating.kept.of(rotating.place, None) is None, "nor is the earlier answer remembered"


async def test_nobody_waits_for_another_workspaces_token(rotating: Rotating, monkeypatch: pytest.MonkeyPatch) -> None:
    rotating.places.account(LEA)
    other = await rotating.places.install(LEA)
    asked, gate = asyncio.Event(), asyncio.Event()
    renew = SlackOAuth.renew

    async def slowly(oauth: SlackOAuth, refresh: str) -> Renewed:
        asked.set()
        await gate.wait()
        return await renew(oauth, refresh)

    monkeypatch.setattr(SlackOAuth, "renew", slowly)
    first = asyncio.create_task(rotating.kept.of(rotating.place, None))
    await asked.wait()
    assert await rotating.kept.of(other, None) is not None
    gate.set()
    assert await first is not None


async def test_a_dead_token_is_removed_and_one_that_is_only_doubtful_stays(rotating: Rotating) -> None:
    places = rotating.places
    installation = await rotating.at_hand()
    places.stage.sandbox.faults.add(Fault("status", "slack", None, "auth.test", status=200, reason="invalid_auth"))
    with pytest.raises(SlackRefused, match="invalid_auth"):
        await places.out.api.call(installation, "auth.test")
    assert await rotating.store.at(rotating.place) is not None
    places.slack.installed.revoke(installation.token.reveal())
    with pytest.raises(SlackRefused, match="token_revoked"):
        await places.out.api.call(installation, "auth.test")
    assert await rotating.store.at(rotating.place) is None


async def test_slack_that_wants_nothing_asked_is_not_asked(rotating: Rotating) -> None:
    too_many = Fault("status", vendor="slack", operation="oauth.v2.access", status=429, retry_after=40)
    rotating.places.stage.sandbox.faults.add(too_many)
    before = rotating.exchanges()
    for _ in range(3):
        rotating.kept.forget()
        await rotating.at_hand()
    assert rotating.exchanges() == before + 1


async def test_what_browsers_bring_never_holds_a_renewal_back(rotating: Rotating) -> None:
    places = rotating.places
    too_many = Fault("status", vendor="slack", operation="oauth.v2.access", status=429, retry_after=40)
    url, browser = await places.sent()
    brought = await places.allowed(ANA, url)
    places.stage.sandbox.faults.add(too_many)
    assert (await places.page("/slack/oauth_redirect", browser, **brought))[0] == 503
    before = rotating.exchanges()
    assert await places.out.installations.of(rotating.place, None)
    assert rotating.exchanges() == before + 1
    assert await rotating.live()
