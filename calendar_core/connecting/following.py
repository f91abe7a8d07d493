"""What follows a person's sign-in: the job `welcome`; and its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calendar_core.happening import ApprovalAsked, CalendarConnected
from calendar_core.integration import Suite, Trouble
from calendar_core.job import Job
from calendar_core.people import Role, Source, User
from calendar_core.ports import Clock, Consent, Credentials, Integrations, People, SignIns, Telling
from calendar_core.sign_in import Extra, SignInKey, SignInState

from .accounts import is_own
from .signing_in import SigningIn


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
        hours, asked = await self.signing_in.own_hours(user), Extra.WORKING_HOURS in was.extras
        taken = None if hours is None else hours.taken_over_by(user, now, asked=asked)
        from_calendar = taken is not None and taken.own.hours_from is Source.CALENDAR
        credential = await self.credentials.of(was.user)
        refused = self.consents[was.suite].not_allowed(credential.scopes) if credential else frozenset()
        told = CalendarConnected(
            was.user, was.asked_in.issuer, from_calendar, tuple(each for each in was.extras if each in refused)
        )
        tell = [Telling(was.user, told, now)]
        await self.sign_ins.welcome(was, was.connected(told=True), hours, now, tell=tell)

    async def hours_taken_over(self, user: User, *, asked: bool) -> tuple[User, bool]:
        """The person with the working hours of their calendar, and whether those are what counts now. `asked`: it was
        they who wanted these."""
        read = await self.signing_in.own_hours(user)
        if read is None:
            return user, False
        changed = read.taken_over_by(await self.people.user(user.id), self.clock.now(), asked=asked)
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
