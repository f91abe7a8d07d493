"""Puts the demo programme into a store and a world: the people and matches enrolled, their calendars filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

from adapters.main import Application
from calendar_core.enrolment import Batch, MatchEnrolled, PersonEnrolled
from calendar_core.health import refused
from calendar_core.integration import OWN_KINDS, Health, Integration, Trouble
from calendar_core.people import Role
from sandbox.login import Directory
from sandbox.seed import calendar_of, fill, plausible_mailboxes
from sandbox.world import Event, Mailbox, Timed, World
from sandbox.world import Person as Owner

from .leaders import (
    ANA,
    CAST,
    CONTACT,
    GILS_OWN,
    ORGANISATION,
    OTHER_ACCOUNTS,
    OTHERS,
    PAIRS,
    PARTNER_ORGANISATION,
    PRIYA,
    PROGRAMME,
    SAM,
    Person,
    connection_of,
    pairs_among,
    role_of,
)
from .leaders_weeks import ANAS_WEEK, SAMS_WEEK, Busy, occurrences
from .signing_in import sign_in

WEEKS = 11  # the one before, and as far as the programme's horizon reaches
WEEKS_OF_OTHERS = 5
SEEDED = "demo seeded"
LONG_AGO = timedelta(days=30)


async def seed(application: Application, world: World, tenants: Mapping[str, str]) -> None:
    """Once for a folder: what is there already is left as it has become since. If the process dies while it is at
    it, the next start does it again: nothing of it is there twice. `tenants`: each organisation's, in Entra."""
    if world.fact(SEEDED):
        return
    _furnish(world)
    await _enrol(application)
    await _connect(application, tenants)
    await sign_in(application, world, [person for person in CAST if person.kind in OWN_KINDS.values()])
    Directory(world).delegated.set_administrators(tenants[ORGANISATION], [PRIYA.email])
    world.remember(SEEDED, value=True)


@cache
def others() -> tuple[Person, ...]:
    """Everybody beside the cast, made up and the same each time."""
    return tuple(
        Person(
            email=mailbox.address,
            name=mailbox.name,
            role=role_of(number),
            time_zone=mailbox.time_zone,
            kind=(connection := connection_of(number, mailbox.suite == "microsoft"))[0],
            trouble=connection[1],
        )
        for number, mailbox in enumerate(plausible_mailboxes(OTHERS))
    )


def _furnish(world: World) -> None:
    """Mailboxes and what is in them. Events have fixed ids, so that twice is once."""
    for person in CAST:
        has_calendar, apart = person.trouble is not Trouble.NO_MAILBOX, person.kind in OWN_KINDS.values()
        own = Mailbox(person.email, person.name, person.suite, person.time_zone, has_calendar=has_calendar, apart=apart)
        world.add_mailbox(own)
    world.add_mailbox(Mailbox(GILS_OWN, "Gil Mora", "google", "Europe/Madrid"))
    for mailbox in plausible_mailboxes(OTHERS):
        world.add_mailbox(mailbox)
    world.begin_with([*_week_after_week(world, ANA, ANAS_WEEK), *_week_after_week(world, SAM, SAMS_WEEK)])
    today = world.clock.now().date()
    before = today - timedelta(days=today.weekday() + 7)
    for person in CAST:
        own = world.mailboxes[person.email]
        if own.has_calendar and not world.events(own.address):
            world.begin_with(calendar_of(own, before, weeks=WEEKS, written=today))
    fill(world, today, weeks=WEEKS_OF_OTHERS)


def _week_after_week(world: World, person: Person, week: tuple[Busy, ...]) -> Iterator[Event]:
    around = world.clock.now().astimezone(ZoneInfo(person.time_zone)).date()
    for number, (title, start, end) in enumerate(occurrences(week, person.time_zone, around, WEEKS)):
        id = f"{person.email.partition('@')[0]}seeded{number:04d}"
        yield Event(
            mailbox=person.email,
            id=id,
            uid=f"{id}@example.com",
            title=title,
            when=Timed(start, end, person.time_zone, person.time_zone),
            organizer=Owner(person.email, person.name),
            revision=1,
            created=world.clock.now(),
            updated=world.clock.now(),
        )


async def _enrol(application: Application) -> None:
    """As `pairtime import` would have done a month ago; everybody was told of their match then."""
    store, at = application.store, application.clock.now() - LONG_AGO
    people = (*CAST, *others())
    pairs = [*PAIRS, *pairs_among([person.email for person in others()])]
    batch = Batch(
        people=tuple(
            PersonEnrolled(
                organisation=person.organisation,
                programme=PROGRAMME,
                role=person.role,
                email=person.email,
                name=person.name,
                time_zone=person.time_zone,
                region=person.region,
            )
            for person in people
        ),
        matches=tuple(
            MatchEnrolled(
                organisation=pair.mentor.partition("@")[2], programme=PROGRAMME, mentor=pair.mentor, mentee=pair.mentee
            )
            for pair in pairs
        ),
    )
    await store.enrolments.apply(batch, at, tell=False)


async def _connect(application: Application, tenants: Mapping[str, str]) -> None:
    """Each organisation's domain is connected, the people it covers are, and a contact is named."""
    store, now = application.store, application.clock.now()
    at = now - LONG_AGO
    for organisation in await store.people.organisations():
        own = organisation.name == ORGANISATION
        connected = replace(
            organisation,
            google_domains=(ORGANISATION,) if own else (),
            entra_tenant=tenants[organisation.name],
            account_domains=(OTHER_ACCOUNTS,) if own else (),
            free_busy_only=organisation.name == PARTNER_ORGANISATION,
        )
        await store.people.update_organisation(connected)
    known = {
        user.email: user
        for programme in await store.programmes.all()
        for user, _ in await store.people.members(programme.id)
    }
    integrations = []
    for person in (*CAST, *others()):
        user = known[person.email]
        standing = Integration(user.id, person.kind, Health.OK, person.email, since=at)
        if person.trouble is not None:
            standing = refused(standing, person.trouble, at)
        integrations.append(replace(standing, checked_at=now))
        if person.role is Role.ADMIN:
            for membership in await store.people.memberships(user.id):
                programme = await store.programmes.programme(membership.programme)
                await store.programmes.update(replace(programme, contact=CONTACT))
    await store.integrations.connected(*integrations)
    for one in {each.kind: each for each in integrations if each.usable}.values():
        await store.integrations.domain_worked(one, now)
