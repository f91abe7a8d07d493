"""Requests: the times somebody offers, and what became of those one has offered."""

from __future__ import annotations

from bot.commands import DeclineRequest, FindSlots, NoMoreFrom, OfferTimes, PickTime
from bot.handlers.requesting import agreed
from bot.handlers.talk import Core, button, party_of, slot_button
from bot.replies import Choice, Reply, RequestShown, Said
from bot.sentences import sentence
from bot.words import Words
from calendar_core.happening import RequestAnswered, RequestMade
from calendar_core.people import User
from calendar_core.request import RequestState
from calendar_core.scheduling.asking import agreement_key


async def told(core: Core, what: RequestMade | RequestAnswered, user: User) -> Reply | None:
    """None where it was answered meanwhile, or is not this person's to answer."""
    return await _made(core, what, user) if isinstance(what, RequestMade) else await _answered(core, what, user)


async def _made(core: Core, what: RequestMade, user: User) -> Reply | None:
    request, pair, proposer = await core.scheduling.asking.seen_by(user, what.request)
    if request.state is not RequestState.OPEN or request.chooser != user.id:
        return None
    slots = [slot_button(Words.BOOK_ON, PickTime(request.id, slot), slot) for slot in request.times]
    choices: list[Choice] = [*slots, button(Words.OFFER_OTHER_TIMES, OfferTimes(request.id))]
    choices.append(button(Words.NOT_NOW, DeclineRequest(request.id)))
    if pair is None:
        choices.append(button(Words.NO_MORE_FROM, NoMoreFrom(request.id)))
    return RequestShown(
        request=request.id,
        proposer=party_of(proposer),
        minutes=request.minutes,
        basis=request.basis,
        matched=pair is not None,
        instead=request.asker == user.id,
        topic=request.topic,
        choices=tuple(choices),
    )


async def _answered(core: Core, what: RequestAnswered, user: User) -> Reply | None:
    request, pair, other = await core.scheduling.asking.seen_by(user, what.request)
    if request.state is RequestState.DECLINED:
        again = FindSlots(match=request.match, minutes=request.minutes)
        choices = (button(Words.FIND_TIMES, again),) if pair else ()
        return Said(sentences=(sentence(Words.REQUEST_DECLINED, partner=other.first_name),), choices=choices)
    if request.state is not RequestState.ACCEPTED or request.chosen is None:
        return None
    by_mail = await core.scheduling.mailed.invitation(agreement_key(request.id))
    said = agreed(request.chosen, user, other, matched=pair is not None, by_mail=by_mail is not None)
    return Said(sentences=(said,))
