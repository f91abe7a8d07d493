"""Plausible people and calendars, the same for the same seed: weekly things, focus, lunch, trips, birthdays."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sandbox.world import AllDay, Event, Mailbox, Person, Shows, Suite, Timed, When, WorkingHours, World


def words(text: str) -> list[str]:
    """A long list, kept short on the page."""
    return text.split()


FIRST_NAMES = words(
    "Aiko Amara Anton Beatriz Bilal Camille Chidi Daniela Dmitri Elif Emeka Farah Felix Grace Hana Hugo Ikram Ingrid "
    "Jamal Joana Kenji Klara Lars Leila Lucia Mateo Mei Milan Nadia Nils Olga Omar Paulo Petra Qadir Quynh Ravi Rosa "
    "Samira Stefan Tariq Tereza Usha Viktor Wanjiru Xavier Yara Yusuf Zainab Zoe"
)
LAST_NAMES = words(
    "Abebe Almeida Bauer Berg Castillo Chen Costa Diallo Dubois Eriksen Farouk Fischer Garcia Haddad Hansen Ito "
    "Ivanova Jansen Kaya Kim Kowalski Larsen Lopez Mensah Moreau Mwangi Nakamura Novak Obi Okafor Patel Pereira Quist "
    "Rahman Rossi Sato Schmidt Silva Tan Torres Ueda Vargas Weber Wolf Xu Yilmaz Zhang Zimmer"
)
ZONES = words(
    "America/New_York Europe/Berlin Europe/London America/Los_Angeles Asia/Kolkata Europe/Madrid America/Chicago "
    "America/Sao_Paulo Africa/Lagos Asia/Tokyo Australia/Sydney Asia/Singapore Europe/Paris Africa/Nairobi "
    "America/Toronto Asia/Kathmandu Pacific/Auckland America/Denver"
)
WEEKLY = ("Team weekly", "One-on-one", "Planning", "Retrospective", "Customer call", "Design review", "Hiring round")
SINGLE = ("Interview", "Budget", "Vendor call", "Workshop", "Release review", "Catch-up", "Incident review", "Demo")
OUT_OF_OFFICE = ("Annual leave", "Conference in Lisbon", "Trip to the Osaka office", "Offsite", "Training")
WEEKEND = 5


@lru_cache(maxsize=10)
def plausible_mailboxes(count: int, seed: int = 1, domain: str = "example.com") -> tuple[Mailbox, ...]:
    """So many different people of one domain, in many zones, half of them in each suite."""
    chance = _chance(f"{seed} people")
    names = chance.sample([(first, last) for first in FIRST_NAMES for last in LAST_NAMES], count)
    suites: tuple[Suite, Suite] = ("google", "microsoft")
    return tuple(
        Mailbox(
            address=f"{first}.{last}@{domain}".lower(),
            name=f"{first} {last}",
            suite=suites[number % 2],
            time_zone=chance.choice(ZONES),
            hours=WorkingHours(start=(start := chance.choice((480, 510, 540, 540, 540, 600))), end=start + 480),
        )
        for number, (first, last) in enumerate(names)
    )


def fill(world: World, around: date, *, weeks: int = 10, seed: int = 1) -> None:
    """Give every mailbox that is still empty a calendar from two weeks before `around` on, as if written that day."""
    first = around - timedelta(days=around.weekday() + 14)
    world.begin_with(
        event
        for mailbox in list(world.mailboxes.values())
        if mailbox.has_calendar and not mailbox.owner and not world.events(mailbox.address)
        for event in calendar_of(mailbox, first, weeks=weeks, seed=seed, written=around)
    )


@lru_cache(maxsize=1_000)
def calendar_of(mailbox: Mailbox, first: date, *, weeks: int, seed: int = 1, written: date) -> tuple[Event, ...]:
    """One person's calendar for so many weeks from the Monday `first`, as if written that day. Remembered: the same
    world is played again and again."""
    return tuple(_plausible_events(mailbox, first, weeks, seed, datetime.combine(written, time(), UTC)))


def _plausible_events(mailbox: Mailbox, first: date, weeks: int, seed: int, made: datetime) -> Iterator[Event]:
    chance = _chance(f"{seed} {mailbox.address}")
    owner = Person(mailbox.address, mailbox.name)
    for title, when, shows in _calendar(chance, mailbox, first, weeks):
        id = f"{chance.getrandbits(104):026x}"
        google = mailbox.suite == "google"
        yield Event(
            mailbox=mailbox.address,
            id=id if google else f"AAMkAGI-{id.swapcase()}_{id[::-1]}AAA=",
            uid=f"{id}@google.com" if google else f"040000008200E00074C5B7101A82E008{id.upper()}",
            title=title,
            when=when,
            organizer=owner,
            shows=shows,
            private=title == "Private appointment",
            revision=1,
            created=made,
            updated=made,
        )


def _calendar(chance: random.Random, mailbox: Mailbox, first: date, weeks: int) -> Iterator[tuple[str, When, Shows]]:
    zone, hours = ZoneInfo(mailbox.time_zone), mailbox.hours

    def at(day: date, minute: int, length: int) -> Timed:
        begins = datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
        return Timed(begins, begins + timedelta(minutes=length), mailbox.time_zone, mailbox.time_zone)

    def a_minute(length: int) -> int:
        return chance.randrange(hours.start, max(hours.start + 30, hours.end - length), 30)

    weekly = [
        (chance.randrange(WEEKEND), title, a_minute(60), chance.choice((30, 60)))
        for title in chance.sample(WEEKLY, chance.randint(2, 4))
    ]
    standup = a_minute(15) if chance.random() < 0.4 else None
    lunch = chance.choice((720, 735, 750, 780)) if chance.random() < 0.35 else None
    focus_day = chance.randrange(WEEKEND)
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        days = [monday + timedelta(days=each) for each in range(WEEKEND)]
        for weekday, title, minute, length in weekly:
            if chance.random() < 0.92:
                yield title, at(days[weekday], minute, length), "busy"
        if standup is not None:
            yield from (("Stand-up", at(day, standup, 15), "busy") for day in days)
        if lunch is not None:
            yield from (("Lunch", at(day, lunch, 45), "busy") for day in days)
        yield "Focus", at(days[focus_day], a_minute(120), 120), "busy"
        for _ in range(chance.randint(2, 6)):
            length = chance.choice((30, 30, 45, 60, 90))
            title = chance.choice(SINGLE) if chance.random() < 0.9 else "Private appointment"
            tentative = chance.random() < 0.15
            yield title, at(chance.choice(days), a_minute(length), length), "tentative" if tentative else "busy"
    yield from _whole_days(chance, first, weeks)


def _whole_days(chance: random.Random, first: date, weeks: int) -> Iterator[tuple[str, When, Shows]]:
    if chance.random() < 0.6:
        away = first + timedelta(days=chance.randrange(weeks * 7))
        yield chance.choice(OUT_OF_OFFICE), AllDay(away, away + timedelta(days=chance.randint(1, 4))), "oof"
    for _ in range(chance.randint(0, 2)):
        birthday = first + timedelta(days=chance.randrange(weeks * 7))
        yield f"{chance.choice(FIRST_NAMES)}’s birthday", AllDay(birthday, birthday + timedelta(days=1)), "free"


def _chance(key: str) -> random.Random:
    return random.Random(key)  # noqa: S311  the same seed must give the same people; nothing is kept secret by it
