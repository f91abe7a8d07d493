"""Passes on to the operator what only the operator can do: limiting an organisation to free/busy."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from calendar_core.errors import NotAllowed, ProviderRejected
from calendar_core.job import Job
from calendar_core.operator_wish import OperatorWish
from calendar_core.people import Organisation, OrganisationId, Role, User
from calendar_core.ports import Clock, OperatorPost, OperatorWishes, People, Programmes

PROGRAMME_ADMIN = "programme-admin"


@dataclass(frozen=True, slots=True)
class Wishing:
    """Admins ask; `pairtime status` shows it, and it is mailed where that is set up (`post`); the operator answers at
    the command line."""

    people: People
    programmes: Programmes
    wishes: OperatorWishes
    post: OperatorPost | None
    clock: Clock

    async def insist_on_admin(self, user: User) -> Organisation:
        """The asker's own organisation. Raises NotAllowed unless the asker is an admin of one of its programmes."""
        organisation = await self.people.organisation(user.organisation)
        for each in await self.people.memberships(user.id):
            if each.role is Role.ADMIN:
                programme = await self.programmes.programme(each.programme)
                if programme.organisation == organisation.id:
                    return organisation
        raise NotAllowed(PROGRAMME_ADMIN, organisation.contact)

    async def standing(self, organisation: OrganisationId) -> OperatorWish | None:
        """What waits for an answer."""
        return next((each for each in await self.wishes.all() if each.organisation == organisation), None)

    async def ask(self, user: User, organisation: Organisation) -> OperatorWish:
        """The one that stands: this one, or an earlier one of somebody else."""
        wish = OperatorWish(organisation.id, user.id, self.clock.now())
        return await self.wishes.ask(wish, mail=self.post is not None)

    async def mail_wish(self, job: Job) -> None:
        """To the operator, if it still waits for an answer. An address that takes no mail is no reason to try again:
        `pairtime status` shows it all the same."""
        wish = await self.standing(OrganisationId(int(job.subject[0])))
        if self.post is not None and wish is not None:
            organisation = await self.people.organisation(wish.organisation)
            with suppress(ProviderRejected):
                await self.post.send(wish, organisation, await self.people.user(wish.asked_by))
