"""Every time of one day, with the other lengths and the next day: what a form lets people choose from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.commands import ChooseDay, FindSlots
from bot.replies import Choice, Question, Reply, SlotsOffered
from bot.sentences import sentence
from bot.words import Words
from calendar_core.errors import OldButton
from calendar_core.interval import Interval
from calendar_core.scheduling.outcomes import Offer, Pair
from calendar_core.wall_clock import first_minute, local_time

from .finding import instead, slots_offered
from .nothing_fits import nothing_fits, out_of_reach, too_far
from .talk import Talk, button
from .wishes import about, insist_on_length, pair_meant, read_of, wish_of, within_reach


async def choose_day(talk: Talk, command: ChooseDay) -> Reply:
    """All times of that day; or why there is none, and from there the other lengths and the next day all the same."""
    pair = await pair_meant(talk, command.find)
    rules = pair.programme.rules
    find = replace(about(command.find, pair.match.id), windows=(), exact=False, skip=0)
    find = replace(find, minutes=find.minutes or rules.default_length)
    insist_on_length(pair, find.minutes)
    other = await instead(talk, pair, find)
    if other is not None:
        return other
    today = local_time(talk.user.itinerary, talk.now).date()
    last = today + timedelta(days=rules.horizon_days)
    day = command.day or await _first_day(talk, pair, find) or today
    if day > last:
        return replace(too_far(pair), choices=_further(find, pair, last))
    day = max(day, today)
    reply = await _times_of(talk, pair, replace(find, windows=(_whole(talk, day),)))
    further = _further(find, pair, day, last)
    shown = replace(find, windows=(_whole(talk, day),))
    return replace(reply, read=read_of(shown, pair.partner.name), choices=(*_slots_of(reply), *further))


async def _first_day(talk: Talk, pair: Pair, find: FindSlots) -> date | None:
    offer = await _offer(talk, pair, find, every=False)
    return local_time(talk.user.itinerary, offer.ranked.slots[0].start).date() if offer.ranked.slots else None


async def _times_of(talk: Talk, pair: Pair, find: FindSlots) -> SlotsOffered | Question:
    if not within_reach(find, pair, talk.now).windows:
        return out_of_reach(find, pair, talk.now)
    offer = await _offer(talk, pair, find, every=True)
    return slots_offered(offer, find) if offer.ranked.slots else nothing_fits(offer, find)


async def _offer(talk: Talk, pair: Pair, find: FindSlots, *, every: bool) -> Offer:
    wish = replace(wish_of(talk, pair, find), every=every)
    return await talk.scheduling.looking.find(pair, wish)


def _slots_of(reply: SlotsOffered | Question) -> tuple[Choice, ...]:
    """The times themselves. What would help where there is none leads away from the day, and stays."""
    return tuple(each for each in reply.choices if each.numbered or isinstance(reply, Question))


def _further(find: FindSlots, pair: Pair, day: date, last: date | None = None) -> tuple[Choice, ...]:
    """[Take 30 min] ... [Next], the day after."""
    lengths = [each for each in pair.programme.rules.lengths if each != find.minutes]
    wishes = [replace(find, minutes=each) for each in lengths]
    choices = [button(Words.MINUTES_LONG, ChooseDay(wish, day), minutes=wish.minutes or 0) for wish in wishes]
    if last is not None and day < last:
        choices.append(Choice(sentence(Words.NEXT), ChooseDay(find, day + timedelta(days=1))))
    return tuple(choices)


def _whole(talk: Talk, day: date) -> Interval:
    """From midnight to midnight by the asker's clock. Raises OldButton for a day without a minute."""
    begins, ends = (first_minute(talk.user.itinerary, each) for each in (day, day + timedelta(days=1)))
    if begins >= ends:
        raise OldButton  # a journey far enough east has left it none
    return Interval(begins, ends)
