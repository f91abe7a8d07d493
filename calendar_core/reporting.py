"""What administrators may ask: who hasn't integrated, and which matches that keeps apart.

Answers come from the roster and from the state of connections alone, never from anybody's free/busy (decision 15).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from calendar_core.errors import NotAllowed
from calendar_core.integration import Integration, IntegrationKind, Suite, Trouble, domain_kinds
from calendar_core.naming import nameable
from calendar_core.people import Match, Organisation, ProgrammeId, Role, User, UserId
from calendar_core.ports import HomeChats, Integrations, People, Programmes, Unreached

PROGRAMME_ADMIN = "programme-admin"
GROUP = 5  # people, or matches
Part = TypeVar("Part", IntegrationKind, Suite)
OUT_OF_REACH = frozenset({Trouble.NO_MAILBOX, Trouble.OPTED_OUT})  # no consent of a domain would change that


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationReport:
    """Of one programme, for one of its admins' eyes alone (decision 10).

    `not_working` are those asked for, what broke before what never worked, each of these by name, each with the
    chat that reaches them. A match counts as one-sided if exactly one of its two can be used; `could_complete` says
    how many of these the suite's domain-wide connection would make whole, as far as colleagues at the same address
    show whose mail it is.

    `groups_only`: nobody is named, and a figure is 0 where it would be of fewer than five people or matches, or would
    tell how many fewer than five the others are (decision 22). Otherwise guests of an organisation that wants it so are
    left out as if they were not there: a figure with them in it would tell of them.
    """

    programme: str
    people: int
    working: Mapping[IntegrationKind, int]
    not_working: tuple[tuple[User, Role, Integration, str | None, Unreached | None], ...]
    total_not_working: int
    matches_one_side_missing: int
    could_complete: Mapping[Suite, int]
    groups_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationPage:
    """Some of the people of one programme, by name, each with how they are connected (row S6); `total` of them there
    are in all."""

    programme: str
    people: tuple[tuple[User, Role, Integration], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Reporting:
    """Reads the store only."""

    people: People
    programmes: Programmes
    integrations: Integrations
    home_chats: HomeChats

    async def not_integrated(
        self, asker: User, programme: ProgrammeId | None, *, skip: int = 0, count: int = 3
    ) -> IntegrationReport:
        """Of a programme the asker is an admin of: the one named, else the newest. Raises NotAllowed."""
        number = await self._administered(asker, programme)
        about = await self.programmes.programme(number)
        organisation = await self.people.organisation(about.organisation)
        everybody = organisation.groups_only  # figures alone are told then
        whom = await (self.people.members(number) if everybody else nameable(self.people, number))
        members = {user.id: (user, role) for user, role in whom}  # of two roles the last
        known = await self.integrations.of_all(members)
        missing = sorted((each for each in members if not known[each].usable), key=lambda each: _how_soon(known[each]))
        matches = await self.programmes.matches_in(number)
        lame = [match for match in matches if _has_one_side(match, known)]
        shown = missing[skip : skip + count]
        chats = await self.home_chats.of(shown)
        why_not = await self.home_chats.why_not(shown)
        suites = _suites_by_domain((members[each][0], known[each]) for each in members)
        report = IntegrationReport(
            programme=about.name,
            people=len(members),
            working=_working(known.values()),
            not_working=tuple((*members[each], known[each], chats.get(each), why_not.get(each)) for each in shown),
            total_not_working=len(missing),
            matches_one_side_missing=len(lame),
            could_complete=Counter(
                suite
                for match in lame
                for suite in _would_complete(*_missing_side(match, members, known), organisation, suites)
            ),
        )
        return of_groups(report, len(matches)) if organisation.groups_only else report

    async def integrations_of(
        self, asker: User, programme: ProgrammeId | None, kinds: Collection[IntegrationKind | None], page: slice
    ) -> IntegrationPage | None:
        """Whose status is one of `kinds`. None where admins hear of groups alone (decision 22). Raises NotAllowed."""
        number = await self._administered(asker, programme)
        about = await self.programmes.programme(number)
        if (await self.people.organisation(about.organisation)).groups_only:
            return None
        members = {user.id: (user, role) for user, role in await nameable(self.people, number)}
        known = await self.integrations.of_all(members)
        found = sorted(
            (each for each in members if known[each].kind in kinds),
            key=lambda each: (members[each][0].name.casefold(), each),
        )
        people = tuple((*members[each], known[each]) for each in found[page])
        return IntegrationPage(programme=about.name, people=people, total=len(found))

    async def _administered(self, asker: User, wanted: ProgrammeId | None) -> ProgrammeId:
        own = [each.programme for each in await self.people.memberships(asker.id) if each.role is Role.ADMIN]
        if not own or (wanted is not None and wanted not in own):
            raise NotAllowed(PROGRAMME_ADMIN, (await self.people.organisation(asker.organisation)).contact)
        return max(own) if wanted is None else wanted


def of_groups(report: IntegrationReport, matches: int) -> IntegrationReport:
    """The same, as far as it is about groups."""
    people, broken = report.people, report.total_not_working
    told = people >= GROUP and _is_group(broken, people)
    kinds = _groups(report.working, sum(report.working.values())) if told else {}
    lame = report.matches_one_side_missing
    apart = _is_group(lame, matches)
    return replace(
        report,
        working=kinds,
        not_working=(),
        total_not_working=broken if told else 0,
        matches_one_side_missing=lame if apart else 0,
        could_complete=_groups(report.could_complete, lame) if apart else {},
        groups_only=True,
    )


def _groups(parts: Mapping[Part, int], of: int) -> dict[Part, int]:
    """Those of five or more; none where the rest would be a small group."""
    groups = {part: count for part, count in parts.items() if count >= GROUP}
    return {} if of - sum(groups.values()) in range(1, GROUP) else groups


def _is_group(some: int, of: int) -> bool:
    """Neither these nor the others are so few that figures would be about each."""
    return some >= GROUP and of - some >= GROUP


def _working(integrations: Iterable[Integration]) -> dict[IntegrationKind, int]:
    """In the order of the labels; kinds that nobody has are left out."""
    counted = Counter(each.kind for each in integrations if each.usable)
    return {kind: counted[kind] for kind in IntegrationKind if counted[kind]}


def _how_soon(integration: Integration) -> int:
    """What an admin can have repaired comes first: what once worked, then what never did. Whoever opted out wants it
    so."""
    if integration.trouble is Trouble.OPTED_OUT:
        return 2
    return 1 if integration.kind is None else 0


def _has_one_side(match: Match, known: Mapping[UserId, Integration]) -> bool:
    mentor, mentee = known.get(match.mentor), known.get(match.mentee)
    return mentor is not None and mentee is not None and mentor.usable != mentee.usable


def _missing_side(
    match: Match, members: Mapping[UserId, tuple[User, Role]], known: Mapping[UserId, Integration]
) -> tuple[User, Integration]:
    side = match.mentee if known[match.mentor].usable else match.mentor
    return members[side][0], known[side]


def _suites_by_domain(people: Iterable[tuple[User, Integration]]) -> dict[str, frozenset[Suite]]:
    """Whose mail it is, as far as working calendars show."""
    suites: dict[str, frozenset[Suite]] = {}
    for user, integration in people:
        if integration.usable and integration.suite is not None:
            domain = _domain_of(user)
            suites[domain] = suites.get(domain, frozenset()) | {integration.suite}
    return suites


def _would_complete(
    user: User, integration: Integration, organisation: Organisation, suites: Mapping[str, frozenset[Suite]]
) -> frozenset[Suite]:
    """The one suite whose domain-wide connection, not made yet, would reach this person; empty if nothing tells."""
    if integration.trouble in OUT_OF_REACH:
        return frozenset()
    own = integration.suite
    likely = suites.get(_domain_of(user), frozenset()) if own is None else frozenset({own})
    likely -= {kind.suite for kind in domain_kinds(user, organisation)}
    return likely if len(likely) == 1 else frozenset()


def _domain_of(user: User) -> str:
    return user.email.rpartition("@")[2].casefold()
