"""Ana and Sam, their match, their calendars in the sandbox, and everything scheduling needs, wired for real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import aiohttp

from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.happening import Happening
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.interval import Interval
from calendar_core.job import REMIND, SETTLE, SWEEP, TELL
from calendar_core.notifying import Notifying
from calendar_core.people import Match, Role, User
from calendar_core.ports import Handler
from calendar_core.programme import Programme
from calendar_core.providers import OpenedCalendars, ProviderSettings, Surroundings, open_calendars
from calendar_core.providers.connections import open_connections
from calendar_core.providers.patience import Patience
from calendar_core.scheduling import (
    Asking,
    Booking,
    Cancelling,
    Clearing,
    Looking,
    MailedSessions,
    Pairs,
    Scheduling,
    Settling,
)
from calendar_core.scheduling.evidence import Evidence
from calendar_core.scheduling.lookups import Lookups
from calendar_core.scheduling.outcomes import Offer, Pair, Wish
from calendar_core.store.migrating import migrate
from calendar_core.store.opening import Store, open_store
from calendar_core.store.vault import Vault
from sandbox.app import Sandbox
from sandbox.world import Event, Mailbox
from tests.calendar_core.providers.google.opened import account_of, settings_for

Kind = TypeVar("Kind", bound=Happening)
NOW = datetime.fromisoformat("2026-11-22T11:02:00-05:00")
ANY_TIME = Wish()
PLACES = {"ana": "America/New_York", "sam": "Europe/Berlin", "uma": "Europe/Madrid"}


class Told:
    """What was pushed, per person, in order: the way out that these tests look at."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str, Happening]] = []
        self._news = asyncio.Condition()

    async def tell(self, user: User, key: str, happening: Happening) -> None:
        """Twice with one key is once."""
        async with self._news:
            if key not in {known for _, known, _ in self.messages}:
                self.messages.append((user.email, key, happening))
            self._news.notify_all()

    def to(self, user: User) -> list[Happening]:
        """One person's."""
        return [happening for email, _, happening in self.messages if email == user.email]

    async def hears(self, user: User, kind: type[Kind]) -> Kind:
        """The first of that kind, once it comes."""
        async with asyncio.timeout(60), self._news:
            while not (found := [each for each in self.to(user) if isinstance(each, kind)]):
                await self._news.wait()
        return found[0]


@dataclass(frozen=True)
class Stage:
    """The handles a test needs."""

    sandbox: Sandbox
    store: Store
    calendars: OpenedCalendars
    scheduling: Scheduling
    told: Told
    people: dict[str, User]
    match: Match
    http: aiohttp.ClientSession

    @property
    def ana(self) -> User:
        """The mentee, in New York."""
        return self.people["ana"]

    @property
    def sam(self) -> User:
        """Her mentor, in Berlin."""
        return self.people["sam"]

    async def find(self, asker: User, wish: Wish = ANY_TIME) -> Offer:
        """Times for the match, as one of the two asks for them."""
        return await self.scheduling.looking.find(await self.pair(asker), wish)

    async def pair(self, asker: User) -> Pair:
        """The match, as one of the two sees it."""
        return await self.scheduling.pairs.pair(asker, self.match.id)

    async def disconnect(self, user: User) -> None:
        """As if that person had never connected."""
        never = Integration(user.id, None, Health.OK, user.email, Trouble.NEVER_CONNECTED)
        await self.store.integrations.connected(never)

    async def rules(self, **changes: object) -> None:
        """The programme's rules, changed."""
        programme: Programme = await self.store.programmes.programme(self.match.programme)
        rules = replace(programme.rules, **changes)  # type: ignore[arg-type]  # each test names a rule's own type
        await self.store.programmes.update(replace(programme, rules=rules))

    async def busy(self, user: User, start: str, end: str) -> None:
        """Something private in a person's calendar, by that person's wall clock."""
        local = [datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(user.time_zone)) for wall in (start, end)]
        await self.drive("event", mailbox=user.email, start=local[0].isoformat(), end=local[1].isoformat())

    def shown(self, user: User) -> list[Event]:
        """What is in a person's calendar now."""
        return [event for event in self.sandbox.world.events(user.email) if not event.deleted]

    async def drive(self, what: str, **body: object) -> None:
        """A control of the sandbox's."""
        async with self.http.post(f"{self.sandbox.url}/_/{what}", json=body) as answer:
            assert answer.status == HTTPStatus.OK, await answer.text()


MoreWork = Callable[[Store, Sandbox], Mapping[str, Handler]]


def no_more(_store: Store, _sandbox: Sandbox) -> Mapping[str, Handler]:
    """What scheduling needs is there already."""
    return {}


def at(wall: str, zone: str, minutes: int = 45) -> Interval:
    """A slot by somebody's wall clock."""
    return Interval.lasting(datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)), minutes)


def uids() -> Iterator[str]:
    """Session uids that tests can read."""
    return (f"session-{number}@example.com" for number in count(1))


@asynccontextmanager
async def staged(folder: Path, *, url: str | None = None, also: MoreWork = no_more) -> AsyncIterator[Stage]:
    """Everybody on the stage, on Sunday morning in New York; jobs running, with `also` what a test needs beside."""
    database = url or f"sqlite:///{folder / 'pairtime.sqlite3'}"
    migrate(database)
    async with Sandbox(now=NOW) as sandbox, open_connections() as connections, aiohttp.ClientSession() as http:
        for name, zone in PLACES.items():
            sandbox.world.add_mailbox(Mailbox(f"{name}@example.com", name.title(), "google", zone))
        store = open_store(database, sandbox.clock, vault=Vault([("stage", bytes(32))]))
        try:
            people, match = await _enrolled(store)
            settings = ProviderSettings(google=settings_for(sandbox, account_of(sandbox), Patience(first_pause=0.001)))
            around = Surroundings(
                settings=settings,
                organisation=store.people.organisation,
                connections=connections,
                real_now=sandbox.clock.real_now,
            )
            calendars = open_calendars(around, store.integrations, sandbox.clock)
            scheduling, told = _wired(store, calendars, sandbox), Told()
            notifying = Notifying(store.people, store.programmes, store.sessions, store.happenings, told, sandbox.clock)
            handlers = {
                SETTLE: scheduling.settling.settle,
                SWEEP: scheduling.settling.sweep,
                TELL: notifying.tell,
                REMIND: notifying.remind,
                **also(store, sandbox),
            }
            async with asyncio.TaskGroup() as tasks:
                running = tasks.create_task(store.jobs.run(handlers, {SWEEP: timedelta(seconds=30)}))
                yield Stage(sandbox, store, calendars, scheduling, told, people, match, http)
                running.cancel()
        finally:
            await store.close()


async def _enrolled(store: Store) -> tuple[dict[str, User], Match]:
    roles = {"ana": Role.MENTEE, "sam": Role.MENTOR, "uma": Role.MENTEE}
    batch = Batch(
        people=tuple(
            PersonEnrolled(
                organisation="example.com",
                programme="Leaders 2026",
                role=role,
                email=f"{name}@example.com",
                name={"ana": "Ana Ruiz", "sam": "Sam Okoye", "uma": "Uma Vale"}[name],
                time_zone=PLACES[name],
                region="US" if name == "ana" else "",
            )
            for name, role in roles.items()
        ),
        matches=(
            MatchEnrolled(
                organisation="example.com",
                programme="Leaders 2026",
                mentor="sam@example.com",
                mentee="ana@example.com",
            ),
        ),
    )
    enrolled = await store.enrolments.apply(batch, NOW)
    people = {name: (await store.people.at_address(f"{name}@example.com"))[0] for name in roles}
    for user in people.values():
        await store.integrations.connected(
            Integration(user.id, IntegrationKind.GOOGLE_DOMAIN, Health.OK, user.email, since=NOW)
        )
    await store.programmes.opened(enrolled.matches[0], NOW)
    match = await store.programmes.match(enrolled.matches[0])
    assert match is not None
    return people, match


def _wired(store: Store, calendars: OpenedCalendars, sandbox: Sandbox) -> Scheduling:
    clock = sandbox.clock
    pairs = Pairs(store.people, store.programmes, store.integrations, clock)
    evidence = Evidence(store.sessions, calendars, clock)
    lookups = Lookups(store.receipts, clock)
    looking = Looking(evidence, store.sessions, lookups, clock)
    numbered = uids()
    booking = Booking(store.people, pairs, store.sessions, calendars, evidence, lookups, clock, lambda: next(numbered))
    asking = Asking(store.people, store.programmes, store.requests, pairs, looking, booking, clock)
    clearing = Clearing(store.people, store.sessions, calendars, clock)
    settling = Settling(
        store.people, pairs, store.sessions, calendars, evidence, clearing, store.jobs, clock, store.modes
    )
    mailed = MailedSessions(store.sessions, store.invitations, clock)
    return Scheduling(pairs, looking, booking, asking, Cancelling(store.sessions, clock), settling, mailed)
