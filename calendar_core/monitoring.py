"""Keeps watch over connections: reminds whoever can repair one, warns of what ends, and tells admins how it stands.

Answers come from the state of connections alone, never from anybody's free/busy (decision 15).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from calendar_core.errors import GroupsOnly, NotAllowed
from calendar_core.health import DomainHealth, Repairer, Unwell, repairer
from calendar_core.integration import Integration, IntegrationKind, domain_wide_kinds
from calendar_core.job import Job
from calendar_core.name_search import calls
from calendar_core.naming import nameable
from calendar_core.people import Organisation, OrganisationId, ProgrammeId, Role, User, UserId
from calendar_core.ports import Clock, Domains, HomeChats, Integrations, Jobs, People, Programmes, Repairs, Unreached

ADMIN = "programme-admin"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrganisationHealth:
    """How one organisation's calendars are reached; `domains` are those ever tried."""

    organisation: Organisation
    domains: tuple[DomainHealth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """For an admin: the organisations of their programmes, and the durable work of the whole installation.

    `mail` is None where this installation sends none, else whether its server takes mail. `unwell`: what else was found
    not to be as it should.
    """

    organisations: tuple[OrganisationHealth, ...]
    waiting: int
    dead: int
    mail: bool | None
    at: datetime
    unwell: frozenset[Unwell] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHealth:
    """One person's connection, for an admin of a programme they are in."""

    user: User
    role: Role
    integration: Integration
    repairer: Repairer | None
    reachable: str | None
    unreached: Unreached | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """[Check now]. `answered` False: nobody answered. Asked: which connection was in place then, None where none."""

    health: PersonHealth
    asked: IntegrationKind | None
    answered: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """`check` asks one person's calendar whether it answers, and stores what came of it (Probing.check).
    `ends` says when the installation's secret or certificate for a kind ends."""

    people: People
    programmes: Programmes
    integrations: Integrations
    repairs: Repairs
    domains: Domains
    jobs: Jobs
    home_chats: HomeChats
    clock: Clock
    check_calendar: Callable[[User], Awaitable[bool]]
    ends: Mapping[IntegrationKind, datetime] = field(default_factory=dict)
    mail_works: Callable[[], Awaitable[bool]] | None = None
    unwell: Callable[[], Awaitable[frozenset[Unwell]]] | None = None

    async def watch(self, _job: Job) -> None:
        """The job `monitor`: reminds who is due, and warns of secrets that end. Twice is once."""
        now = self.clock.now()
        await self.repairs.remind(now)
        for organisation in await self.people.organisations():
            for kind in domain_wide_kinds(organisation):
                if (ends_at := self.ends.get(kind)) is not None:
                    await self.domains.ends(organisation.id, kind, ends_at, now)

    async def health(self, asker: User) -> HealthReport:
        """Raises NotAllowed for whoever administers nothing."""
        programmes = await self._administered(asker)
        owners = {(await self.programmes.programme(each)).organisation for each in programmes}
        organisations = [await self.people.organisation(each) for each in sorted(owners)]
        known = await self.domains.of(owners)
        return HealthReport(
            organisations=tuple(
                OrganisationHealth(each, tuple(health for health in known if health.organisation == each.id))
                for each in organisations
            ),
            waiting=await self.jobs.overdue(),
            dead=await self.jobs.dead(),
            mail=None if self.mail_works is None else await self.mail_works(),
            at=self.clock.now(),
            unwell=frozenset() if self.unwell is None else await self.unwell(),
        )

    async def named(self, asker: User, typed: str) -> tuple[PersonHealth, ...]:
        """Everybody of the asker's programmes who is called so: by address, whole name, or one word of it. Raises
        NotAllowed, GroupsOnly."""
        found: dict[UserId, tuple[User, Role]] = {}
        for programme in await self._naming(asker):
            for user, role in await nameable(self.people, programme):
                if calls(typed, user.name, user.email):
                    found.setdefault(user.id, (user, role))
        return tuple([await self._of(user, role) for user, role in found.values()])

    async def beginning(self, asker: User, typed: str, most: int) -> tuple[User, ...]:
        """So many at most of the asker's programmes, in the order of their names, of whose name or address a word
        begins so. Raises NotAllowed, GroupsOnly."""
        return await self.people.beginning(await self._naming(asker), typed, most)

    async def person(self, asker: User, user: UserId) -> PersonHealth:
        """Raises NotAllowed for somebody of other programmes, GroupsOnly."""
        for programme in await self._naming(asker):
            for member, role in await nameable(self.people, programme):
                if member.id == user:
                    return await self._of(member, role)
        raise NotAllowed(ADMIN, (await self.people.organisation(asker.organisation)).contact)

    async def check(self, asker: User, user: UserId) -> Checked:
        """Asks that calendar now. Raises NotAllowed."""
        before = await self.person(asker, user)
        answered = await self.check_calendar(before.user)
        after = await self._of(before.user, before.role)
        asked = after.integration.kind or before.integration.kind
        return Checked(health=after, asked=asked, answered=answered, at=self.clock.now())

    async def later(self, user: User) -> bool:
        """[Tomorrow]. False if their calendar works already."""
        return await self.repairs.later(user.id, self.clock.now() + A_DAY)

    async def stop(self, user: User) -> bool:
        """[Stop asking]. False if their calendar works already."""
        return await self.repairs.stop(user.id, self.clock.now())

    async def of_domain(self, organisation: OrganisationId, kind: str, domain: str) -> DomainHealth | None:
        """How one domain is let in at present."""
        known = await self.domains.of((organisation,))
        return next((each for each in known if (each.kind, each.domain) == (kind, domain)), None)

    async def _of(self, user: User, role: Role) -> PersonHealth:
        integration = await self.integrations.of(user.id)
        trouble = integration.trouble
        return PersonHealth(
            user=user,
            role=role,
            integration=integration,
            repairer=None if integration.usable or trouble is None else repairer(integration.kind, trouble),
            reachable=(await self.home_chats.of([user.id])).get(user.id),
            unreached=(await self.home_chats.why_not([user.id])).get(user.id),
        )

    async def _naming(self, asker: User) -> list[ProgrammeId]:
        """Those of which an admin may be told of people by name (decision 22)."""
        programmes = await self._administered(asker)
        owners = [(await self.programmes.programme(each)).organisation for each in programmes]
        open_to_names = [
            programme
            for programme, owner in zip(programmes, owners, strict=True)
            if not (await self.people.organisation(owner)).groups_only
        ]
        if not open_to_names:
            raise GroupsOnly
        return open_to_names

    async def _administered(self, asker: User) -> list[ProgrammeId]:
        own = [each.programme for each in await self.people.memberships(asker.id) if each.role is Role.ADMIN]
        if not own:
            raise NotAllowed(ADMIN, (await self.people.organisation(asker.organisation)).contact)
        return own
