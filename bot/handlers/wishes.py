"""A wish on its way to the core and back: whom it is about, what it asks, and what was read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.commands import FindSlots
from bot.plain_text import plain_text
from bot.replies import Read
from calendar_core.availability.explanation import STRETCHES
from calendar_core.errors import OldButton
from calendar_core.interval import Interval
from calendar_core.people import DAY_MINUTES, MatchId
from calendar_core.scheduling.outcomes import Pair, Wish

from .talk import Talk

SHOWN_AT_ONCE = 3
MOST_STRETCHED = max(STRETCHES)


async def pair_meant(talk: Talk, find: FindSlots) -> Pair:
    """By the match a button carries, or by what was typed. Raises what Pairs raises."""
    pairs = talk.scheduling.pairs
    if find.match is not None:
        return await pairs.pair(talk.user, find.match, among=talk.pairs)
    return await pairs.resolve(talk.user, find.partner, find.role, among=talk.pairs)


def insist_on_length(pair: Pair, *lengths: int | None) -> None:
    """Raises OldButton for a length that the programme does not have: only a forged or outdated button asks for it."""
    if not {*lengths} <= {None, *pair.programme.rules.lengths}:
        raise OldButton


def within_reach(find: FindSlots, pair: Pair, now: datetime) -> FindSlots:
    """The same wish without what is past or beyond the programme's horizon: no calendar is asked about that."""
    reach = Interval.lasting(now, pair.programme.rules.horizon_days * DAY_MINUTES)
    if find.exact:
        return replace(find, windows=tuple(each for each in find.windows if reach.covers(each)))
    clipped = [each.clipped(reach) for each in find.windows]
    return replace(find, windows=tuple(each for each in clipped if each))


def wish_of(talk: Talk, pair: Pair, find: FindSlots, count: int = SHOWN_AT_ONCE) -> Wish:
    """What the core is asked. Raises OldButton if nothing of what a button asks for can be had any more."""
    near = within_reach(find, pair, talk.now)
    insist_on_length(pair, find.minutes)
    if find.windows and not near.windows:
        raise OldButton
    return Wish(
        minutes=near.minutes,
        windows=near.windows,
        exact=near.exact,
        days_ahead=near.days_ahead,
        earlier=min(near.earlier, MOST_STRETCHED),
        later=min(near.later, MOST_STRETCHED),
        included=frozenset(near.included),
        skip=near.skip,
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
