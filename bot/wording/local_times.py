"""Days and times as one reader writes them: language, 12 or 24 hours, and zones called by their city (decision 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location

from calendar_core.interval import Interval
from calendar_core.itinerary import DEPARTURE, itinerary_named
from calendar_core.people import WeeklyHours
from calendar_core.wall_clock import local_time, zone_at

ENGLISH = Locale("en", "GB")
_MONDAY = date(2026, 11, 23)
WRITTEN = 4096  # days and times of day, in a language each, that are remembered

# CLDR puts a comma after the weekday; beside a time, which needs its own, that reads badly.
_DAY_FIRST = ("EEE d MMM", "EEE d MMM y")
_DAY = {"en": _DAY_FIRST, "es": _DAY_FIRST, "en_US": ("EEE, MMM d", "EEE, MMM d, y")}


@cache
def locale_of(language: str) -> Locale:
    """The nearest locale known for a BCP 47 tag; British English for one that is not."""
    if language == "en":
        return ENGLISH
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        base = language.partition("-")[0]
        return locale_of(base) if base != language else ENGLISH


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """`zone` is an IANA key known to this machine, or an itinerary. All instants are aware."""

    locale: Locale
    zone: str

    @classmethod
    def of(cls, language: str, zone: str) -> LocalTimes:
        """Raises ValueError for a zone that does not exist."""
        itinerary_named(zone)
        return cls(locale_of(language), zone)

    def at(self, zone: str) -> LocalTimes:
        """The same writing, by another clock."""
        return LocalTimes(self.locale, zone)

    def city(self, instant: datetime) -> str:
        """What people call the zone of then: "New York"."""
        return _city(zone_at(self.zone, instant), self.locale)

    @property
    def home(self) -> str:
        """The city of the zone they live in."""
        return _city(self.zone.partition(DEPARTURE)[0], self.locale)

    def abroad(self, instant: datetime) -> str:
        """A blank and the city they are in then, if that is not home."""
        city = self.city(instant)
        return "" if city == self.home else f" {city}"

    def cities(self, *instants: datetime) -> tuple[str, ...]:
        """Those of all these instants, in order, each once."""
        return tuple(dict.fromkeys(self.city(each) for each in instants))

    def wall(self, instant: datetime) -> datetime:
        """The instant by this clock."""
        return local_time(self.zone, instant)

    def day(self, day: date, *, year: bool = False) -> str:
        """Tue 24 Nov, or with the year."""
        return _day(day, self.locale, year=year)

    def date_alone(self, day: date) -> str:
        """24 Nov: for what happened on a day, whichever of the week it was."""
        return str(format_skeleton("MMMd", day, locale=self.locale))

    def month(self, day: date) -> str:
        """November 2026."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def weekday(self, day: date, *, short: bool = False) -> str:
        """Tuesday, or Tue."""
        return str(format_date(day, "EEE" if short else "EEEE", self.locale))

    def time(self, wall: datetime | time) -> str:
        """09:00, or 9:00 AM."""
        clock = wall.timetz() if isinstance(wall, datetime) else wall
        return _time(clock.replace(tzinfo=None), self.locale)

    def offset(self, instant: datetime) -> str:
        """UTC-5, UTC+5:30."""
        minutes = int((self.wall(instant).utcoffset() or timedelta()) / timedelta(minutes=1))
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")

    def start(self, when: Interval) -> str:
        """09:00; with its offset where the clock shows that time twice (RFC 5545 3.3.5)."""
        return self._exactly(when.start)

    def span(self, when: Interval) -> str:
        """09:00 - 09:45."""
        return f"{self._exactly(when.start)} - {self._exactly(when.end)}"

    def window(self, window: Interval) -> tuple[str, ...]:
        """A stretch that was asked for: its day, and its hours with the city where it is not whole days."""
        first, last = self.wall(window.start), self.wall(window.end)
        whole = last.time() == time() and first.time() == time()
        until = last.date() - timedelta(days=1) if last.time() == time() else last.date()
        if whole and until == first.date():
            return (self.day(until),)
        if whole:
            return (f"{self.day(first.date())} - {self.day(until)}",)
        if until == first.date():
            return self.day(until), f"{self.span(window)} {self.city(window.start)}"
        return (f"{self.day(first.date())}, {self.start(window)} {self.city(window.start)} - {self.day(until)}",)

    def _exactly(self, instant: datetime) -> str:
        wall = self.wall(instant)
        twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
        return f"{self.time(wall)} {self.offset(instant)}" if twice else self.time(wall)

    def hours(self, hours: WeeklyHours) -> str:
        """Mon-Fri 09:00 - 17:00, Sat 10:00 - 12:00; neighbouring days that are alike share a part."""
        parts: list[str] = []
        first = 0
        for day in range(7):
            if day < 6 and hours.days[day + 1] == hours.days[day]:
                continue
            if hours.days[day]:
                names = [self.weekday(_MONDAY + timedelta(days=each), short=True) for each in sorted({first, day})]
                parts.append(f"{'-'.join(names)} {', '.join(self._stretch(*each) for each in hours.days[day])}")
            first = day + 1
        return ", ".join(parts)

    def _stretch(self, first: int, end: int) -> str:
        return " - ".join(self.time(time(each // 60 % 24, each % 60)) for each in (first, end))

    def agrees_with(self, other: LocalTimes, *instants: datetime) -> bool:
        """Both clocks show the same at all of these instants."""
        return all(self.wall(each).utcoffset() == other.wall(each).utcoffset() for each in instants)

    def changes_within(self, *instants: datetime) -> bool:
        """This clock is put forward or back between some of them."""
        return len({self.wall(each).utcoffset() for each in instants}) > 1


@lru_cache(WRITTEN)
def _day(day: date, locale: Locale, *, year: bool) -> str:
    pattern = _DAY.get(str(locale)) or _DAY.get(locale.language)
    if pattern:
        return str(format_date(day, pattern[year], locale))
    return str(format_skeleton("yMMMEd" if year else "MMMEd", day, locale=locale))


@lru_cache(WRITTEN)
def _time(clock: time, locale: Locale) -> str:
    return str(format_time(clock, "short", locale=locale)).replace("\u202f", " ")


@cache
def _city(zone: str, locale: Locale) -> str:
    if zone in ("UTC", "Etc/UTC", "GMT", "Etc/GMT") or zone.startswith("Etc/"):
        return zone.removeprefix("Etc/")
    return str(get_timezone_location(ZoneInfo(zone), locale, return_city=True)).rpartition("/")[2]
