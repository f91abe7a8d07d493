"""Finds out, by using it, whether an organisation's domain-wide consent reaches each of its people: the job `probe`.

Whoever is connected by their own consent is looked at as well: where the domain's reaches the same address it counts.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.errors import CalendarError, ConsentRevoked, NotIntegrated, ProviderRejected, ProviderUnavailable
from calendar_core.happening import CalendarCovered
from calendar_core.integration import Health, Integration, Trouble, domain_kinds
from calendar_core.interval import Interval
from calendar_core.job import PROBE, Job, probe_job
from calendar_core.people import Organisation, User, UserId, address_of
from calendar_core.ports import (
    Calendars,
    Clock,
    Integrations,
    Jobs,
    People,
    RetryAt,
    Sessions,
    Telling,
    Unconnected,
)
from calendar_core.session import STANDING

GLIMPSE = 15  # minutes of free/busy: enough to see that somebody answers
NO_MAILBOX_THERE = (Trouble.NEVER_CONNECTED, Trouble.NOT_COVERED, Trouble.NO_ACCOUNT, Trouble.NO_MAILBOX)
AGAIN = timedelta(hours=6)  # whoever was not reached may be by then: a consent takes up to a day to spread
ROUND, PAUSE = 200, timedelta(seconds=5)  # people, and the wait after them: a quarter of what Google allows a project
AT_ONCE = 8
NO_EVENT = "0" * 32
AHEAD = 366 * 24 * 60  # minutes: farther than any horizon
REST = timedelta(minutes=5)  # after a round in which hardly anybody answered
PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Probing:
    """What is known of whom is in the store, so a killed round goes on where it was; a double costs two calls."""

    people: People
    integrations: Integrations
    unconnected: Unconnected
    sessions: Sessions
    calendars: Calendars
    jobs: Jobs
    clock: Clock

    async def connect_domain(self, name: str, *, domains: tuple[str, ...] = (), tenant: str | None = None) -> None:
        """The operator says that these Workspace domains, or this Entra tenant, are the organisation's own, and its
        people are tried. Twice is once. Raises ValueError, with a sentence, for what cannot be."""
        own = await self.named(name)
        for other in await self.people.organisations():
            taken = set(domains) & set(other.google_domains) | ({tenant} & {other.entra_tenant} - {None})
            if other != own and taken:
                raise ValueError(f"{', '.join(sorted(map(str, taken)))} belongs to the organisation {other.name}.")
        merged = tuple(dict.fromkeys((*own.google_domains, *domains)))
        changed = replace(own, google_domains=merged, entra_tenant=tenant or own.entra_tenant)
        await self.people.update_organisation(changed)
        await self.unconnected.retry(own.id)
        await self.jobs.defer(Job(PROBE))

    async def named(self, name: str) -> Organisation:
        """The organisation of that name, however written. Raises ValueError, with a sentence."""
        organisations = await self.people.organisations()
        own = next((each for each in organisations if each.name.casefold() == name.casefold()), None)
        if own is None:
            known = ", ".join(each.name for each in organisations) or "none yet; import its people first"
            raise ValueError(f'No organisation is called "{name}". Enrolled are: {known}.')
        return own

    async def probe(self, job: Job) -> RetryAt | None:
        """One person, connected or not; without a subject everybody who is not connected and whose turn it is, a
        round at a time.

        For one person alone it raises ProviderUnavailable, and the job is tried again.
        """
        if job.subject:
            await self.look_at(await self.people.user(UserId(int(job.subject[0]))))
            return None
        connected = [each.id for each in await self.people.organisations() if each.google_domains or each.entra_tenant]
        return await self._round(await self.unconnected.untried(connected, self.clock.now() - AGAIN, ROUND))

    async def look_around(self, _job: Job) -> RetryAt | None:
        """The job `look`: whoever is connected and was not looked at for a day, a round at a time; and one person of
        each domain that lets nobody in, by whom it is seen when it does again."""
        for canary in await self.integrations.canaries():
            await self._sing(canary)
        return await self._round(await self.integrations.due(self.clock.now(), ROUND))

    async def _round(self, due: tuple[User, ...]) -> RetryAt | None:
        """All of them; and when there is more to do, when."""
        turns = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            answers = [tasks.create_task(self._in_turn(turns, user)) for user in due]
        if len(due) < ROUND:
            return None
        silent = sum(not answer.result() for answer in answers)
        return RetryAt(self.clock.now() + (REST if silent > ROUND // 2 else PAUSE))

    async def check(self, user: User) -> bool:
        """Asks now, for somebody who wants to know. False if nobody answered. Whoever opted out is not asked."""
        try:
            await self.look_at(user)
        except ProviderUnavailable:
            return False
        return True

    async def _sing(self, canary: User) -> None:
        """Whether the domain lets people in again."""
        known = await self.integrations.of(canary.id)
        with suppress(ProviderUnavailable):
            if await self._ask(canary, known) is None:
                await self.integrations.domain_worked(known, self.clock.now())

    async def _in_turn(self, turns: asyncio.Semaphore, user: User) -> bool:
        """False if nobody answered: whoever is not connected is then probed alone, later, and holds up nobody else;
        whoever is stays due."""
        async with turns:
            try:
                await self.look_at(user)
            except ProviderUnavailable:
                if (await self.integrations.of(user.id)).kind is None:
                    await self.jobs.defer(probe_job(user.id), not_before=self.clock.now() + PATIENCE)
                return False
            return True

    async def look_at(self, user: User) -> Trouble | None:
        """Asks the calendar of somebody who is connected, tries the domain's consent for somebody whom it does not
        connect, and stores what came of it: None if it works. Raises ProviderUnavailable. Whoever opted out is not
        asked."""
        known = await self.integrations.of(user.id)
        if known.kind is None:
            return known.trouble if known.trouble is Trouble.OPTED_OUT else await self._connect(user)
        if known.kind.is_individual and await self._cover(user, known):
            return None
        return await self._ask(user, known)

    async def _cover(self, user: User, known: Integration) -> bool:
        """Whoever is connected by their own consent, and reached by the domain's at the same address, is connected by
        that from now on, and told so: it counts more. How a domain fares that does not reach them is nobody's news."""
        if known.kind is None or address_of(known.account) != address_of(user.email):
            return False
        for kind in domain_kinds(user, await self.people.organisation(user.organisation)):
            by_domain = Integration(user.id, kind, Health.OK, user.email)
            if not await self._reaches(user, by_domain):
                continue
            now = self.clock.now()
            by_domain = replace(by_domain, since=now, checked_at=now)
            told = Telling(user.id, CalendarCovered(user.id, known.kind.suite), now)
            if await self.unconnected.covered(by_domain, known, [told]):
                await self.integrations.domain_worked(by_domain, now)
                return True
        return False

    async def _reaches(self, user: User, by_domain: Integration) -> bool:
        """To read and to write, and in it is what the person's own holds: whoever loses that consent must lose nothing
        by it. One address may be two calendars, as of a personal account at Microsoft and of one for work."""
        try:
            calendar = await self.calendars.formerly(user, by_domain)
            await calendar.free_busy.free_busy(Interval.lasting(self.clock.now(), GLIMPSE))
            if calendar.owner is not None:
                await calendar.owner.insist_on_person()
            with suppress(ProviderRejected):  # there is no such event; a permission that is missing is said before that
                await calendar.events.cancel(NO_EVENT)
            for event in await self._ahead(user):
                await calendar.events.read(event)
        except CalendarError:
            return False
        return True

    async def _connect(self, user: User) -> Trouble | None:
        """The first domain-wide connection that reaches the person becomes theirs; else the reason is kept."""
        why = Trouble.NEVER_CONNECTED
        before = await self.integrations.of(user.id)
        for kind in domain_kinds(user, await self.people.organisation(user.organisation)):
            tried = Integration(user.id, kind, Health.BROKEN, user.email)
            refused = await self._ask(user, tried)
            if refused is None:
                now = self.clock.now()
                await self.integrations.connected(replace(tried, health=Health.OK, since=now, checked_at=now))
                await self.integrations.domain_worked(tried, now)
                return None
            why = max(why, refused, key=_how_telling)
        if before.trouble is Trouble.FREE_BUSY_ONLY and why in NO_MAILBOX_THERE:
            why = before.trouble
        await self.integrations.broke(user.id, why, self.clock.now())
        return why

    async def _ahead(self, user: User) -> list[str]:
        """Events of sessions to come that are in the person's own calendar."""
        known = await self.sessions.of_user(user.id, Interval.lasting(self.clock.now(), AHEAD))
        return [
            each.event_id
            for each in known
            if each.organizer == user.id and each.state in STANDING and each.event_id and not each.mailed
        ]

    async def _ask(self, user: User, integration: Integration) -> Trouble | None:
        """Why it does not work, None if it does. Raises ProviderUnavailable, noted, where nobody answers."""
        glimpse = Interval.lasting(self.clock.now(), GLIMPSE)
        try:
            calendar = await self.calendars.through(user, integration)
            await calendar.free_busy.free_busy(glimpse)
            if calendar.owner is not None:
                await calendar.owner.insist_on_person()
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
    return (Trouble.NEVER_CONNECTED, Trouble.NO_ACCOUNT, why).index(why)
