"""Tries everybody of an organisation now, while the operator watches: as fast as the vendors' quotas let us.

What is known of whom is in the store, so whoever was tried in the last hours is not tried again: a run that was killed
goes on where it was. People are read a portion at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime

from calendar_core.errors import ProviderUnavailable
from calendar_core.integration import BY_OPERATOR, IntegrationKind, Suite, Trouble, domain_kinds
from calendar_core.people import Organisation, User, UserId
from calendar_core.ports import Clock, Integrations, People, Verifications

from .pace import QUOTAS, Pace, Quota
from .probing import AGAIN, Probing

PORTION = 500
WORKERS = 144  # as many as all quotas together have under way
HOPELESS = 20  # refusals of the whole domain, and not one success: the others would hear the same
EVERYBODYS = BY_OPERATOR | {Trouble.ADMIN_CONSENT_MISSING}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """`tried` now, of whom `silent` did not answer; `tally` of everybody in the organisation, by word and reason.
    `hopeless`: why it was given up early, None if it was not."""

    tried: int
    silent: int
    tally: Mapping[tuple[IntegrationKind | None, Trouble | None], int]
    hopeless: Trouble | None = None


@dataclass(slots=True)
class _Run:
    """What one run has seen so far."""

    tried: int = 0
    worked: int = 0
    silent: list[UserId] = field(default_factory=list)
    refusals: list[Trouble] = field(default_factory=list)

    def hopeless(self) -> Trouble | None:
        """What everybody would be refused with."""
        return self.refusals[0] if not self.worked and len(self.refusals) >= HOPELESS else None


@dataclass(frozen=True, slots=True)
class Verifying:
    """`quotas` are the vendors'; tests hand in others."""

    people: People
    integrations: Integrations
    verifications: Verifications
    probing: Probing
    clock: Clock
    quotas: Mapping[Suite, Quota] = field(default_factory=lambda: QUOTAS)

    async def verify(self, name: str, progress: Progress, *, again: bool = False) -> Verified:
        """`again`: also those tried in the last hours. `progress` is told how many of how many. Raises ValueError, with
        a sentence, for an organisation that is not enrolled."""
        organisation = await self.probing.named(name)
        now = self.clock.now()
        before = now if again else now - AGAIN
        total = await self.verifications.count(organisation.id, before)
        paces = {suite: Pace(quota) for suite, quota in self.quotas.items()}
        run = _Run()
        progress(0, total)
        waiting: asyncio.Queue[User | None] = asyncio.Queue(PORTION)

        async def work() -> None:
            while (user := await waiting.get()) is not None:
                if run.hopeless() is None:
                    await self._verify(run, paces, organisation, user)
                    progress(run.tried, total)

        async with asyncio.TaskGroup() as tasks:
            workers = [tasks.create_task(work()) for _ in range(WORKERS)]
            await self._read(run, organisation, before, waiting)
            for _ in workers:
                await waiting.put(None)
        await self._once_more(run, paces, organisation)
        return Verified(
            tried=run.tried,
            silent=len(run.silent),
            tally=await self.verifications.tally(organisation.id),
            hopeless=run.hopeless(),
        )

    async def _read(
        self, run: _Run, organisation: Organisation, before: datetime, waiting: asyncio.Queue[User | None]
    ) -> None:
        after = UserId(0)
        while run.hopeless() is None:
            some = await self.verifications.unverified(organisation.id, before, after, PORTION)
            for user in some:
                if run.hopeless() is not None:
                    return
                await waiting.put(user)
            if len(some) < PORTION:
                return
            after = some[-1].id

    async def _once_more(self, run: _Run, paces: Mapping[Suite, Pace], organisation: Organisation) -> None:
        """Whoever was silent the first time: a vendor that was busy may not be any more."""
        silent, run.silent = run.silent, []
        for number in silent:
            run.tried -= 1
            await self._verify(run, paces, organisation, await self.people.user(number))

    async def _verify(self, run: _Run, paces: Mapping[Suite, Pace], organisation: Organisation, user: User) -> None:
        known = await self.integrations.of(user.id)
        own = () if known.kind is None else (known.kind,)
        by_domain = domain_kinds(user, organisation) if known.kind is None or known.kind.is_individual else ()
        suites = sorted({kind.suite for kind in (*own, *by_domain)})
        try:
            async with AsyncExitStack() as turns:
                for suite in suites:  # in one order, so that two who need both never wait for each other
                    await turns.enter_async_context(paces[suite].turn())
                why = await self.probing.look_at(user)
        except ProviderUnavailable:
            run.silent.append(user.id)
        else:
            run.worked += why is None
            if why in EVERYBODYS:
                run.refusals.append(why)
        run.tried += 1
