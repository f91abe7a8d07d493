"""The people of the documentation, and the times and the session they talk about."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import commands as c
from bot.replies import Choice, Party, Reader
from bot.sentences import Field, sentence
from bot.words import Text
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.people import MatchId, UserId
from calendar_core.request import RequestId
from calendar_core.session import Conference, Link, Session, SessionState, SessionUid

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
ANA = Party("Ana Ruiz", "Ana", NEW_YORK)
SAM = Party("Sam Okoye", "Sam", BERLIN)
ANA_READS = Reader("en-GB", NEW_YORK)
SAM_READS = Reader("en-GB", BERLIN)
PRIYA_READS = Reader("en-GB", "America/Toronto")
MATCH, REQUEST, SESSION = MatchId(7), RequestId(3), SessionUid("5f2b6c1e@pairtime")
TOPIC = "My first presentation to the board"
WISH = c.FindSlots(match=MATCH, minutes=45)


def new_york(month: int, day: int, hour: int, minute: int = 0, minutes: int = 45) -> Interval:
    """A time by Ana's clock, in 2026."""
    return Interval.lasting(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)), minutes)


SLOTS = (new_york(11, 24, 9), new_york(11, 25, 10), new_york(12, 1, 9))
CHECKED = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
BOOKED = Session(
    uid=SESSION,
    match=MATCH,
    booked_by=UserId(1),
    pressed_by=UserId(1),
    organizer=UserId(1),
    attendee=UserId(2),
    when=SLOTS[0],
    zone=NEW_YORK,
    state=SessionState.BOOKED,
    booked_via="console",
    looked_at=CHECKED,
    conference=Conference(Suite.GOOGLE, "https://meet.google.com/abc-defg-hij"),
    link=Link.READY,
)


def button(words: Text, command: c.Command, /, **fields: Field) -> Choice:
    """A choice that is a button."""
    return Choice(sentence(words, **fields), command)


def slots(words: Text, *commands: c.Command) -> tuple[Choice, ...]:
    """One numbered choice for each of SLOTS."""
    return tuple(
        Choice(sentence(words, when=slot), command, slot=slot, numbered=True)
        for slot, command in zip(SLOTS, commands, strict=True)
    )
