"""Requests: asking the partner, choosing times to offer, picking one, and plain times between strangers."""

from __future__ import annotations

from collections.abc import Callable

from bot.commands import (
    AskPartner,
    Command,
    DeclineRequest,
    FindSlots,
    NoMoreFrom,
    OfferTimes,
    PickTime,
    PlainTimes,
    SendOffer,
    SendPlainRequest,
    ShowOwnTimes,
)
from bot.plain_text import plain_text
from bot.replies import Choice, Reply, Said, TimesToSend
from bot.sentences import Across, Sentence, sentence
from bot.words import MailingWords, Text, Words
from calendar_core.errors import OldButton, TooSlow
from calendar_core.interval import Interval
from calendar_core.people import User
from calendar_core.request import TIMES_IN_A_REQUEST, Basis
from calendar_core.scheduling.asking import agreement_key
from calendar_core.session import Session

from .booking import book_late, booked
from .talk import Talk, button, party_of, slot_button
from .wishes import about, afresh, insist_on_length, pair_meant, wish_of

OWN_TIMES_SHOWN = 5


async def ask_partner(talk: Talk, command: AskPartner, topic: str = "") -> Reply:
    """[Ask Sam]: Sam is shown times to pick from, or is asked to offer some. `topic` as typed."""
    pair = await pair_meant(talk, command.find)
    insist_on_length(pair, *(when.minutes for when in command.times))
    wish = wish_of(talk, pair, command.find)
    request = await talk.scheduling.asking.propose(talk.user, pair.match.id, wish, command.times, topic)
    if not request.times:
        return Said(sentences=(sentence(Words.ASKED_TO_OFFER, partner=pair.partner.first_name),))
    return Said(sentences=(_sent(Words.ASKED, pair.partner, request.times),))


def _sent(words: Text, to: User, times: tuple[Interval, ...]) -> Sentence:
    items = tuple(sentence(Words.PLAIN_ITEM, when=when) for when in times)
    return sentence(words, partner=to.first_name, times=items, zone=sentence(Words.CITY_TIME, when=times[0]))


async def show_own_times(talk: Talk, command: ShowOwnTimes) -> Reply:
    """[Show my free times]: up to three may be chosen and sent."""
    pair = await pair_meant(talk, command.find)
    find = about(command.find, pair.match.id)
    offer = await talk.scheduling.looking.find(pair, wish_of(talk, pair, find, OWN_TIMES_SHOWN))
    if not offer.ranked.slots and not command.chosen:
        nothing = sentence(Words.NO_OWN_TIME, days=round(offer.window.minutes / (24 * 60)))
        ask = button(Words.ASK, AskPartner(afresh(find)), name=pair.partner.first_name)
        return Said(sentences=(nothing,), choices=(ask,))
    choices = _choosing(
        offer.ranked.slots,
        command.chosen,
        add=lambda chosen: ShowOwnTimes(find, chosen),
        send=lambda chosen: AskPartner(find, chosen),
    )
    return TimesToSend(
        partner=party_of(pair.partner),
        minutes=offer.minutes,
        basis=offer.basis,
        chosen=command.chosen,
        choices=choices,
    )


async def offer_times(talk: Talk, command: OfferTimes) -> Reply:
    """[Offer other times]: the same, as an answer to a request."""
    asking = talk.scheduling.asking
    offered = await asking.times_to_offer(talk.user, command.request)
    _, _, other = await asking.seen_by(talk.user, command.request)
    decline = button(Words.NOT_NOW, DeclineRequest(command.request))
    if not offered.times and not command.chosen:
        said = sentence(Words.NO_TIMES_TO_OFFER, partner=other.first_name)
        return Said(sentences=(said,), choices=(decline,))
    note: tuple[Sentence, ...] = ()
    if offered.later and offered.pair:
        note = (sentence(Words.LATER_TIMES, days=offered.pair.programme.rules.look_ahead_days),)
    choices = _choosing(
        offered.times,
        command.chosen,
        add=lambda chosen: OfferTimes(command.request, chosen),
        send=lambda chosen: SendOffer(command.request, chosen),
    )
    return TimesToSend(
        partner=party_of(other) if offered.pair else None,
        minutes=offered.request.minutes,
        basis=offered.basis,
        chosen=command.chosen,
        choices=(*choices, decline),
        note=note,
    )


def _choosing(
    slots: tuple[Interval, ...],
    chosen: tuple[Interval, ...],
    *,
    add: Callable[[tuple[Interval, ...]], Command],
    send: Callable[[tuple[Interval, ...]], Command],
) -> tuple[Choice, ...]:
    """Numbered times that can be added while there is room; then [Send]."""
    left = [slot for slot in slots if slot not in chosen] if len(chosen) < TIMES_IN_A_REQUEST else []
    choices = [slot_button(Words.ADD_TIME, add(tuple(sorted((*chosen, slot)))), slot) for slot in left]
    if chosen:
        choices += [button(Words.SEND, send(chosen)), button(Words.START_AGAIN, add(()))]
    return tuple(choices)


async def send_offer(talk: Talk, command: SendOffer) -> Reply:
    """The chosen times go back; it is the other one's turn."""
    request = await talk.scheduling.asking.offer(talk.user, command.request, command.times)
    _, _, other = await talk.scheduling.asking.seen_by(talk.user, command.request)
    return Said(sentences=(_sent(Words.OFFERED, other, request.times),))


async def pick_time(talk: Talk, command: PickTime) -> Reply:
    """One of the offered times is taken: booked where a calendar can be written, else agreed."""
    asking = talk.scheduling.asking
    outcome = await asking.pick(talk.user, command.request, command.when, via=talk.who.chat)
    if isinstance(outcome, Session):
        return await booked(talk, outcome)
    _, pair, other = await asking.seen_by(talk.user, command.request)
    by_mail = await talk.scheduling.mailed.invitation(agreement_key(command.request))
    return Said(sentences=(agreed(command.when, talk.user, other, matched=pair is not None, by_mail=bool(by_mail)),))


def agreed(when: Interval, reader: User, other: User, *, matched: bool, by_mail: bool) -> Sentence:
    """What two people agreed on without a look at any calendar. Strangers are not told each other's zone."""
    words: Text = Words.AGREED if matched else Words.AGREED_STRANGER
    if by_mail:
        words = MailingWords.AGREED_BY_MAIL
    return sentence(words, when=Across(when, other.itinerary if matched else reader.itinerary), partner=other.name)


async def pick_late(talk: Talk, command: PickTime) -> Reply:
    """Where it took longer than people wait, as `book_late`."""
    request, _, _ = await talk.scheduling.asking.seen_by(talk.user, command.request)
    if request.match is None:
        raise TooSlow
    return await book_late(talk, request.match, command.when)


async def decline(talk: Talk, command: DeclineRequest | NoMoreFrom) -> Reply:
    """[Not now] and [No more from this person], the latter unseen by the sender."""
    no_more = isinstance(command, NoMoreFrom)
    await talk.scheduling.asking.decline(talk.user, command.request, no_more=no_more)
    _, pair, other = await talk.scheduling.asking.seen_by(talk.user, command.request)
    if no_more:
        return Said(sentences=(sentence(Words.NO_MORE),))
    if pair is None:
        return Said(sentences=(sentence(Words.DECLINED_QUIETLY),))
    return Said(sentences=(sentence(Words.DECLINED_REQUEST, partner=other.first_name),))


# --- plain times -----------------------------------------------------------------------------------------------------


async def plain_times(talk: Talk, command: PlainTimes) -> Reply:
    """Plain times; a press is a request (decision 11). Between strangers whoever was typed changes nothing of it."""
    if command.match is None:
        plain = await talk.scheduling.asking.plain_times(talk.user)
        choices = [slot_button(Words.ASK_FOR, SendPlainRequest(command.partner, (slot,)), slot) for slot in plain.times]
        return TimesToSend(partner=None, minutes=plain.minutes, basis=Basis.PLAIN, choices=tuple(choices))
    find = FindSlots(match=command.match)
    pair = await pair_meant(talk, find)
    wish = wish_of(talk, pair, find)
    offer = await talk.scheduling.looking.find(pair.in_sight(), wish)
    choices = [slot_button(Words.ASK_FOR, AskPartner(find, (slot,)), slot) for slot in offer.ranked.slots]
    return TimesToSend(partner=party_of(pair.partner), minutes=offer.minutes, basis=Basis.PLAIN, choices=tuple(choices))


async def send_plain(talk: Talk, command: SendPlainRequest) -> Reply:
    """The same answer whether or not there is such a person (decision 12)."""
    plain = await talk.scheduling.asking.plain_times(talk.user)
    if not command.times or any(when.minutes != plain.minutes or when.start <= talk.now for when in command.times):
        raise OldButton
    await talk.scheduling.asking.send_plain(talk.user, command.partner, command.times)
    return Said(sentences=(sentence(Words.PLAIN_SENT, typed=plain_text(command.partner)),))
