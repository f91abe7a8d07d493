"""What an operator names at the command line, found in the store: organisations, programmes, people, matches.

Whatever cannot be found is a ValueError whose sentence says what there is instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calendar_core.ended import Leaver
from calendar_core.enrolment import Batch, MatchEnrolled
from calendar_core.job import END_PROGRAMMES, Job
from calendar_core.people import Match, Organisation, Role, User, address_of
from calendar_core.ports import Clock, Endings, Enrolments, Jobs, People, Programmes
from calendar_core.programme import Programme

NAMED = 8  # in one sentence


@dataclass(frozen=True, slots=True)
class Operating:
    """Names are compared without regard to case; what they name is one thing, or refused."""

    people: People
    programmes: Programmes
    enrolments: Enrolments
    endings: Endings
    jobs: Jobs
    clock: Clock

    async def organisation(self, name: str) -> Organisation:
        """Raises ValueError."""
        known = await self.people.organisations()
        for each in known:
            if each.name.casefold() == name.casefold():
                return each
        raise ValueError(f'No organisation is called "{name}". {_there_is(each.name for each in known)}')

    async def programme(self, name: str, organisation: str | None = None) -> Programme:
        """Raises ValueError, also where several organisations have one of that name and none was said."""
        own = None if organisation is None else (await self.organisation(organisation)).id
        known = [each for each in await self.programmes.all() if own in (None, each.organisation)]
        found = [each for each in known if each.name.casefold() == name.casefold()]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValueError(f'No programme is called "{name}". {_there_is(each.name for each in known)}')
        homes = [(await self.people.organisation(each.organisation)).name for each in found]
        raise ValueError(f'"{name}" is a programme of {_listed(homes)}. Say which with --organisation.')

    async def member(self, programme: Programme, address: str) -> User:
        """Raises ValueError."""
        user = await self.people.with_address(address, programme.id)
        if user is None:
            raise ValueError(f"Nobody in {programme.name} has the address {address_of(address)}.")
        return user

    async def match(self, programme: Programme, mentor: str, mentee: str) -> Match:
        """One that has not ended. Raises ValueError."""
        two = [(await self.member(programme, each)).id for each in (mentor, mentee)]
        for each in await self.programmes.matched(two[0]):
            if each.match.programme == programme.id and [each.match.mentor, each.match.mentee] == two:
                return each.match
        mentor, mentee = address_of(mentor), address_of(mentee)
        raise ValueError(f"{mentor} and {mentee} are not mentor and mentee of a match in {programme.name}.")

    async def change_programme(self, changed: Programme) -> None:
        """Stores it; whoever has something planned beyond its end is asked about that."""
        await self.programmes.update(changed)
        await self.jobs.defer(Job(END_PROGRAMMES))

    # --- who may be matched ------------------------------------------------------------------------------------------

    async def list_partner(self, name: str, partner: str, *, listed: bool) -> bool:
        """This organisation lists that one, or no longer: then whoever has something planned across the two is asked
        about that. True if each lists the other now. Raises ValueError."""
        own, other = await self.organisation(name), await self.organisation(partner)
        if own == other:
            raise ValueError(f"{own.name} needs no leave of its own to match its people.")
        await self.people.list_partner(own.id, other.id, listed=listed)
        await self.jobs.defer(Job(END_PROGRAMMES))
        return listed and own.id in await self.people.partners(other.id)

    async def approve(self, programme: Programme, mentor: str, mentee: str, by: str) -> None:
        """Makes a match of which an admin is one, with another admin's consent (decision 13). Raises ValueError."""
        two = [await self.member(programme, each) for each in (mentor, mentee)]
        approver = await self.member(programme, by)
        roles = {user.id: set[Role]() for user, _ in await self.people.members(programme.id)}
        for user, role in await self.people.members(programme.id):
            roles[user.id].add(role)
        for user, role in zip(two, (Role.MENTOR, Role.MENTEE), strict=True):
            if role not in roles[user.id]:
                raise ValueError(f"{address_of(user.email)} is no {role} of {programme.name}.")
        if two[0] == two[1]:
            raise ValueError("Nobody is their own mentor.")
        if approver in two or Role.ADMIN not in roles[approver.id]:
            who = f"an admin of {programme.name} who is not one of the two"
            raise ValueError(f"{address_of(by)} cannot approve that: it takes {who}.")
        owner = await self.people.organisation(programme.organisation)
        theirs = [(await self.people.organisation(user.organisation)).name for user in two]
        known = await self.enrolments.known()
        if not all(known.may_meet(one, other) for one in theirs for other in (owner.name, *theirs)):
            raise ValueError(f"{' and '.join(sorted({owner.name, *theirs}))} do not all list each other.")
        match = MatchEnrolled(
            organisation=owner.name,
            programme=programme.name,
            mentor=two[0].email,
            mentee=two[1].email,
            mentor_organisation=theirs[0],
            mentee_organisation=theirs[1],
            approved_by=approver.id,
        )
        made = await self.enrolments.apply(Batch(matches=(match,)), self.clock.now())
        if made.matches_ended:
            raise ValueError("That match has ended before, and stays ended.")

    # --- what ends ---------------------------------------------------------------------------------------------------

    async def end_match(self, programme: Programme, mentor: str, mentee: str) -> None:
        """Both are told, and asked what becomes of their planned sessions. Raises ValueError."""
        await self.endings.end((await self.match(programme, mentor, mentee)).id, self.clock.now())

    async def leave(self, programme: Programme, address: str, role: Role | None = None) -> None:
        """Their planned sessions are cancelled, and everybody concerned is told. Raises ValueError."""
        user = await self.member(programme, address)
        if not await self.endings.leave(Leaver(user.id, programme.id, role), self.clock.now()):
            raise ValueError(f"{address_of(address)} is no {role} of {programme.name}.")


def _there_is(names: Iterable[str]) -> str:
    known = sorted(set(names))
    return f"There is {_listed(known)}." if known else "There is none yet; import its people first."


def _listed(names: list[str]) -> str:
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    shown = [*names[:NAMED], *more]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
