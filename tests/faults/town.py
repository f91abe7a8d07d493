"""Pairs of people with calendars in a sandbox and a store, for processes that will be killed.

One of each pair is in Google and one in Outlook; who is where, alternates.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.chat_account import ChatAccount
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.integration import Health, Integration
from calendar_core.people import Identity, Match, MatchId, Role, User
from calendar_core.store import Store, migrate, open_store
from sandbox.app import Sandbox
from sandbox.world import Mailbox, Suite

from .couples import KINDS, MAILBOX

ORGANISATION, PROGRAMME = "example.com", "Leaders 2026"
ZONES = ("America/New_York", "Europe/Lisbon", "Europe/Berlin", "America/Toronto")


@dataclass(frozen=True)
class Pair:
    """A mentee and a mentor, matched."""

    match: Match
    mentee: User
    mentor: User


@dataclass(frozen=True)
class Town:
    """What outlives the processes: the world and the database."""

    sandbox: Sandbox
    store: Store
    url: str
    pairs: tuple[Pair, ...]

    def environment(self) -> dict[str, str]:
        """How a server is told where it lives."""
        microsoft = self.sandbox.entra_registration(ORGANISATION)
        return {
            **os.environ,
            "PAIRTIME_DATABASE_URL": self.url,
            "PAIRTIME_GOOGLE_API_BASE": f"{self.sandbox.url}/google/calendar/v3",
            "PAIRTIME_GOOGLE_OAUTH_BASE": f"{self.sandbox.url}/google/oauth2",
            "PAIRTIME_GOOGLE_SERVICE_ACCOUNT": json.dumps(self.sandbox.service_account_key()),
            "PAIRTIME_GRAPH_BASE": f"{self.sandbox.url}/graph",
            "PAIRTIME_LOGIN_BASE": f"{self.sandbox.url}/login",
            "PAIRTIME_MICROSOFT_CLIENT_ID": microsoft.client_id,
            "PAIRTIME_MICROSOFT_CLIENT_SECRET": microsoft.client_secret,
            "PAIRTIME_SMTP_URL": self.sandbox.mail.url,
            "PAIRTIME_MAIL_FROM": f"Pairtime <{MAILBOX}>",
        }


@dataclass(frozen=True)
class Server:
    """One process of the server."""

    process: asyncio.subprocess.Process
    url: str

    async def kill(self) -> None:
        """-9: nothing is finished, nothing is said."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@asynccontextmanager
async def founded(url: str, pairs: int) -> AsyncIterator[Town]:
    """A town of so many pairs, every calendar empty, on a new database."""
    migrate(url)
    async with Sandbox() as sandbox:
        store = open_store(url, sandbox.clock)
        try:
            yield Town(sandbox, store, url, await _settled(sandbox, store, pairs))
        finally:
            await store.close()


async def start(town: Town) -> Server:
    """A server that answers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.server", stdout=asyncio.subprocess.PIPE, env=town.environment()
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        line = await process.stdout.readline()
    assert line, "the server ended before it answered"
    return Server(process, line.decode().strip())


async def in_slack(town: Town) -> dict[str, str]:
    """The app is installed in their workspace, and the mentees have accounts there that are linked already: how a
    server is told of it."""
    slack, store, now = town.sandbox.slack, town.store, town.sandbox.clock.now()
    issuer = f"slack:{slack.people.team_of(ORGANISATION).id}"
    (organisation,) = await store.people.organisations()
    await store.accounts.bind(issuer, organisation.id)
    for pair in town.pairs:
        address = pair.mentee.email
        account = ChatAccount(account=Identity(issuer, slack.people.id_of(address)), address=address)
        await store.accounts.seen(account, now)
        await store.accounts.confirm(account, pair.mentee.id, now)
    return {
        "PAIRTIME_SLACK_SIGNING_SECRET": slack.installed.app.signing_secret,
        "PAIRTIME_SLACK_BOT_TOKEN": slack.installed.install(ORGANISATION).access,
        "PAIRTIME_SLACK_API_BASE": slack.api,
    }


async def _settled(sandbox: Sandbox, store: Store, pairs: int) -> tuple[Pair, ...]:
    now = sandbox.clock.now()
    names = [(f"mentee{number}@example.com", f"mentor{number}@example.com") for number in range(pairs)]
    for number, both in enumerate(names):
        for address, suite in zip(both, _suites(number), strict=True):
            zone = ZONES[number % len(ZONES)]
            sandbox.world.add_mailbox(Mailbox(address, address.partition("@")[0].title(), suite, zone))
    enrolled = await store.enrolments.apply(
        Batch(
            people=tuple(
                PersonEnrolled(
                    organisation=ORGANISATION,
                    programme=PROGRAMME,
                    role=role,
                    email=address,
                    name=f"{role.value.title()} {number}",
                    time_zone=ZONES[number % len(ZONES)],
                )
                for number, both in enumerate(names)
                for role, address in zip((Role.MENTEE, Role.MENTOR), both, strict=True)
            ),
            matches=tuple(
                MatchEnrolled(organisation=ORGANISATION, programme=PROGRAMME, mentor=mentor, mentee=mentee)
                for mentee, mentor in names
            ),
        ),
        now - timedelta(days=2),
    )
    (organisation,) = await store.people.organisations()
    tenant = sandbox.entra_registration(ORGANISATION).tenant
    await store.people.update_organisation(replace(organisation, entra_tenant=tenant))
    pairs_made = tuple([await _connected(store, match, _suites(at)) for at, match in enumerate(enrolled.matches)])
    programme = await store.programmes.programme(pairs_made[0].match.programme)
    await store.programmes.update(replace(programme, rules=replace(programme.rules, lookups_a_day=1_000_000)))
    return pairs_made


def _suites(number: int) -> tuple[Suite, Suite]:
    """The mentee's and the mentor's, of the `number`-th pair."""
    return ("microsoft", "google") if number % 2 else ("google", "microsoft")


async def _connected(store: Store, number: MatchId, suites: tuple[Suite, Suite]) -> Pair:
    match = await store.programmes.match(number)
    assert match is not None
    both = [await store.people.user(user) for user in (match.mentee, match.mentor)]
    for user, suite in zip(both, suites, strict=True):
        await store.integrations.connected(
            Integration(user.id, KINDS[suite], Health.OK, user.email, since=match.opens_at)
        )
    return Pair(match, *both)
