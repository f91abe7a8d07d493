"""Finds out, by using it, whether an organisation's domain-wide consent reaches each of its people: the job `probe`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.errors import ConsentRevoked, NotIntegrated, ProviderRejected, ProviderUnavailable
from calendar_core.integration import Health, Integration, Trouble, domain_kinds
from calendar_core.interval import Interval
from calendar_core.job import PROBE, Job, probe_job
from calendar_core.people import User, UserId
from calendar_core.ports import Calendars, Clock, Integrations, Jobs, People, RetryAt, Unconnected

GLIMPSE = 15  # minutes of free/busy: enough to see that somebody answers
AGAIN = timedelta(hours=6)  # whoever was not reached may be by then: a consent takes up to a day to spread
ROUND, PAUSE = 200, timedelta(seconds=5)  # people, and the wait after them: a quarter of what Google allows a project
AT_ONCE = 8
REST = timedelta(minutes=5)  # after a round in which hardly anybody answered
PATIENCE = timedelta(minutes=1)
SAYS_LITTLE = (Trouble.NEVER_CONNECTED, Trouble.NOT_COVERED)


@dataclass(frozen=True, slots=True)
class Probing:
    """What is known of whom is in the store, so a killed round goes on where it was; a double costs two calls."""

    people: People
    integrations: Integrations
    unconnected: Unconnected
    calendars: Calendars
    jobs: Jobs
    clock: Clock

    async def connect_domain(self, name: str, *, domains: tuple[str, ...] = (), tenant: str | None = None) -> None:
        """The operator says that these Workspace domains, or this Entra tenant, are the organisation's own, and its
        people are tried. Twice is once. Raises ValueError, with a sentence, for what cannot be."""
        organisations = await self.people.organisations()
        own = next((each for each in organisations if each.name.casefold() == name.casefold()), None)
        if own is None:
            known = ", ".join(each.name for each in organisations) or "none yet; import its people first"
            raise ValueError(f'No organisation is called "{name}". Enrolled are: {known}.')
        for other in organisations:
            taken = set(domains) & set(other.google_domains) | ({tenant} & {other.entra_tenant} - {None})
            if other != own and taken:
                raise ValueError(f"{', '.join(sorted(map(str, taken)))} belongs to the organisation {other.name}.")
        merged = tuple(dict.fromkeys((*own.google_domains, *domains)))
        changed = replace(own, google_domains=merged, entra_tenant=tenant or own.entra_tenant)
        await self.people.update_organisation(changed)
        await self.unconnected.retry(own.id)
        await self.jobs.defer(Job(PROBE))

    async def probe(self, job: Job) -> RetryAt | None:
        """One person, connected or not; without a subject everybody whose turn it is, a round at a time.

        For one person alone it raises ProviderUnavailable, and the job is tried again.
        """
        if job.subject:
            await self._probe(await self.people.user(UserId(int(job.subject[0]))))
            return None
        connected = [each.id for each in await self.people.organisations() if each.google_domains or each.entra_tenant]
        due = await self.unconnected.untried(connected, self.clock.now() - AGAIN, ROUND)
        turns = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            answers = [tasks.create_task(self._in_turn(turns, user)) for user in due]
        if len(due) < ROUND:
            return None
        silent = sum(not answer.result() for answer in answers)
        return RetryAt(self.clock.now() + (REST if silent > ROUND // 2 else PAUSE))

    async def _in_turn(self, turns: asyncio.Semaphore, user: User) -> bool:
        """False if nobody answered: then that person is probed alone, later, and holds up nobody else."""
        async with turns:
            try:
                await self._probe(user)
            except ProviderUnavailable:
                await self.jobs.defer(probe_job(user.id), not_before=self.clock.now() + PATIENCE)
                return False
            return True

    async def _probe(self, user: User) -> None:
        known = await self.integrations.of(user.id)
        if known.kind is not None:
            await self._ask(user, known)
        elif known.trouble is not Trouble.OPTED_OUT:
            await self._connect(user)

    async def _connect(self, user: User) -> None:
        """The first domain-wide connection that reaches the person becomes theirs; else the reason is kept."""
        why = Trouble.NEVER_CONNECTED
        for kind in domain_kinds(user, await self.people.organisation(user.organisation)):
            tried = Integration(user.id, kind, Health.BROKEN, user.email)
            refused = await self._ask(user, tried)
            if refused is None:
                now = self.clock.now()
                await self.integrations.connected(replace(tried, health=Health.OK, since=now, checked_at=now))
                return
            why = max(why, refused, key=_how_telling)
        known = await self.integrations.of(user.id)
        if known.trouble is Trouble.FREE_BUSY_ONLY and why in (*SAYS_LITTLE, Trouble.NO_MAILBOX):
            why = known.trouble
        await self.integrations.broke(user.id, why, self.clock.now())

    async def _ask(self, user: User, integration: Integration) -> Trouble | None:
        """Why it does not work, None if it does. Raises ProviderUnavailable, noted, where nobody answers."""
        glimpse = Interval.lasting(self.clock.now(), GLIMPSE)
        try:
            calendar = await self.calendars.through(user, integration)
            await calendar.free_busy.free_busy(glimpse)
        except NotIntegrated as missing:
            return missing.trouble
        except ConsentRevoked as revoked:
            return revoked.trouble
        except ProviderRejected:
            return Trouble.NOT_ANSWERING
        except ProviderUnavailable:
            if (await self.integrations.of(user.id)).kind is None:
                await self.integrations.broke(user.id, Trouble.NOT_ANSWERING, self.clock.now())
            raise
        return None


def _how_telling(why: Trouble) -> int:
    """Of two suites' reasons: that one of them does not know the person says little."""
    return (*SAYS_LITTLE, why).index(why)
