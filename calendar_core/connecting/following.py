"""What follows a person's sign-in, and its end: the jobs `welcome` and `revoke`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.happening import ApprovalAsked, CalendarConnected
from calendar_core.integration import Suite, Trouble
from calendar_core.job import Job
from calendar_core.people import Role, Source, User, UserId
from calendar_core.ports import Clock, Consent, Credential, Credentials, Integrations, People, RetryAt, SignIns, Telling
from calendar_core.sign_in import SignInKey, SignInState

from .accounts import is_own
from .signing_in import SigningIn

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=5)
AT_LATEST = timedelta(days=1)  # after that a consent we cannot withdraw is deleted here all the same


@dataclass(frozen=True, slots=True)
class Following:
    """Reads the present state: what was connected again meanwhile is left alone."""

    signing_in: SigningIn
    people: People
    integrations: Integrations
    credentials: Credentials
    sign_ins: SignIns
    consents: Mapping[Suite, Consent]
    clock: Clock

    async def welcome(self, job: Job) -> None:
        """Takes the working hours over from the calendar where it has them, and tells the person."""
        was = await self.sign_ins.sign_in(SignInKey(job.subject[0]))
        if was is None or was.state is not SignInState.CONNECTED:
            return
        user, now = await self.people.user(was.user), self.clock.now()
        hours = await self.signing_in.own_hours(user)
        from_calendar = hours is not None and hours.taken_over_by(user, now).own.hours_from is Source.CALENDAR
        told = CalendarConnected(was.user, was.asked_in.issuer, from_calendar)
        tell = [Telling(was.user, told, now)]
        await self.sign_ins.welcome(was, was.connected(told=True), hours, now, tell=tell)

    async def hours_taken_over(self, user: User) -> tuple[User, bool]:
        """The person with the working hours of their calendar, and whether those are what counts now."""
        read = await self.signing_in.own_hours(user)
        if read is None:
            return user, False
        changed = read.taken_over_by(await self.people.user(user.id), self.clock.now())
        await self.people.update(changed)
        return changed, changed.own.hours_from is Source.CALENDAR

    async def ask_for_approval(self, user: User, suite: Suite) -> User | None:
        """Tells an admin of the person's programme that an administrator of their mail must approve first: once for a
        sign-in that came to nothing by that. None where there is nothing to ask, or nobody."""
        was, admin = await self.sign_ins.needing_approval(user.id, suite), await self.admin_of(user)
        if was is None or admin is None:
            return None
        tell = [Telling(admin.id, ApprovalAsked(user.id, suite), self.clock.now())]
        return admin if await self.sign_ins.change(was, replace(was, tries=1), tell=tell) else None

    async def admin_of(self, user: User) -> User | None:
        """Whom the person can ask by name: the first admin of their programmes who is somebody else."""
        for membership in await self.people.memberships(user.id):
            for member, role in await self.people.members(membership.programme):
                if role is Role.ADMIN and member.id != user.id:
                    return member
        return None

    async def disconnect(self, user: User) -> bool:
        """The person no longer wants it. False where nothing of their own was connected."""
        if not is_own(await self.integrations.of(user.id)):
            return False
        return await self.sign_ins.disconnect(user.id, Trouble.NEVER_CONNECTED, self.clock.now())

    async def revoke(self, job: Job) -> RetryAt | None:
        """Withdraws at the vendor's, and deletes here, what connects nobody any more."""
        user = UserId(int(job.subject[0]))
        credential, integration = await self.credentials.of(user), await self.integrations.of(user)
        if credential is None or integration.kind is credential.kind:
            return None
        try:
            await self._withdrawn(credential)
        except ProviderUnavailable:
            if integration.since is not None and self.clock.now() < integration.since + AT_LATEST:
                return RetryAt(self.clock.now() + AGAIN)
            log.warning("revoke %d: the vendor never answered", user)
        except ProviderRejected as refused:
            log.warning("revoke %d: %s", user, refused.code)
        await self.credentials.remove(user, revision=credential.revision)
        return None

    async def _withdrawn(self, credential: Credential) -> None:
        consent = next((each for each in self.consents.values() if each.kind is credential.kind), None)
        if consent is not None:
            await consent.revoke(credential)
