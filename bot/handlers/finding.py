"""Looking for times: lists, why these, both calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.commands import AskPartner, BookSession, Command, FindSlots, ShowCalendars, ShowMore, WhyNone, WhyThese
from bot.replies import CalendarsShown, Choice, Question, Reply, Said, SlotsOffered
from bot.sentences import sentence
from bot.words import Text, Words
from calendar_core.interval import Interval
from calendar_core.ranking import Edge, Turn, Why
from calendar_core.scheduling.outcomes import CalendarsSeen, Offer, Pair, PairCase
from calendar_core.wall_clock import local_time

from .broken_connection import neither_seen, with_way_to_connect
from .nothing_fits import include_holidays, nothing_fits, out_of_reach, too_far, why_nothing_fits
from .pair_matrix import instead_of_times
from .talk import Talk, button, party_of, slot_button
from .wishes import (
    SHOWN_AT_ONCE,
    about,
    afresh,
    insist_on_length,
    pair_meant,
    read_of,
    sized,
    wish_of,
    within_reach,
)


async def find_slots(talk: Talk, command: FindSlots) -> Reply:
    """Times that fit both, or what the pair's row of the matrix allows instead."""
    pair = await pair_meant(talk, command)
    find = sized(about(command, pair.match.id), pair)
    reply = _unfitting_length(pair, find) or await instead(talk, pair, find) or await _times(talk, pair, find)
    return replace(reply, read=read_of(find, pair.partner.name))


async def instead(talk: Talk, pair: Pair, find: FindSlots) -> Question | None:
    """What the matrix allows a pair that are not both connected; None for one that is."""
    said = instead_of_times(pair, find)
    broken = pair.case is PairCase.ONLY_ASKER and not pair.asker_integration.usable
    if broken and not await talk.scheduling.looking.own_calendar_answers(pair):
        return neither_seen(pair)
    return said and await with_way_to_connect(talk, pair, said)


async def _times(talk: Talk, pair: Pair, find: FindSlots) -> Reply:
    if find.windows and not within_reach(find, pair, talk.now).windows:
        return out_of_reach(find, pair, talk.now)
    offer = await talk.scheduling.looking.find(pair, wish_of(talk, pair, find))
    return slots_offered(offer, find) if offer.ranked.slots else nothing_fits(offer, find)


def _unfitting_length(pair: Pair, find: FindSlots) -> Question | None:
    """Sessions of Leaders 2026 last 30, 45 or 60 min, not 20. [Use 30 min] ..."""
    lengths = pair.programme.rules.lengths
    if find.minutes is None or find.minutes in lengths:
        return None
    said = sentence(Words.LENGTHS_ARE, programme=pair.programme.name, lengths=lengths, minutes=find.minutes)
    choices = [button(Words.USE_MINUTES, sized(replace(find, minutes=each), pair), minutes=each) for each in lengths]
    return Question(sentences=(said,), choices=tuple(choices))


def slots_offered(offer: Offer, find: FindSlots) -> SlotsOffered:
    """The list, with what can be done from there."""
    pair, slots = offer.pair, offer.ranked.slots
    choices = [_take(pair, offer.by_request, slot) for slot in slots]
    first_day = local_time(pair.asker.itinerary, slots[0].start).date()
    seen = ShowCalendars(replace(afresh(find), minutes=offer.minutes), first_day)
    choices.append(button(Words.SEE_BOTH_CALENDARS, seen))
    choices += include_holidays(offer, find)
    choices.append(button(Words.MORE, ShowMore(replace(find, minutes=offer.minutes))))
    return SlotsOffered(
        partner=party_of(pair.partner),
        minutes=offer.minutes,
        suite=offer.suite,
        basis=offer.basis,
        checked_at=offer.checked_at,
        by_request=offer.by_request,
        holidays=tuple(offer.holidays.items()),
        choices=tuple(choices),
    )


def _take(pair: Pair, by_request: bool, slot: Interval) -> Choice:
    """One slot of a list: booked by a press, or asked for where the mentor approves first."""
    command: Command = BookSession(pair.match.id, slot)
    if by_request:
        command = AskPartner(FindSlots(match=pair.match.id, minutes=slot.minutes), (slot,))
    return slot_button(Words.ASK_FOR if by_request else Words.BOOK_ON, command, slot)


async def show_more(talk: Talk, command: ShowMore) -> Reply:
    """Other times, other lengths, why these."""
    find = command.find
    pair = await pair_meant(talk, find)
    lengths = [each for each in pair.programme.rules.lengths if each != find.minutes]
    choices = [
        button(Words.OTHER_TIMES, replace(find, skip=find.skip + SHOWN_AT_ONCE)),
        *(button(Words.MINUTES_LONG, replace(find, minutes=each, skip=0), minutes=each) for each in lengths[:3]),
        button(Words.WHY_THESE, WhyThese(find)),
        button(Words.ASK, AskPartner(find), name=pair.partner.first_name),
    ]
    return Question(sentences=(sentence(Words.MORE_OF_WHAT),), choices=tuple(choices))


# --- reasons ---------------------------------------------------------------------------------------------------------

_REASONS = {  # one in another week is spread over days, too
    Why.SOONEST: Words.WHY_SOONEST,
    Why.SPREAD: Words.WHY_SPREAD,
    Why.PREFERRED: Words.WHY_PREFERRED,
}
_TURNS = {  # whose turn (True: the reader's), which edge, whether it was so the last time
    (True, Edge.EARLY, True): Words.TURN_EARLY_YOU,
    (True, Edge.LATE, True): Words.TURN_LATE_YOU,
    (False, Edge.EARLY, True): Words.TURN_EARLY_THEM,
    (False, Edge.LATE, True): Words.TURN_LATE_THEM,
    (True, Edge.EARLY, False): Words.TURN_OFTEN_EARLY_YOU,
    (True, Edge.LATE, False): Words.TURN_OFTEN_LATE_YOU,
    (False, Edge.EARLY, False): Words.TURN_OFTEN_EARLY_THEM,
    (False, Edge.LATE, False): Words.TURN_OFTEN_LATE_THEM,
}


async def why_these(talk: Talk, command: WhyThese) -> Reply:
    """The soonest both are free, spread over days; and whose turn it was."""
    pair = await pair_meant(talk, command.find)
    offer = await talk.scheduling.looking.find(pair, wish_of(talk, pair, command.find))
    if not offer.ranked.slots:
        return nothing_fits(offer, command.find)
    reasons = tuple(sentence(_REASONS[each]) for each in offer.ranked.reasons if each in _REASONS)
    said = sentence(Words.WHY_THESE_ARE, reasons=reasons or (sentence(Words.WHY_SOONEST),))
    if offer.ranked.turn:
        turn = _turn_words(offer.ranked.turn, pair)
        said = sentence(Words.WHY_THESE_TURN, reasons=reasons, turn=sentence(turn, partner=pair.partner.first_name))
    others = button(Words.OTHER_TIMES, _further(command.find))
    return Said(sentences=(said,), choices=(others if offer.more else button(Words.FIND_TIMES, afresh(command.find)),))


def _turn_words(turn: Turn, pair: Pair) -> Text:
    return _TURNS[turn.user == pair.asker.id, turn.edge, turn.last_time]


def _further(find: FindSlots) -> FindSlots:
    return replace(find, skip=find.skip + SHOWN_AT_ONCE)


async def why_none(talk: Talk, command: WhyNone) -> Reply:
    """How many starts fail for which reason, and what would help."""
    pair = await pair_meant(talk, command.find)
    offer = await talk.scheduling.looking.find(pair, wish_of(talk, pair, command.find))
    if offer.ranked.slots:
        return slots_offered(offer, command.find)
    return why_nothing_fits(offer, command.find)


# --- both calendars --------------------------------------------------------------------------------------------------


async def show_calendars(talk: Talk, command: ShowCalendars) -> Reply:
    """Both calendars of a day or a week; or what the matrix allows instead."""
    pair = await pair_meant(talk, command.find)
    find = about(command.find, pair.match.id)
    other = await instead(talk, pair, find)
    if other is not None:
        return other
    today = local_time(talk.user.itinerary, talk.now).date()
    horizon = today + timedelta(days=pair.programme.rules.horizon_days)
    day = max(command.day or min(_day_with_hours(talk), horizon), today)
    if day > horizon:
        return too_far(pair)
    insist_on_length(pair, find.minutes)
    minutes = find.minutes or pair.programme.rules.default_length
    days = 7 if command.days > 1 else 1
    seen = await talk.scheduling.looking.calendars(pair, day, days, minutes)
    shown = ShowCalendars(replace(find, minutes=minutes, windows=(), skip=0), day, days)
    return CalendarsShown(
        match=pair.match.id,
        partner=party_of(pair.partner),
        view=seen.view,
        minutes=minutes,
        checked_at=seen.checked_at,
        choices=_calendar_choices(talk, seen, shown),
    )


def _day_with_hours(talk: Talk) -> date:
    """The first on which working hours of the asker lie ahead; today where they have none."""
    now = local_time(talk.user.itinerary, talk.now)
    minute = now.hour * 60 + now.minute  # which has begun, and is not shown
    last = [max((end for _, end in hours), default=0) for hours in talk.user.hours.days]
    ahead = (at for at in range(8) if last[(now.weekday() + at) % 7] > (0 if at else minute + 1))
    return now.date() + timedelta(days=next(ahead, 0))


def _calendar_choices(talk: Talk, seen: CalendarsSeen, shown: ShowCalendars) -> tuple[Choice, ...]:
    """[Day] [Week], the first time that can be booked, and the next days."""
    pair, first = seen.pair, seen.view.days[0].day
    choices = [button(Words.DAY, replace(shown, days=1)), button(Words.WEEK, replace(shown, days=7))]
    if seen.slots:
        by_request, slot = pair.needs_approval, seen.slots[0]
        take = _take(pair, by_request, slot)
        words = Words.BOOK_ON if shown.days > 1 else Words.BOOK_AT
        label = take.label if by_request else sentence(words, when=slot)
        choices.append(Choice(label, take.command, slot=slot))
    horizon = local_time(talk.user.itinerary, talk.now).date() + timedelta(days=pair.programme.rules.horizon_days)
    if first + timedelta(days=shown.days) <= horizon:
        choices.append(button(Words.NEXT, replace(shown, day=first + timedelta(days=shown.days))))
    return tuple(choices)
