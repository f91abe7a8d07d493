"""Connecting one's own calendar, as the chat has it: a personal link, and the code that proves who signed in."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from calendar_core.errors import CalendarError
from calendar_core.integration import OWN_KINDS, Health, Integration, Suite
from calendar_core.people import Identity, User
from calendar_core.ports import Calendars, Clock, Consent, Granted, OwnHours, SignIns
from calendar_core.sign_in import CODE_TRIES, Extra, Failure, offered

from .accounts import Accounts
from .kept import granted_in
from .outcomes import CodeNotAwaited, CodeWrong, Connected, LinkOffered, NotSetUp
from .site import Site

log = logging.getLogger(__name__)

HOURS_WITHIN = 5.0  # seconds: nobody is kept waiting longer for their working hours


@dataclass(frozen=True, slots=True)
class SigningIn:
    """`site` is None where this installation has no address that browsers reach: then nobody can connect here."""

    accounts: Accounts
    sign_ins: SignIns
    calendars: Calendars
    consents: Mapping[Suite, Consent]
    site: Site | None
    clock: Clock

    async def suites(self, user: User) -> tuple[Suite, ...]:
        """Whose calendars this person can connect by themselves here."""
        if self.site is None:
            return ()
        return tuple([suite for suite in self.consents if await self.accounts.may_connect(user, OWN_KINDS[suite])])

    async def offer(
        self, user: User, suite: Suite, asked_in: Identity, extras: tuple[Extra, ...] = ()
    ) -> LinkOffered | NotSetUp:
        """A link for this person alone, for one use within ten minutes; it has to be shown in that chat alone. `extras`
        are asked for beside the least that works."""
        if self.site is None or suite not in await self.suites(user):
            return NotSetUp()
        sign_in, secret = offered(user.id, suite, asked_in, self.clock.now(), extras)
        await self.sign_ins.offer(sign_in)
        return LinkOffered(suite, self.site.link(suite, secret))

    async def could_allow(self, user: User, extra: Extra) -> Suite | None:
        """Whose page can ask the person for that: where their own consent connects them, and leaves it out."""
        integration = await self.accounts.integrations.of(user.id)
        suite, credential = integration.suite, await self.accounts.credentials.of(user.id)
        if suite is None or credential is None or credential.kind is not integration.kind:
            return None
        if suite not in await self.suites(user) or extra not in self.consents[suite].not_allowed(credential.scopes):
            return None
        return suite

    async def code_typed(self, user: User, asked_in: Identity, code: str) -> Connected | CodeWrong | CodeNotAwaited:
        """A code shown in the browser, typed in the chat that asked: the person is who signed in there."""
        while True:
            was = await self.sign_ins.awaiting_code(user.id, asked_in)
            if was is None or was.is_over(self.clock.now()):
                return CodeNotAwaited()
            granted, right = granted_in(was.kept)
            if not hmac.compare_digest(code.encode(), right.encode()):
                now = was.tried()
                if await self.sign_ins.change(was, now):
                    log.info("sign-in: wrong code, try %d", now.tries)
                    return CodeWrong(CODE_TRIES - now.tries)
                continue  # another was typed at the same time: both count
            may = await self.accounts.may_connect(user, granted.kind)
            if not may or await self.accounts.is_somebody_elses(user, granted):
                await self.sign_ins.change(was, was.refused(Failure.NOT_ANYMORE))
                return CodeNotAwaited()
            connected = connection(user, granted, self.clock)
            if await self.sign_ins.connect(was, was.connected(told=True), granted, connected):
                refused = self.consents[was.suite].not_allowed(granted.scopes)
                return Connected(connected, was.extras, tuple(each for each in was.extras if each in refused))

    async def own_hours(self, user: User) -> OwnHours | None:
        """Working hours as the person's own calendar has them; None where they cannot be read, or not soon."""
        try:
            async with asyncio.timeout(HOURS_WITHIN):
                source = (await self.calendars.of(user)).hours
                return None if source is None else await source.working_hours()
        except (CalendarError, TimeoutError):
            return None


def connection(user: User, granted: Granted, clock: Clock) -> Integration:
    """What stands once a consent is kept."""
    return Integration(user.id, granted.kind, Health.OK, granted.account, since=clock.now())
