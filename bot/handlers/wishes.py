"""A wish on its way to the core and back: whom it is about, what it asks, and what was read of it."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import FindSlots
from bot.plain_text import plain_text
from bot.replies import Read
from calendar_core.interval import Interval
from calendar_core.people import MatchId
from calendar_core.scheduling.outcomes import Pair, Wish

from .talk import Talk

SHOWN_AT_ONCE = 3


async def pair_meant(talk: Talk, find: FindSlots) -> Pair:
    """By the match a button carries, or by what was typed. Raises what Pairs raises."""
    pairs = talk.scheduling.pairs
    if find.match is not None:
        return await pairs.pair(talk.user, find.match)
    return await pairs.resolve(talk.user, find.partner, find.role)


def wish_of(find: FindSlots, count: int = SHOWN_AT_ONCE) -> Wish:
    """What the core is asked."""
    return Wish(
        minutes=find.minutes,
        windows=find.windows,
        exact=find.exact,
        days_ahead=find.days_ahead,
        earlier=find.earlier,
        later=find.later,
        included=frozenset(find.included),
        skip=find.skip,
        count=count,
    )


def sized(find: FindSlots, pair: Pair) -> FindSlots:
    """A start that was given ("3pm") is for the length asked, or for the programme's usual one."""
    if not find.exact:
        return find
    minutes = find.minutes or pair.programme.rules.default_length
    windows = tuple(Interval(each.start_minute, each.start_minute + minutes) for each in find.windows)
    return replace(find, windows=windows)


def about(find: FindSlots, match: MatchId) -> FindSlots:
    """The same wish, as a button carries it."""
    return replace(find, match=match, partner=None, role=None)


def afresh(find: FindSlots) -> FindSlots:
    """The same people and length, any time."""
    return FindSlots(match=find.match, minutes=find.minutes)


def read_of(find: FindSlots, partner: str | None) -> Read:
    """What was understood; an unknown partner is echoed as typed (decision 12)."""
    named = partner or (plain_text(find.partner) if find.partner else None)
    return Read(partner=named, windows=find.windows, minutes=find.minutes)
