"""[See both calendars] of people with random weeks: words and picture say what their own calendars hold, to the minute.

What is expected is worked out here, minute by minute, from what the sandbox shows of its own state.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TypedDict
from zoneinfo import ZoneInfo

import pytest

from adapters import pictures
from adapters.pictures import Drawing, Names
from bot.buttons import token_of
from bot.commands import FindSlots, ShowCalendars
from bot.wording import LocalTimes
from calendar_core.availability.shared_view import SharedView
from calendar_core.people import User, WeeklyHours
from sandbox.world import AllDay, Event, Person, Shows, Suite, Timed
from tests.calendar_core.availability.oracle import wall
from tests.faults.couples import Hamlet, Suites, settled
from tests.visiting import Reply

from .calendars_read import EPOCH, MINUTE, DaySeen, in_picture, in_words

PAIRS, PAIRS_OF_PROOF = 4, 80
DAYS, DAY, FURTHEST = 7, 24 * 60, 14 * 60  # the last: no zone is further from UTC
# The clocks go back in Europe, in America; forward in America, in Europe; back in Sydney; and not at all.
MONDAYS = tuple(
    date.fromisoformat(each)
    for each in ("2026-10-19", "2026-10-26", "2027-03-08", "2027-03-22", "2027-03-29", "2026-11-23")
)
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Cairo",
    "Pacific/Auckland",
    "America/Los_Angeles",
    "UTC",
)
SUITES: tuple[Suite, ...] = ("google", "microsoft")
SHOWS: dict[Suite, tuple[Shows, ...]] = {
    "google": ("busy", "busy", "free"),
    "microsoft": ("busy", "busy", "free", "tentative", "oof", "elsewhere"),
}


class Shown(TypedDict):
    """What of the sandbox's events is looked at."""

    start: str
    end: str
    all_day: bool
    busy: bool


class Mailbox(TypedDict):
    """What of the sandbox's mailboxes is looked at."""

    time_zone: str
    events: list[Shown]


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Drawing]:
    """Those of the pictures that go out with the replies, in order."""
    kept, lay_out = list[Drawing](), pictures.laid_out

    def laid_out(view: SharedView, names: Names, mine: LocalTimes, theirs: LocalTimes) -> Drawing:
        kept.append(lay_out(view, names, mine, theirs))
        return kept[-1]

    monkeypatch.setattr(pictures, "laid_out", laid_out)
    return kept


@pytest.mark.parametrize("monday", MONDAYS, ids=str)
async def test_words_and_picture_say_what_the_calendars_hold(
    tmp_path: Path, monday: date, drawings: list[Drawing], proving: bool, seen: Callable[[str], None]
) -> None:
    dice = random.Random(f"{monday}")
    suites = [
        Suites(SUITES[number % 2], SUITES[number // 2 % 2], dice.choice(ZONES), dice.choice(ZONES))
        for number in range(PAIRS_OF_PROOF if proving else PAIRS)
    ]
    now = datetime.combine(monday, time(12), UTC) - timedelta(days=3)
    both_free = 0
    async with settled(tmp_path, suites, now) as hamlet:
        for couple in hamlet.couples:
            mentee, mentor = [await with_a_week(hamlet, each, monday, dice) for each in (couple.mentee, couple.mentor)]
            asked = ShowCalendars(FindSlots(match=couple.match.id), monday, DAYS)
            for asker, partner in ((mentee, mentor), (mentor, mentee)):
                found = await compared(hamlet, asker, partner, asked, drawings)
                both_free += sum(len(day.both_free) for day in found.values())
    assert both_free, "nobody was ever free: nothing was compared"
    seen(f"{2 * len(suites)} weeks from {monday}, in words and as a picture, equal the calendars; {both_free} min free")


async def compared(
    hamlet: Hamlet, asker: User, partner: User, asked: ShowCalendars, drawings: list[Drawing]
) -> dict[date, DaySeen]:
    """What the asker is shown, once it is what is so."""
    assert asked.day is not None
    days = [asked.day + timedelta(days=each) for each in range(asked.days)]
    reply = await shown(hamlet, asker, asked)
    you_busy, they_busy = [await busy(hamlet, each) for each in (asker, partner)]
    wanted = {day: expected((asker, you_busy), (partner, they_busy), day) for day in days}
    assert in_words(reply["text"], days, asker.time_zone, partner.time_zone) == wanted, reply["text"]
    assert reply["picture"] is not None
    assert in_picture(drawings.pop(), days, asker.time_zone) == wanted
    return wanted


async def shown(hamlet: Hamlet, user: User, command: ShowCalendars) -> Reply:
    body = {"as": user.email, "token": token_of(command)}
    async with hamlet.http.post("/console/press", json=body) as answer:
        assert answer.status == HTTPStatus.OK, await answer.text()
        reply: Reply = await answer.json()
        return reply


# --- what is so ------------------------------------------------------------------------------------------------------


def expected(asker: tuple[User, set[int]], partner: tuple[User, set[int]], day: date) -> DaySeen:
    """Of the asker's local day: the own hours, and who is free within them; each with the own busy minutes."""
    (you, you_busy), (they, they_busy) = asker, partner
    hours = frozenset(each for each in minutes_of_day(day, you.time_zone) if keeps_hours(you, each))
    you_free = hours - you_busy
    they_free = frozenset(each for each in hours if keeps_hours(they, each)) - they_busy
    return DaySeen(hours, you_free, they_free, you_free & they_free)


def minutes_of_day(day: date, zone: str) -> Iterator[int]:
    about = (datetime.combine(day, time(), UTC) - EPOCH) // MINUTE
    return (each for each in range(about - FURTHEST, about + DAY + FURTHEST) if wall(zone, each).date() == day)


def keeps_hours(user: User, minute: int) -> bool:
    clock = wall(user.time_zone, minute)
    return any(first <= clock.hour * 60 + clock.minute < end for first, end in user.hours.days[clock.weekday()])


async def busy(hamlet: Hamlet, user: User) -> set[int]:
    """Every minute of which any part is taken, by GET /_/world."""
    async with hamlet.http.get(f"{hamlet.sandbox.url}/_/world", params={"mailbox": user.email}) as answer:
        mailbox: Mailbox = (await answer.json())["mailboxes"][user.email]
    return set(taken(mailbox["events"], ZoneInfo(mailbox["time_zone"])))


def taken(events: Iterable[Shown], zone: ZoneInfo) -> Iterator[int]:
    for event in events:
        ends = [datetime.fromisoformat(each) for each in (event["start"], event["end"])]
        if event["all_day"]:
            ends = [each.replace(tzinfo=zone).astimezone(UTC) for each in ends]
        if event["busy"]:
            yield from range((ends[0] - EPOCH) // MINUTE, -((EPOCH - ends[1]) // MINUTE))


# --- random weeks ----------------------------------------------------------------------------------------------------


async def with_a_week(hamlet: Hamlet, user: User, monday: date, dice: random.Random) -> User:
    """The user with hours of their own, in the store; and a calendar full of things in the world."""
    hours = WeeklyHours(days=tuple(tuple(a_days_hours(dice)) for _ in range(DAYS)))
    user = replace(user, hours=hours)
    await hamlet.application.store.people.update(user)
    suite = hamlet.sandbox.world.mailboxes[user.email].suite
    for number in range(dice.randrange(30)):
        event = an_event(user, suite, number, monday, dice)
        hamlet.sandbox.world.load([event])
    return user


def a_days_hours(dice: random.Random) -> Iterator[tuple[int, int]]:
    """None, all day, one stretch, or two with a break."""
    edges = sorted(dice.sample(range(0, DAY, 5), 4))
    match dice.randrange(6):
        case 0:
            return
        case 1:
            yield 0, DAY
        case 2:
            yield edges[0], edges[1]
            yield edges[2], edges[3]
        case _:
            yield edges[0], edges[3]


def an_event(user: User, suite: Suite, number: int, monday: date, dice: random.Random) -> Event:
    """Of any minute and length, or of whole days; some reach into the week or out of it."""
    first = monday + timedelta(days=dice.randrange(-1, DAYS))
    when: Timed | AllDay = AllDay(first, first + timedelta(days=dice.randint(1, 2)))
    if dice.random() < 0.9:
        begins = datetime.combine(first, time(), UTC) + timedelta(minutes=dice.randrange(DAY))
        length = timedelta(minutes=dice.choice((1, 7, 30, 45, 60, 90, 600)))
        when = Timed(begins, begins + length, user.time_zone, user.time_zone)
    id = f"{user.email.partition('@')[0]}event{number:04}"
    shows = dice.choice(SHOWS[suite])
    return Event(user.email, id, f"{id}@example.com", "Secret", when, Person(user.email), shows=shows)
