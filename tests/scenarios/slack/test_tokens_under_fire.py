"""Three processes over one store, in any order: tokens end, the app is removed and installed again, the store fails,
callers go away. In the end what is stored is what Slack takes, and nothing where the app is not installed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import aiohttp
import pytest
from sqlalchemy import update

from adapters.cli.playing import Stage
from adapters.main import real_now
from adapters.secret import Secret
from adapters.slack.kept_installations import KeptInstallations
from adapters.slack.oauth import SlackOAuth
from adapters.slack.uninstalls import Uninstalls
from adapters.slack.web_api import WebApi
from calendar_core.errors import ProviderError, StoreUnavailable
from calendar_core.job import CHECK_INSTALLATION, Job
from calendar_core.store.schema import slack_installation
from calendar_core.store.slack_installations import SqlSlackInstallations
from sandbox.faults import Fault

from .places import ANA, Places, places_of

STEPS = 120
FLAKY = ("at", "lease", "of", "release", "remove", "renewed")


@dataclass(frozen=True)
class Process:
    """One of several."""

    kept: KeptInstallations
    api: WebApi
    uninstalls: Uninstalls

    async def use(self, place: str) -> None:
        """Asks Slack something."""
        installation = await self.kept.of(place, None)
        if installation is not None:
            assert (await self.api.call(installation, "auth.test"))["ok"] is True


@dataclass
class Fire:
    """`chance` decides everything; `later` moves the processes' clocks."""

    places: Places
    chance: random.Random
    place: str
    installed: bool = True
    flaky: bool = False
    later: timedelta = timedelta(0)
    processes: list[Process] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def now(self) -> datetime:
        return real_now() + self.later

    async def step(self) -> None:
        """Something happens, and what is under way goes on a little."""
        deeds = (
            self.use,
            self.nears_its_end,
            self.ends,
            self.removed,
            self.installed_anew,
            self.goes,
            self.refuses,
        )
        (deed,) = self.chance.choices(deeds, (8, 2, 2, 1, 1, 1, 1))
        await deed()
        await self._token()

    async def use(self) -> None:
        self._start(self._one().use(self.place))

    async def nears_its_end(self) -> None:
        ends = real_now() + timedelta(minutes=self.chance.choice((-1, 5)))
        change = update(slack_installation).values(ends_at=ends)
        await self.places.stage.application.store.database.write(lambda connection: connection.execute(change))

    async def ends(self) -> None:
        self.places.slack.installed.end(await self._token())

    async def removed(self) -> None:
        if self.installed:
            self.places.slack.installed.uninstall(self.place)
            self.installed = False
            self._start(self._one().uninstalls.told([self.place]))

    async def installed_anew(self) -> None:
        if not self.installed:
            await self._calmly(self.places.install(ANA))
            self.installed = True

    async def goes(self) -> None:
        self._one().kept.forget()
        if self.tasks:
            self.chance.choice(self.tasks).cancel()

    async def refuses(self) -> None:
        fault = Fault("status", vendor="slack", operation="oauth.v2.access", status=self.chance.choice((429, 503)))
        self.places.stage.sandbox.faults.add(fault)

    async def _token(self) -> str:
        stored = await self._calmly(self.places.stage.application.store.slack_installations.at(self.place))
        return "" if stored is None else stored.token

    async def _calmly(self, work: Awaitable[Any]) -> Any:
        self.flaky = False
        self.places.stage.sandbox.faults.clear()
        try:
            return await work
        finally:
            self.flaky = True

    def _one(self) -> Process:
        return self.chance.choice(self.processes)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.create_task(work))


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_stored_is_what_slack_takes(stage: Stage, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    async with places_of(stage) as places, aiohttp.ClientSession() as http:
        places.slack.installed.rotating = True
        fire = Fire(places, random.Random(seed), await places.install(ANA))
        app, store = places.slack.installed.app, stage.application.store
        for _ in range(3):
            client = (app.client_id, Secret(app.client_secret))
            oauth = SlackOAuth(http, places.slack.api, client, fire.now)
            kept = KeptInstallations(store.slack_installations, oauth, fire.now, monotonic, _at_once)
            api = WebApi(http, places.slack.api, monotonic, withdrawn=kept.withdrawn, renewed=kept.renewed)
            fire.processes.append(Process(kept, api, Uninstalls(kept, api, store.jobs)))
        with monkeypatch.context() as patched:
            for name in FLAKY:
                true = getattr(SqlSlackInstallations, name)
                patched.setattr(SqlSlackInstallations, name, _failing_now_and_then(fire, true))
            fire.flaky = True
            for _ in range(STEPS):
                await fire.step()
            ended = await asyncio.gather(*fire.tasks, return_exceptions=True)
        foreseen = (ProviderError, asyncio.CancelledError)
        assert [each for each in ended if each is not None and not isinstance(each, foreseen)] == []
        places.stage.sandbox.faults.clear()
        fire.later = timedelta(minutes=1)  # leases that could not be given back are over
        for process in fire.processes:
            await process.kept.close()
            process.kept.forget()
            await process.uninstalls.check(Job(CHECK_INSTALLATION))
        assert await store.slack_installations.places() == ((fire.place,) if fire.installed else ())
        for process in fire.processes:
            await process.use(fire.place)


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def _failing_now_and_then(fire: Fire, true: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def asked(*what: Any, **more: Any) -> Any:
        if fire.flaky and fire.chance.random() < 0.15:
            raise StoreUnavailable
        return await true(*what, **more)

    return asked
