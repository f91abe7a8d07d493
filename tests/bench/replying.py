"""From `/book` to its reply, and from the press to "Booked", on the demo as it runs: our server on SQLite, and a Google
and a Microsoft that take 100 ms for every answer, all in this one process.

Beside it the two look-ups alone, as bare calls to the same two at once: nobody could be quicker, and that wait is the
slower provider's latency as it is on this machine.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypedDict

import aiohttp

from adapters.cli.leaders import ANA, ORGANISATION, SAM
from adapters.cli.playing import Stage, staged
from adapters.main import Application
from sandbox.google.access import USUAL_SCOPES

from .measure import Figures, Measure

BEGINS = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
LATENCY_MS = 100
BEYOND_MS = 25
LISTINGS, BOOKINGS = 100, 6
LISTING = Counter({("freebusy.query", ANA.email): 1, ("getSchedule", SAM.email): 1})
BOOKING = LISTING + Counter({("events.insert", ANA.email): 1})
READ_BACK = Counter({("events.get", ANA.email): 1})


class Button(TypedDict):
    """What of a choice is looked at."""

    token: str


class Reply(TypedDict):
    """What of a reply is looked at."""

    kind: str
    text: str
    choices: list[Button]


@dataclass(frozen=True, slots=True)
class Talk:
    """Ana's, over HTTP. Every answer is counted: what the providers were asked for it."""

    stage: Stage
    http: aiohttp.ClientSession

    async def list_times(self) -> Reply:
        return await self._ask("say", "SlotsOffered", text="/book with my mentor")

    async def book(self, token: str) -> Reply:
        return await self._ask("press", "SessionShown", token=token)

    async def _ask(self, what: str, kind: str, **fields: str) -> Reply:
        self.stage.sandbox.log.clear()
        async with self.http.post(f"{self.stage.url}/console/{what}", json={"as": ANA.email, **fields}) as answer:
            reply: Reply = await answer.json()
        assert reply["kind"] == kind, reply["text"]
        return reply

    @property
    def asked(self) -> Counter[tuple[str, str]]:
        """What the last answer took."""
        return Counter((call.operation, call.mailbox or "") for call in self.stage.sandbox.log.calls)


@dataclass(frozen=True, slots=True)
class Bare:
    """One call each to the two who are asked when times are listed, at once."""

    stage: Stage
    http: aiohttp.ClientSession
    google: Mapping[str, str]
    microsoft: Mapping[str, str]

    @classmethod
    async def signed_in(cls, stage: Stage, http: aiohttp.ClientSession) -> Bare:
        google = stage.sandbox.google.access.token(ANA.email, USUAL_SCOPES, delegated=True)["access_token"]
        registered = stage.sandbox.entra_registration(ORGANISATION)
        form = {
            "grant_type": "client_credentials",
            "client_id": registered.client_id,
            "client_secret": registered.client_secret,
            "scope": "https://graph.microsoft.com/.default",
        }
        async with http.post(f"{stage.sandbox.url}/login/{registered.tenant}/oauth2/v2.0/token", data=form) as answer:
            microsoft = (await answer.json())["access_token"]
        return cls(stage, http, {"Authorization": f"Bearer {google}"}, {"Authorization": f"Bearer {microsoft}"})

    async def both(self) -> None:
        start, end = BEGINS, BEGINS + timedelta(days=28)
        freebusy = {"timeMin": start.isoformat(), "timeMax": end.isoformat(), "items": [{"id": "primary"}]}
        schedule = {
            "schedules": [SAM.email],
            "startTime": {"dateTime": f"{start:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"},
            "endTime": {"dateTime": f"{end:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"},
        }
        base = self.stage.sandbox.url
        await asyncio.gather(
            self._post(f"{base}/google/calendar/v3/freeBusy", freebusy, self.google),
            self._post(f"{base}/graph/v1.0/users/{SAM.email}/calendar/getSchedule", schedule, self.microsoft),
        )

    async def _post(self, url: str, body: Mapping[str, object], headers: Mapping[str, str]) -> None:
        async with self.http.post(url, json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            await answer.json()


def measures() -> Iterator[Measure]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Measure]:
    async with AsyncExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        stage = await closing.enter_async_context(staged(folder, now=BEGINS))
        http = await closing.enter_async_context(aiohttp.ClientSession())
        await _look_as_often_as_wanted(stage.application)
        talk, bare = Talk(stage, http), await Bare.signed_in(stage, http)
        await talk.book((await talk.list_times())["choices"][0]["token"])  # tokens, holidays and words are loaded
        stage.sandbox.faults.latency_ms[""] = LATENCY_MS
        return [*await _listing(talk, bare), *await _booking(talk)]


async def _listing(talk: Talk, bare: Bare) -> list[Measure]:
    both = [(await _milliseconds(talk.list_times), await _milliseconds(bare.both)) for _ in range(LISTINGS)]
    await talk.list_times()
    assert talk.asked == LISTING, f"to list times the providers were asked for {talk.asked}"
    return [
        Measure(
            f"/book to reply; providers {LATENCY_MS} ms each",
            Figures.of(ours for ours, _ in both),
            None,
            "two bare calls at once",
            Figures.of(theirs for _, theirs in both),
            beyond=BEYOND_MS,
        ),
        _calls("calls to list times (free/busy: one a person)", talk.asked.total(), LISTING.total()),
    ]


async def _booking(talk: Talk) -> list[Measure]:
    took: list[float] = []
    most = 0
    for _ in range(BOOKINGS):
        token = (await talk.list_times())["choices"][0]["token"]
        took.append(await _milliseconds(partial(talk.book, token)))
        assert talk.asked in (BOOKING, BOOKING + READ_BACK), f"to book the providers were asked for {talk.asked}"
        most = max(most, talk.asked.total())
    return [
        Measure(f"press to booked; providers {LATENCY_MS} ms each", Figures.of(took)),
        _calls("calls to book (as many, a write, a read-back at most)", most, (BOOKING + READ_BACK).total()),
    ]


async def _look_as_often_as_wanted(application: Application) -> None:
    """A day's look-ups are limited; not today."""
    (ana,) = await application.store.people.at_address(ANA.email)
    (membership,) = await application.store.people.memberships(ana.id)
    programme = await application.store.programmes.programme(membership.programme)
    rules = replace(programme.rules, lookups_a_day=1_000_000)
    await application.store.programmes.update(replace(programme, rules=rules))


async def _milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    began = perf_counter()
    await work()
    return (perf_counter() - began) * 1000


def _calls(what: str, number: int, most: int) -> Measure:
    return Measure(what, Figures(number, number, number), most, unit="calls")
