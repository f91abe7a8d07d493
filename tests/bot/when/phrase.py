"""A phrase as somebody types it, and what it means by decision 27: labelled by hand, before any parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

DEFAULT_MINUTES = 45


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the speaker is, and what the clock there says."""

    wall: str
    zone: str

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.wall).replace(tzinfo=ZoneInfo(self.zone))


SUNDAY = Moment("2026-11-22 11:02", "America/New_York")
MONDAY = Moment("2026-11-23 09:30", "America/New_York")
WEDNESDAY = Moment("2026-11-25 14:00", "Europe/Berlin")
FRIDAY = Moment("2026-11-27 10:00", "Europe/Berlin")
SATURDAY = Moment("2026-11-28 20:00", "Australia/Sydney")
YEARS_END = Moment("2026-12-30 16:00", "Asia/Kathmandu")  # a Wednesday


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one text means. Windows are written as described at `windows_of`."""

    text: str
    windows: tuple[str, ...]
    minutes: int | None
    asks: str  # the doubt that must be asked about; empty: none
    abstains: bool  # some of its time words are not ours: they must be reported
    rest: str
    spoken: Moment
    zone: str  # in which it is to be read
    names: tuple[str, ...]
    region: str
    language: str

    @property
    def name(self) -> str:
        day = f"{self.spoken.now:%a %d %b}"
        return f"{self.text[:60].encode('unicode_escape').decode()} ({day})"


def phrase(
    text: str,
    *windows: str,
    minutes: int | None = None,
    asks: str = "",
    abstains: bool = False,
    rest: str = "",
    spoken: Moment = SUNDAY,
    zone: str = "",
    names: Iterable[str] = (),
    region: str = "",
    language: str = "en-GB",
) -> Phrase:
    """One label; everything that is not said is the plain case."""
    where = zone or spoken.zone
    return Phrase(text, windows, minutes, asks, abstains, rest, spoken, where, tuple(names), region, language)


DAY = r"\d{4}-\d\d-\d\d"
CLOCK = r"\d\d:\d\d"


def windows_of(label: Phrase) -> list[tuple[datetime, datetime]]:
    """The instants (UTC) a label means, at a time in the label's zone:

    `2026-11-26` the whole day; `2026-11-23..2026-11-29` these days, both included; `2026-11-26 12:00-18:00`;
    `2026-11-23 15:00` a start, for the length asked; `now..2026-11-22` from the clock to the end of that day.
    """
    return [_window(text, label) for text in label.windows]


def _window(text: str, label: Phrase) -> tuple[datetime, datetime]:
    zone = ZoneInfo(label.zone)

    def at(day: str, clock: str = "00:00", days: int = 0) -> datetime:
        if clock == "24:00":
            clock, days = "00:00", days + 1
        wall = datetime.fromisoformat(f"{day} {clock}") + timedelta(days=days)
        return wall.replace(tzinfo=zone).astimezone(UTC)

    now = label.spoken.now.astimezone(UTC)
    if found := re.fullmatch(rf"now\.\.({DAY})( {CLOCK})?", text):
        return now, at(found[1], found[2].strip()) if found[2] else at(found[1], days=1)
    if found := re.fullmatch(rf"({DAY})\.\.({DAY})", text):
        return at(found[1]), at(found[2], days=1)
    if found := re.fullmatch(rf"({DAY}) ({CLOCK})-({CLOCK})", text):
        return at(found[1], found[2]), at(found[1], found[3])
    if found := re.fullmatch(rf"({DAY}) ({CLOCK})", text):
        start = at(found[1], found[2])
        return start, start + timedelta(minutes=label.minutes or DEFAULT_MINUTES)
    return at(text), at(text, days=1)
