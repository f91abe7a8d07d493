"""Connecting one's own calendar, as the browser has it.

Opening a link changes nothing, as mail scanners open links; [Continue] spends it and binds it to that browser. If the
vendor's answer comes in another browser, or by another account than the one we know, a code typed in the chat that
asked proves that browser and chat are one person's.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.happening import ConsentNeedsAdmin
from calendar_core.integration import OWN_KINDS, Suite
from calendar_core.people import address_of
from calendar_core.ports import Clock, Consent, Granted, NotGranted, People, SignIns, Telling
from calendar_core.sign_in import Extra, Failure, SignIn, SignInKey, SignInState, hashed, new_code, new_secret

from .accounts import Accounts
from .kept import Answered, answered_text, granted_in, granted_text
from .revoking import Revoking
from .signing_in import connection
from .site import Site

log = logging.getLogger(__name__)

UNDER_WAY = frozenset({SignInState.STARTED, SignInState.ANSWERED, SignInState.CHOOSING, SignInState.CODE})
AGAIN = frozenset(Failure) - {Failure.NOT_ANYMORE, Failure.TOO_MANY_CODES}


@dataclass(frozen=True, slots=True)
class InBrowser:
    """What pages ask. None of it trusts more than a link, a cookie or a `state` of ours."""

    people: People
    accounts: Accounts
    sign_ins: SignIns
    consents: Mapping[Suite, Consent]
    revoking: Revoking
    site: Site
    clock: Clock

    async def opened(self, link: str) -> SignIn | None:
        """Whose link that is; opening it changes nothing."""
        return await self.sign_ins.sign_in(SignInKey(hashed(link)))

    async def seen(self, key: str, browser: str | None) -> SignIn | None:
        """A sign-in as the browser that it is bound to may see it."""
        found = await self.sign_ins.sign_in(SignInKey(key))
        return found if found is not None and found.is_of(browser) else None

    async def begin(self, was: SignIn, browser: str) -> str | None:
        """[Continue], pressed in that browser: the link is spent, and where the browser has to go is given. None if
        somebody was faster, or it is too late. Raises ProviderUnavailable, ProviderRejected: then it is not spent."""
        may = was.state is SignInState.OFFERED or (can_begin_again(was) and was.is_of(browser))
        if was.is_over(self.clock.now()) or not may:
            return None
        user = await self.people.user(was.user)
        if not await self.accounts.may_connect(user, OWN_KINDS[was.suite]):
            await self.sign_ins.change(was, was.refused(Failure.NOT_ANYMORE, browser=browser))
            return None
        await self.revoking.finish(user.id, was.suite)
        state = new_secret()
        redirect = self.site.callback(was.suite)
        extras = frozenset(was.extras) | await self._allowed_before(was)
        sent = await self.consents[was.suite].begin(user, state=state, redirect=redirect, extras=extras)
        started = was.started(browser, state, sent.flow, self.clock.now())
        return sent.url if await self.sign_ins.change(was, started) else None

    async def answer(
        self, suite: Suite, browser: str | None, answer: Mapping[str, str]
    ) -> tuple[SignInKey, str] | None:
        """What the vendor's page sent: looked at once, for the sign-in whose state it carries. Gives that sign-in's
        key and the browser that may see what came of it, a new one where it ended in another. None for an answer to
        nothing, or to what was answered before in another browser."""
        was = await self.sign_ins.answered_with(hashed(answer.get("state", "")))
        if was is None or was.suite is not suite:
            log.warning("sign-in: an answer to nothing")
            return None
        here = browser is not None and was.is_of(browser)
        if was.state is not SignInState.STARTED or not await self.sign_ins.change(was, was.answered()):
            log.info("sign-in of %d: answered before", was.user)
            return (was.key, browser) if browser is not None and here else None
        now = replace(was.answered(), revision=was.revision + 1)
        seer = browser if browser is not None else new_secret()
        await self._looked_at(now, was.kept, answer, seer, here=here)
        return was.key, seer

    async def use_other(self, was: SignIn, browser: str) -> bool:
        """[Use ...], pressed in the browser that signed in: the code then proves that it is the chat's person."""
        if was.state is not SignInState.CHOOSING or was.is_over(self.clock.now()) or not was.is_of(browser):
            return False
        granted, _ = granted_in(was.kept)
        if await self.accounts.is_somebody_elses(await self.people.user(was.user), granted):
            return False
        kept = granted_text(granted, new_code())
        return await self.sign_ins.change(was, was.waiting(SignInState.CODE, kept, browser, self.clock.now()))

    async def _allowed_before(self, was: SignIn) -> frozenset[Extra]:
        """Beside the least that works, at that vendor: whoever connects anew keeps it."""
        known, consent = await self.accounts.credentials.of(was.user), self.consents[was.suite]
        if known is None or known.kind is not consent.kind:
            return frozenset()
        return frozenset(Extra) - consent.not_allowed(known.scopes)

    # --- what came of it ---------------------------------------------------------------------------------------------

    async def _looked_at(self, was: SignIn, flow: str, answer: Mapping[str, str], browser: str, *, here: bool) -> None:
        if was.is_over(self.clock.now()):
            return await self._refused(was, Failure.STALE, browser)
        if not await self.accounts.may_connect(await self.people.user(was.user), OWN_KINDS[was.suite]):
            return await self._refused(was, Failure.NOT_ANYMORE, browser)
        try:
            await self.revoking.finish(was.user, was.suite)
            result = await self.consents[was.suite].finish(flow, answer)
        except ProviderUnavailable:
            return await self._refused(was, Failure.UNAVAILABLE, browser)
        except ProviderRejected:
            return await self._refused(was, Failure.NOT_SET_UP, browser)
        if isinstance(result, NotGranted):
            kept = Answered(result.account, result.missing)
            return await self._refused(was, Failure[result.why.name], browser, kept)
        return await self._granted(was, result, browser, here=here)

    async def _granted(self, was: SignIn, granted: Granted, browser: str, *, here: bool) -> None:
        user, now = await self.people.user(was.user), self.clock.now()
        if not await self.accounts.may_connect(user, granted.kind):
            return await self._refused(was, Failure.NOT_ANYMORE, browser)
        known = address_of(granted.account) == address_of(user.email)
        if await self.accounts.is_somebody_elses(user, granted) or not (
            known or (here and await self.accounts.may_stand_in(user, granted))
        ):
            return await self._refused(was, Failure.WRONG_ACCOUNT, browser, Answered(granted.account))
        if not known:
            choosing = was.waiting(SignInState.CHOOSING, granted_text(granted), browser, now)
            await self.sign_ins.change(was, choosing)
        elif not here:
            kept = granted_text(granted, new_code())
            await self.sign_ins.change(was, was.waiting(SignInState.CODE, kept, browser, now))
        else:
            await self.sign_ins.connect(was, was.connected(told=False), granted, connection(user, granted, self.clock))
        return None

    async def _refused(self, was: SignIn, failure: Failure, browser: str, kept: Answered | None = None) -> None:
        log.info("sign-in of %d: %s", was.user, failure)
        tell = []
        if failure is Failure.ADMIN_MUST_APPROVE:
            happening = ConsentNeedsAdmin(was.user, was.asked_in.issuer, was.suite)
            tell.append(Telling(was.user, happening, self.clock.now()))
        text = answered_text(kept) if kept is not None else ""
        await self.sign_ins.change(was, was.refused(failure, text, browser), tell=tell)


def can_begin_again(sign_in: SignIn) -> bool:
    """In its own browser, without a new link, as long as its time lasts."""
    return sign_in.state in UNDER_WAY or (sign_in.state is SignInState.REFUSED and sign_in.failure in AGAIN)
