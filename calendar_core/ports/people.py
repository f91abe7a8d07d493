"""The store of who takes part: each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from calendar_core.health import DomainHealth
from calendar_core.integration import Integration, IntegrationKind, Trouble
from calendar_core.people import (
    Identity,
    Match,
    MatchId,
    Membership,
    Organisation,
    OrganisationId,
    ProgrammeId,
    Role,
    User,
    UserId,
)
from calendar_core.programme import Programme

from .telling import Telling


class People(Protocol):
    """Who is who."""

    async def known_as(self, identity: Identity) -> User | None:
        """The person behind a chat account, if linked and active."""

    async def at_address_with(self, email: str, issuer: str) -> tuple[tuple[User, bool], ...]:
        """As at_address; and of each whether an account of that chat is linked."""

    async def user(self, user: UserId) -> User:
        """Raises KeyError for an id that was never given out."""

    async def memberships(self, user: UserId) -> tuple[Membership, ...]:
        """Present ones only."""

    async def members(self, programme: ProgrammeId) -> tuple[tuple[User, Role], ...]:
        """Everybody in it now, by name."""

    async def beginning(self, programmes: Collection[ProgrammeId], typed: str, most: int) -> tuple[User, ...]:
        """So many at most of everybody in one of them now, in the order of their names, of whose name or address a word
        begins so (`calendar_core.name_search`). Nobody of an organisation that has admins told of groups alone."""

    async def with_address(self, email: str, programme: ProgrammeId) -> User | None:
        """A present member of the programme with that address (case ignored)."""

    async def at_address(self, email: str) -> tuple[User, ...]:
        """Everybody with that address (case ignored), one for each organisation: for the operator alone."""

    async def organisation(self, organisation: OrganisationId) -> Organisation:
        """Raises KeyError."""

    async def organisations(self) -> tuple[Organisation, ...]:
        """All of them, by name: for the operator and for jobs."""

    async def link(self, identity: Identity, user: UserId) -> None:
        """The chat account is this person's from now on. Twice is once."""

    async def update(self, user: User) -> None:
        """Stores what has changed about a person. Raises KeyError."""

    async def change(self, user: UserId, change: Callable[[User], User]) -> User:
        """Stores what `change` makes of the person as stored now, and gives it; what it raises leaves all as it was.
        It may be called more than once. Raises KeyError."""

    async def update_organisation(self, organisation: Organisation) -> None:
        """Stores what has changed about it. Raises KeyError."""

    async def partners(self, organisation: OrganisationId) -> frozenset[OrganisationId]:
        """Whom its operator lists; nothing comes of it unless they list it as well (decision 26)."""

    async def list_partner(self, organisation: OrganisationId, partner: OrganisationId, *, listed: bool) -> None:
        """From now on it lists that one, or no longer. Twice is once. Matches across the two stand while both do."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A match as one of its two needs it, whole: `integration` is that person's own."""

    match: Match
    programme: Programme
    partner: User
    integration: Integration
    partner_integration: Integration


class Programmes(Protocol):
    """Programmes and the matches in them."""

    async def programme(self, programme: ProgrammeId) -> Programme:
        """Raises KeyError."""

    async def all(self) -> tuple[Programme, ...]:
        """Every programme, by name: for the operator and for jobs."""

    async def match(self, match: MatchId) -> Match | None:
        """Ended ones included."""

    async def taking_part(self, account: Identity) -> tuple[User, tuple[Matched, ...]] | None:
        """Whose account that is, with what `matched` gives; None unless that person is in any programme now."""

    async def matched(self, user: UserId) -> tuple[Matched, ...]:
        """Matches that have not ended, of programmes that neither of the two has left; the oldest first."""

    async def matches_in(self, programme: ProgrammeId) -> tuple[Match, ...]:
        """The same of everybody in it, without what goes with them."""

    async def update(self, programme: Programme) -> None:
        """Stores what has changed about it. Raises KeyError."""

    async def opened(self, match: MatchId, at: datetime) -> None:
        """Both were told: look-ups are open from then on. The earlier of two times stays."""


class Integrations(Protocol):
    """How each person's calendar is connected."""

    async def of(self, user: UserId) -> Integration:
        """Always one: kind None with the reason where nothing is connected."""

    async def of_all(self, users: Iterable[UserId]) -> Mapping[UserId, Integration]:
        """The same for many, in one go."""

    async def connected(self, *integrations: Integration) -> None:
        """Stores each whole, replacing what was there: all of them or none. Whoever has opted out stays so."""

    async def worked(self, user: UserId, at: datetime, *, through: Integration | None = None) -> None:
        """A provider answered: what was broken is OK again. Nothing is written when it was OK within the hour, and
        nothing of a connection (`through`) that was replaced meanwhile."""

    async def broke(self, user: UserId, trouble: Trouble, at: datetime, *, through: Integration | None = None) -> bool:
        """A provider said no. The kind stays, the reason is kept: REVOKED if access was withdrawn, else BROKEN.
        True if that is news; of a connection (`through`) that was replaced meanwhile nothing is."""

    async def domain_refused(self, through: Integration, trouble: Trouble, at: datetime) -> bool:
        """Nobody of that integration's domain is let in: nobody's own connection changes, and the admins are told
        once. True if that is news."""

    async def domain_worked(self, through: Integration, at: datetime) -> None:
        """Its domain lets people in. Whoever was told that it did not is told so."""

    async def due(self, now: datetime, limit: int) -> tuple[User, ...]:
        """People of a programme who are connected, well or ill, and were not looked at for about a day: each at a time
        of their own, in an order that changes. Nobody of a domain that lets nobody in."""

    async def canaries(self) -> tuple[User, ...]:
        """One person of each domain that lets nobody in, whose own connection is sound: asking them tells for all."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What somebody was told about a connection that broke, and when they are told again (None: never).

    `for_it`: the person could do nothing, so the admins were told.
    """

    user: UserId
    for_it: bool
    told: int
    told_at: datetime | None
    due_at: datetime | None
    stopped_at: datetime | None


class Repairs(Protocol):
    """Connections that broke and were not repaired yet: what is still to be asked of whom."""

    async def of(self, user: UserId) -> Repair | None:
        """None where nothing of theirs is broken, or nobody can do anything about it."""

    async def later(self, user: UserId, at: datetime) -> bool:
        """[Tomorrow]: told again then. False if nothing is broken any more."""

    async def stop(self, user: UserId, at: datetime) -> bool:
        """[Stop asking], until it has worked again. False if nothing is broken any more."""

    async def remind(self, now: datetime) -> None:
        """Has everybody told who is due, and the admins of what only IT can repair. Twice is once."""


class Domains(Protocol):
    """How whole organisations are let in."""

    async def of(self, organisations: Iterable[OrganisationId]) -> tuple[DomainHealth, ...]:
        """Of each kind of connection that was ever tried there."""

    async def ends(self, organisation: OrganisationId, kind: IntegrationKind, at: datetime, now: datetime) -> None:
        """When the secret or certificate behind that kind ends. The admins are warned in time. Twice is once."""


class Verifications(Protocol):
    """Everybody of an organisation with their connection, in portions, by id."""

    async def unverified(
        self, organisation: OrganisationId, before: datetime, after: UserId, limit: int
    ) -> tuple[User, ...]:
        """People who have not opted out and were not looked at since `before`, with ids above `after`."""

    async def count(self, organisation: OrganisationId, before: datetime) -> int:
        """How many those are."""

    async def tally(self, organisation: OrganisationId) -> Mapping[tuple[IntegrationKind | None, Trouble | None], int]:
        """How many people have which word, with which reason (None: it works)."""

    async def statuses(
        self, organisation: OrganisationId, after: UserId, limit: int, programme: ProgrammeId | None = None
    ) -> tuple[tuple[User, Integration], ...]:
        """Everybody with ids above `after`, and how each is connected; or, where a programme is named, everybody who is
        in it now, guests of another organisation included."""


class Unconnected(Protocol):
    """People who have no calendar connected, or by their own consent alone, and are to be tried by the consent of their
    organisation's domain."""

    async def untried(self, organisations: Iterable[OrganisationId], before: datetime, limit: int) -> tuple[User, ...]:
        """People of these organisations, and of a programme, who are not connected, have not opted out, and were not
        tried since `before`; and those connected by themselves who were not looked at since `retry`."""

    async def retry(self, organisation: OrganisationId) -> None:
        """Its people whom no consent of a domain connects count as untried again. Twice is once."""

    async def covered(self, by_domain: Integration, instead_of: Integration, tell: Iterable[Telling]) -> bool:
        """The consent of the organisation reaches somebody who was connected by their own: it counts from now on, and
        a job withdraws the own one. False, and nothing written, where that is not how they are connected any more, or
        while another vendor's calendar still has sessions of theirs that are to come."""

    async def opt_out(self, user: UserId, at: datetime) -> bool:
        """Not connected, because the person said so, and a job that revokes and deletes what their consent left us. No
        probe, no failure and no success changes that: only `opt_in` does, or the person's own signing in. False, and
        nothing written, if it was so already."""

    async def opt_in(self, user: UserId, at: datetime, *, probe: bool) -> None:
        """Never connected, as far as the person minds; with the job that tries it, if wanted. Twice is once."""
