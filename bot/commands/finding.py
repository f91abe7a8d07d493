"""Looking for times: a wish, what may be asked about it, and both calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendar_core.interval import Interval
from calendar_core.people import MatchId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSlots:
    """Times for a session. Typed words name a `partner` or the partner's `role`; buttons carry the `match`.

    The other fields mean what they mean in `calendar_core.scheduling.outcomes.Wish`.
    """

    match: MatchId | None = None
    partner: str | None = None
    role: Role | None = None
    minutes: int | None = None
    windows: tuple[Interval, ...] = ()
    exact: bool = False
    days_ahead: int | None = None
    earlier: int = 0
    later: int = 0
    included: tuple[date, ...] = ()
    skip: int = 0


@dataclass(frozen=True, slots=True)
class AskBack:
    """A wish of which something was not understood: what was read, the words it is about, the kind of doubt (a
    `bot.when` Doubt, or empty where the words were not understood at all), and what might be meant."""

    find: FindSlots
    about: str
    doubt: str = ""
    readings: tuple[FindSlots, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowMore:
    """[More] below a list: other times, other lengths, and why these."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class WhyThese:
    """Why these times and not others."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class WhyNone:
    """Why nothing fits: counts, and what would help."""

    find: FindSlots


@dataclass(frozen=True, slots=True)
class ShowCalendars:
    """[See both calendars] of the match that `find` names: `days` from `day` on (the asker's; None is today)."""

    find: FindSlots
    day: date | None = None
    days: int = 1


@dataclass(frozen=True, slots=True)
class ChooseDay:
    """Every time of one day (the asker's; None is the first that has any), for a wish without windows."""

    find: FindSlots
    day: date | None = None


FindingCommand = FindSlots | AskBack | ShowMore | WhyThese | WhyNone | ShowCalendars | ChooseDay
