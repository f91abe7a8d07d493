"""Who hasn't integrated: for admins of the programme, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calendar_core.ended import Leaver
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.errors import NotAllowed
from calendar_core.integration import Health, Integration, IntegrationKind, Suite, Trouble
from calendar_core.people import ProgrammeId, Role, User, UserId
from calendar_core.ports import Unreached
from calendar_core.reporting import IntegrationReport, Reporting, of_groups
from calendar_core.store import Store, open_store
from sandbox.clock import WorldClock

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
GOOGLE, OUTLOOK = IntegrationKind.GOOGLE_DOMAIN, IntegrationKind.OUTLOOK_DOMAIN
OWN_OUTLOOK = IntegrationKind.OUTLOOK_INDIVIDUAL
PEOPLE: Mapping[str, tuple[Role, IntegrationKind | None, Trouble | None]] = {
    "ana@example.com": (Role.MENTEE, GOOGLE, None),
    "dora@example.com": (Role.MENTEE, GOOGLE, None),
    "lea@example.com": (Role.MENTOR, None, Trouble.NEVER_CONNECTED),
    "noor@example.com": (Role.MENTOR, None, Trouble.NO_MAILBOX),
    "priya@example.com": (Role.ADMIN, GOOGLE, None),
    "sam@example.net": (Role.MENTOR, OUTLOOK, None),
    "tom@example.net": (Role.MENTEE, OWN_OUTLOOK, Trouble.ACCESS_WITHDRAWN),
    "uma@example.com": (Role.MENTEE, None, Trouble.OPTED_OUT),
}
PAIRS = (
    ("sam@example.net", "ana@example.com"),
    ("lea@example.com", "dora@example.com"),
    ("noor@example.com", "ana@example.com"),
    ("sam@example.net", "tom@example.net"),
    ("sam@example.net", "uma@example.com"),
    ("lea@example.com", "tom@example.net"),
)


class Chats:
    """Lea can be reached in a chat, nobody else."""

    def __init__(self, reachable: Iterable[UserId]) -> None:
        self._reachable = frozenset(reachable)

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        return {user: "Teams" for user in users if user in self._reachable}

    async def why_not(self, users: Iterable[UserId]) -> Mapping[UserId, Unreached]:
        return {user: Unreached.NO_ACCOUNT for user in users if user not in self._reachable}


class Asked:
    """The programme, and a way to ask about it."""

    def __init__(self, store: Store, users: Mapping[str, User], programme: ProgrammeId) -> None:
        self.store, self.users, self.programme = store, users, programme

    async def report(
        self, who: str = "priya@example.com", programme: ProgrammeId | None = None, *, skip: int = 0, count: int = 3
    ) -> IntegrationReport:
        chats = Chats([self.users["lea@example.com"].id])
        reporting = Reporting(self.store.people, self.store.programmes, self.store.integrations, chats)
        return await reporting.not_integrated(self.users[who], programme, skip=skip, count=count)

    async def set_up(self, *google_domains: str, tenant: str | None = None) -> None:
        (organisation,) = await self.store.people.organisations()
        changed = replace(organisation, google_domains=google_domains, entra_tenant=tenant, contact="it@example.com")
        await self.store.people.update_organisation(changed)


def enrolled(email: str, role: Role, programme: str = "Leaders 2026") -> PersonEnrolled:
    name = email.partition("@")[0].title()
    return PersonEnrolled(organisation="Example", programme=programme, role=role, email=email, name=name)


@pytest.fixture
async def asked(migrated_url: str) -> AsyncIterator[Asked]:
    store = open_store(migrated_url, WorldClock(NOW))
    pairs = tuple(
        MatchEnrolled(organisation="Example", programme="Leaders 2026", mentor=mentor, mentee=mentee)
        for mentor, mentee in PAIRS
    )
    await store.enrolments.apply(Batch(tuple(enrolled(who, role) for who, (role, *_) in PEOPLE.items()), pairs), NOW)
    users = {who: (await store.people.at_address(who))[0] for who in PEOPLE}
    for who, (_, kind, trouble) in PEOPLE.items():
        health = Health.BROKEN if trouble else Health.OK
        await store.integrations.connected(Integration(users[who].id, kind, health, who, trouble, NOW, NOW))
    (membership,) = await store.people.memberships(users["priya@example.com"].id)
    yield Asked(store, users, membership.programme)
    await store.close()


async def test_an_admin_sees_how_many_work_by_the_exact_labels(asked: Asked) -> None:
    report = await asked.report()
    assert (report.programme, report.people) == ("Leaders 2026", 8)
    assert {kind.value: number for kind, number in report.working.items()} == {
        "Google - Domain": 3,
        "Outlook - Domain": 1,
    }
    assert report.total_not_working == 4


async def test_those_who_do_not_work_come_by_name_with_their_reason_and_their_chat(asked: Asked) -> None:
    report = await asked.report()
    assert [(user.name, role, reach) for user, role, _, reach, _ in report.not_working] == [
        ("Tom", Role.MENTEE, None),
        ("Lea", Role.MENTOR, "Teams"),
        ("Noor", Role.MENTOR, None),
    ]
    assert [(integration.kind, integration.trouble) for _, _, integration, _, _ in report.not_working] == [
        (OWN_OUTLOOK, Trouble.ACCESS_WITHDRAWN),
        (None, Trouble.NEVER_CONNECTED),
        (None, Trouble.NO_MAILBOX),
    ]
    rest = await asked.report(skip=3)
    assert [user.name for user, *_ in rest.not_working] == ["Uma"]
    assert rest.total_not_working == 4
    assert (await asked.report(skip=99)).not_working == ()


async def test_matches_with_one_side_missing_are_counted_and_what_would_complete_them(asked: Asked) -> None:
    report = await asked.report()
    assert report.matches_one_side_missing == 4
    assert report.could_complete == {Suite.GOOGLE: 1, Suite.MICROSOFT: 1}


async def test_a_domain_that_is_connected_already_would_complete_nothing_more(asked: Asked) -> None:
    await asked.set_up("example.com", tenant="11111111-2222-3333-4444-555555555555")
    report = await asked.report()
    assert report.matches_one_side_missing == 4
    assert report.could_complete == {}


async def test_where_an_address_shows_no_suite_nothing_is_claimed(asked: Asked) -> None:
    for who in ("ana@example.com", "dora@example.com"):
        await asked.store.integrations.connected(Integration(asked.users[who].id, OUTLOOK, Health.OK, who))
    assert (await asked.report()).could_complete == {Suite.MICROSOFT: 1}


async def test_a_person_in_two_roles_is_one_person(asked: Asked) -> None:
    await asked.store.enrolments.apply(Batch((enrolled("lea@example.com", Role.ADMIN),)), NOW)
    report = await asked.report()
    assert (report.people, report.total_not_working) == (8, 4)
    assert [role for user, role, *_ in report.not_working if user.name == "Lea"] == [Role.MENTOR]


@pytest.mark.parametrize("who", ["ana@example.com", "sam@example.net"])
async def test_nobody_else_learns_anything(asked: Asked, who: str) -> None:
    await asked.set_up()
    for programme in (None, asked.programme, ProgrammeId(99)):
        with pytest.raises(NotAllowed) as refused:
            await asked.report(who, programme)
        assert (refused.value.role, refused.value.contact) == ("programme-admin", "it@example.com")


async def test_an_admin_of_another_programme_learns_nothing_of_this_one(asked: Asked) -> None:
    await asked.store.enrolments.apply(Batch((enrolled("ana@example.com", Role.ADMIN, "Makers 2026"),)), NOW)
    assert (await asked.report("ana@example.com")).programme == "Makers 2026"
    with pytest.raises(NotAllowed):
        await asked.report("ana@example.com", asked.programme)
    with pytest.raises(NotAllowed):
        await asked.report("priya@example.com", ProgrammeId(asked.programme + 1))


async def test_an_admin_who_left_is_none(asked: Asked) -> None:
    await asked.store.endings.leave(Leaver(asked.users["priya@example.com"].id, asked.programme), NOW)
    with pytest.raises(NotAllowed):
        await asked.report()


async def test_an_organisation_may_keep_its_admins_to_groups(asked: Asked) -> None:
    """Decision 22: figures of five or more, nobody by name, and nothing that the rest would give away."""
    organisation = await asked.store.people.organisation(asked.users["ana@example.com"].organisation)
    await asked.store.people.update_organisation(replace(organisation, groups_only=True))
    report = await asked.report()
    assert report.groups_only
    assert (report.people, report.not_working) == (8, ())
    assert (report.total_not_working, report.working, report.matches_one_side_missing) == (0, {}, 0)


async def test_a_guest_whose_own_organisation_tells_of_groups_alone_is_left_out(asked: Asked) -> None:
    guest = replace(
        enrolled("gus@example.org", Role.MENTOR), organisation="Elsewhere", programme_organisation="Example"
    )
    await asked.store.enrolments.apply(Batch((guest,)), NOW)
    everyone: set[IntegrationKind | None] = {None, *IntegrationKind}
    reporting = Reporting(asked.store.people, asked.store.programmes, asked.store.integrations, Chats([]))
    for named in (True, False):
        (other,) = [each for each in await asked.store.people.organisations() if each.name == "Elsewhere"]
        await asked.store.people.update_organisation(replace(other, groups_only=not named))
        report = await asked.report(count=99)
        priya = asked.users["priya@example.com"]
        page = await reporting.integrations_of(priya, None, everyone, slice(0, 99))
        assert page is not None
        assert ("Gus" in [user.name for user, *_ in report.not_working]) is named
        assert ("Gus" in [user.name for user, *_ in page.people]) is named
        assert (report.people, report.total_not_working) == ((9, 5) if named else (8, 4))


@pytest.mark.parametrize(
    ("people", "working", "broken", "told"),
    [
        (20, {GOOGLE: 10, OUTLOOK: 5}, 5, ({GOOGLE: 10, OUTLOOK: 5}, 5)),
        (20, {GOOGLE: 12, OUTLOOK: 3}, 5, ({}, 5)),
        (20, {GOOGLE: 10, OUTLOOK: 6}, 4, ({}, 0)),
        (20, {GOOGLE: 4}, 16, ({}, 0)),
        (20, {GOOGLE: 20}, 0, ({}, 0)),
        (4, {GOOGLE: 4}, 0, ({}, 0)),
    ],
)
def test_no_figure_tells_of_fewer_than_five(
    people: int, working: dict[IntegrationKind, int], broken: int, told: tuple[dict[IntegrationKind, int], int]
) -> None:
    report = IntegrationReport(
        programme="Leaders 2026",
        people=people,
        working=working,
        not_working=(),
        total_not_working=broken,
        matches_one_side_missing=4,
        could_complete={Suite.GOOGLE: 4},
    )
    grouped = of_groups(report, matches=30)
    assert (grouped.working, grouped.total_not_working) == told
    assert (grouped.matches_one_side_missing, grouped.could_complete) == (0, {})


@pytest.mark.parametrize(
    ("completed", "told"),
    [
        ({Suite.GOOGLE: 12}, {Suite.GOOGLE: 12}),
        ({Suite.GOOGLE: 7, Suite.MICROSOFT: 5}, {Suite.GOOGLE: 7, Suite.MICROSOFT: 5}),
        ({Suite.GOOGLE: 6, Suite.MICROSOFT: 3}, {Suite.GOOGLE: 6}),
        ({Suite.GOOGLE: 10}, {}),
        ({Suite.GOOGLE: 5, Suite.MICROSOFT: 5}, {}),
        ({Suite.GOOGLE: 8, Suite.MICROSOFT: 4}, {}),
        ({Suite.GOOGLE: 4}, {}),
    ],
)
def test_nor_does_what_a_domain_would_complete(completed: dict[Suite, int], told: dict[Suite, int]) -> None:
    """Of twelve matches that one side keeps apart."""
    report = IntegrationReport(
        programme="Leaders 2026",
        people=60,
        working={},
        not_working=(),
        total_not_working=30,
        matches_one_side_missing=12,
        could_complete=completed,
    )
    assert of_groups(report, matches=30).could_complete == told
